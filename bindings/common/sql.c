/* SPDX-License-Identifier: MPL-2.0 */
#include "sql.h"

#include <string.h>

struct word {
    const char *text;
    size_t length;
};

static bool
is(struct word word, const char *name)
{
    return word.length == strlen(name) &&
           memcmp(word.text, name, word.length) == 0;
}

/* Cuts the next word off `rest`, and the blank after it. */
static struct word
next(const char **rest)
{
    struct word word = {*rest, strcspn(*rest, " ")};

    *rest += word.length;
    if (**rest != '\0')
        (*rest)++;
    return word;
}

/* Digits with up to `decimals` behind a point, in units of the last. */
static bool
read_number(struct word word, unsigned decimals, uint32_t *number)
{
    uint64_t n = 0;
    bool point = false;
    size_t i, digits = 0;

    for (i = 0; i < word.length; i++) {
        char c = word.text[i];

        if (c == '.' && !point && decimals > 0)
            point = true;
        else if (c >= '0' && c <= '9' && n < UINT32_MAX &&
                 (!point || decimals > 0)) {
            n = n * 10 + (uint64_t)(c - '0');
            decimals -= point;
            digits++;
        } else
            return false;
    }
    while (decimals-- > 0)
        n *= 10;
    *number = (uint32_t)n;
    return digits > 0 && n <= UINT32_MAX;
}

static bool
read_classes(struct word list, uint32_t *classes)
{
    *classes = 0;
    while (list.length > 0) {
        const char *comma = memchr(list.text, ',', list.length);
        struct word name = {list.text, comma == NULL
                                           ? list.length
                                           : (size_t)(comma - list.text)};
        size_t skip = name.length + (comma != NULL);
        int c;

        for (c = 0; c < UNFIX_CLASS_COUNT; c++)
            if (is(name, unfix_class_name((unfix_class)c)))
                break;
        if (c == UNFIX_CLASS_COUNT)
            return false;
        *classes |= UNFIX_CLASS_BIT(c);
        list.text += skip;
        list.length -= skip;
    }
    return true;
}

static bool
read_option(struct word option, unfix_options *options, const char **why)
{
    const char *equals = memchr(option.text, '=', option.length);
    struct word name = option, value = {NULL, 0};

    if (equals != NULL) {
        name.length = (size_t)(equals - option.text);
        value.text = equals + 1;
        value.length = option.length - name.length - 1;
    }
    if (is(name, "join-hyphens") && equals == NULL) {
        options->join_hyphens = 1;
        return true;
    }
    if (is(name, "compose") && equals == NULL) {
        options->compose = 1;
        return true;
    }
    *why = "an option needs a value";
    if (equals == NULL && (is(name, "only") || is(name, "min-confidence") ||
                           is(name, "max-harm")))
        return false;
    *why = "unknown class in only=";
    if (is(name, "only"))
        return read_classes(value, &options->classes);
    *why = "min-confidence= wants a number from 0 to 1000";
    if (is(name, "min-confidence"))
        return read_number(value, 0, &options->min_confidence);
    *why = "max-harm= wants a number with up to three decimals";
    if (is(name, "max-harm"))
        return read_number(value, 3, &options->max_harm);
    *why = "unknown option";
    return false;
}

bool
sql_options(const char *line, unfix_options *options, const char **why)
{
    unfix_options_init(options);
    while (line != NULL && *line != '\0') {
        struct word option = next(&line);

        if (option.length > 0 && !read_option(option, options, why))
            return false;
    }
    return true;
}

const char *
sql_verdict_name(unfix_verdict verdict)
{
    return verdict == UNFIX_APPLIED    ? "applied"
           : verdict == UNFIX_PROPOSED ? "proposed"
                                       : "rejected";
}

uint64_t
sql_characters(const char *text, uint64_t length)
{
    const unsigned char *p = (const unsigned char *)text, *end = p + length;
    uint64_t count;

    for (count = 0; p < end; count++)
        if (*p++ >= 0xC0)
            while (p < end && (*p & 0xC0) == 0x80)
                p++;
    return count;
}
