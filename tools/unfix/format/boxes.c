/* SPDX-License-Identifier: MPL-2.0 */
/* The rooms of words that were one, or become one. */
#include "format/writer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define DECIMALS_MOST 6
#define MILLIONTHS INT64_C(1000000)

/* Larger numbers are no places on a page. */
#define LARGEST (INT64_C(1000000000) * MILLIONTHS)

size_t
decimal_read(const char *text, size_t length, struct decimal *number)
{
    size_t at = length > 0 && *text == '-';
    const bool is_negative = at > 0;
    int64_t unit = MILLIONTHS;
    bool has_digit = false;

    *number = (struct decimal){0, -1};
    for (; at < length && number->value < LARGEST; at++) {
        if (text[at] == '.' && number->decimals < 0) {
            number->decimals = 0;
            continue;
        }
        if (text[at] < '0' || text[at] > '9')
            break;
        has_digit = true;
        if (number->decimals < 0)
            number->value = number->value * 10 + (text[at] - '0') * MILLIONTHS;
        else if (number->decimals < DECIMALS_MOST) {
            unit /= 10;
            number->value += (text[at] - '0') * unit;
            number->decimals++;
        }
    }
    if (number->decimals < 0)
        number->decimals = 0;
    if (is_negative)
        number->value = -number->value;
    return has_digit && number->value < LARGEST ? at : 0;
}

void
decimal_write(struct buffer *out, int64_t value, int decimals)
{
    const int64_t size = value < 0 ? -value : value;
    int64_t step = MILLIONTHS;
    char text[64];
    int n;

    for (int i = 0; i < decimals; i++)
        step /= 10;
    n = snprintf(text, sizeof(text), "%s%" PRId64, value < 0 ? "-" : "",
                 (size + step / 2) / step * step / MILLIONTHS);
    buffer_append(out, text, (size_t)n);
    if (decimals == 0)
        return;
    n = snprintf(text, sizeof(text), ".%0*" PRId64, decimals,
                 (size + step / 2) / step * step % MILLIONTHS / step);
    buffer_append(out, text, (size_t)n);
}

void
sides_widen(int64_t sides[4], const int64_t other[4])
{
    for (int i = 0; i < 4; i++) {
        if (i < 2 ? other[i] < sides[i] : other[i] > sides[i])
            sides[i] = other[i];
    }
}

/* Letters are narrow, wide, or as most are. */
static int64_t
width(const char *text, size_t length)
{
    int64_t sum = 0;

    for (size_t i = 0; i < length; i++) {
        if (((unsigned char)text[i] & 0xc0) == 0x80)
            continue;
        if (strchr("iljtfrI1.,;:'!|()[]-", text[i]) != NULL)
            sum += 3;
        else
            sum += strchr("mwMW", text[i]) != NULL ? 8 : 5;
    }
    return sum;
}

#define BLANK_WIDTH 3

void
words_share(const struct words *words, size_t index, int64_t start, int64_t end,
            int64_t *from, int64_t *to)
{
    const int64_t all =
        width(words->text, words->length) +
        (int64_t)(words->count - 1) * (BLANK_WIDTH - width(" ", 1));
    int64_t before = 0;
    const char *word;
    size_t length, at = 0;

    for (size_t i = 0; words_next(words, &at, &word, &length); i++) {
        const int64_t after = before + width(word, length);

        if (i == index && all > 0) {
            *from = start + (end - start) / all * before +
                    (end - start) % all * before / all;
            *to = start + (end - start) / all * after +
                  (end - start) % all * after / all;
            return;
        }
        before = after + BLANK_WIDTH;
    }
}

bool
words_next(const struct words *words, size_t *at, const char **word,
           size_t *length)
{
    size_t end;

    while (*at < words->length && is_blank_byte(words->text[*at]))
        (*at)++;
    for (end = *at; end < words->length && !is_blank_byte(words->text[end]);)
        end++;
    *word = words->text + *at;
    *length = end - *at;
    *at = end;
    return *length > 0;
}
