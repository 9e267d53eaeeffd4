/* SPDX-License-Identifier: MPL-2.0 */
#include "report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- Strings ------------------------------------------------------------ */

struct utf8_range {
    unsigned char lead_first;
    unsigned char lead_last;
    unsigned char second_first;
    unsigned char second_last;
    unsigned char length;
};

/* The Unicode Standard, table 3-7: what a lead byte may be followed by.
 * Bytes after the second are always 80 to BF. */
static const struct utf8_range utf8_ranges[] = {
    {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
    {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3},
    {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4},
    {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
};

static const struct utf8_range *
find_range(unsigned char lead)
{
    for (size_t i = 0; i < sizeof(utf8_ranges) / sizeof(utf8_ranges[0]); i++) {
        if (lead >= utf8_ranges[i].lead_first &&
            lead <= utf8_ranges[i].lead_last)
            return &utf8_ranges[i];
    }
    return NULL;
}

/* The length of the character at the start of `text`; *valid tells whether it
 * is one.  If not, the length is that of its longest valid beginning, which is
 * to be replaced as a whole (the Unicode Standard, 3.9, U+FFFD substitution).
 */
static size_t
character_length(const unsigned char *text, size_t length, bool *valid)
{
    const struct utf8_range *range;
    size_t at = 1;

    *valid = text[0] < 0x80;
    if (*valid)
        return 1;
    range = find_range(text[0]);
    if (range == NULL)
        return 1;
    if (length > 1 && text[1] >= range->second_first &&
        text[1] <= range->second_last)
        at = 2;
    while (at >= 2 && at < range->length && at < length &&
           (text[at] & 0xc0) == 0x80)
        at++;
    *valid = at == range->length;
    return at;
}

static void
write_escape(struct output *output, unsigned char byte)
{
    char escape[8];

    switch (byte) {
    case '"':
        output_puts(output, "\\\"");
        return;
    case '\\':
        output_puts(output, "\\\\");
        return;
    case '\n':
        output_puts(output, "\\n");
        return;
    case '\r':
        output_puts(output, "\\r");
        return;
    case '\t':
        output_puts(output, "\\t");
        return;
    default:
        snprintf(escape, sizeof(escape), "\\u%04x", byte);
        output_puts(output, escape);
    }
}

static void
write_string(struct output *output, const char *string, size_t length)
{
    size_t plain = 0; /* where the bytes begin that are not yet written */
    size_t at = 0;

    output_puts(output, "\"");
    while (at < length) {
        const unsigned char *text = (const unsigned char *)string + at;
        bool valid;
        const size_t step = character_length(text, length - at, &valid);

        if (!valid || *text < 0x20 || *text == '"' || *text == '\\') {
            output_write(output, string + plain, at - plain);
            if (valid)
                write_escape(output, *text);
            else
                output_puts(output, "\xef\xbf\xbd");
            plain = at + step;
        }
        at += step;
    }
    output_write(output, string + plain, at - plain);
    output_puts(output, "\"");
}

/* ---- Fields: each begins with the comma that parts it from the last ------ */

static void
write_text_field(struct output *output, const char *key, const char *string,
                 size_t length)
{
    output_puts(output, ",\"");
    output_puts(output, key);
    output_puts(output, "\":");
    write_string(output, string, length);
}

static void
write_unsigned(struct output *output, const char *key, uint64_t value)
{
    char field[64];

    snprintf(field, sizeof(field), ",\"%s\":%" PRIu64, key, value);
    output_puts(output, field);
}

static void
write_signed(struct output *output, const char *key, int32_t value)
{
    char field[64];

    snprintf(field, sizeof(field), ",\"%s\":%" PRId32, key, value);
    output_puts(output, field);
}

static void
write_truth(struct output *output, const char *key, uint32_t value)
{
    output_puts(output, ",\"");
    output_puts(output, key);
    output_puts(output, value != 0 ? "\":true" : "\":false");
}

static const char *
verdict_name(unfix_verdict verdict)
{
    switch (verdict) {
    case UNFIX_APPLIED:
        return "applied";
    case UNFIX_PROPOSED:
        return "proposed";
    case UNFIX_REJECTED:
        return "rejected";
    }
    return "unknown"; /* of a later library */
}

static const char *
class_name(unfix_class kind)
{
    const char *name = unfix_class_name(kind);

    return name != NULL ? name : "unknown"; /* of a later library */
}

static void
write_alternatives(struct output *output, const unfix_correction *correction)
{
    output_puts(output, ",\"alternatives\":[");
    for (size_t i = 0; i < correction->alternative_count; i++) {
        const unfix_alternative *other = &correction->alternatives[i];

        output_puts(output, i > 0 ? ",{\"text\":" : "{\"text\":");
        write_string(output, other->text, other->length);
        write_unsigned(output, "confidence", other->confidence);
        output_puts(output, "}");
    }
    output_puts(output, "]");
}

static void
write_correction(struct output *output, const char *name,
                 const unfix_correction *c)
{
    const char *verdict = verdict_name(c->verdict);
    const char *kind = class_name(c->kind);

    output_puts(output, "{\"file\":");
    write_string(output, name, strlen(name));
    write_unsigned(output, "offset", c->offset);
    write_unsigned(output, "length", c->length);
    write_unsigned(output, "out_offset", c->out_offset);
    write_unsigned(output, "out_length", c->out_length);
    write_text_field(output, "original", c->original, c->original_length);
    write_text_field(output, "replacement", c->replacement,
                     c->replacement_length);
    write_unsigned(output, "confidence", c->confidence);
    write_signed(output, "score", c->score);
    write_text_field(output, "verdict", verdict, strlen(verdict));
    write_text_field(output, "class", kind, strlen(kind));
    write_text_field(output, "reason", c->reason, strlen(c->reason));
    write_alternatives(output, c);
    write_signed(output, "channel_cost", c->channel_cost);
    write_signed(output, "context_gain", c->context_gain);
    write_truth(output, "known_before", c->known_before);
    write_truth(output, "known_after", c->known_after);
    write_unsigned(output, "seen_before", c->seen_before);
    write_unsigned(output, "seen_after", c->seen_after);
    output_puts(output, "}\n");
}

void
report_write(struct output *output, const char *name,
             const unfix_result *result)
{
    const size_t count = unfix_result_correction_count(result);

    for (size_t i = 0; i < count; i++)
        write_correction(output, name, unfix_result_correction(result, i));
}
