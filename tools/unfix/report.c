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

/* The string with what is not UTF-8 replaced; calls `put` for each run. */
static void
walk_valid(const char *string, size_t length,
           void (*put)(void *user, const char *bytes, size_t length),
           void *user)
{
    size_t plain = 0; /* where the bytes begin that are not yet put */
    size_t at = 0;

    while (at < length) {
        bool valid;
        const size_t step = character_length((const unsigned char *)string + at,
                                             length - at, &valid);

        if (!valid) {
            put(user, string + plain, at - plain);
            put(user, "\xef\xbf\xbd", 3);
            plain = at + step;
        }
        at += step;
    }
    put(user, string + plain, at - plain);
}

/* '<' too: in the review page the report stands within HTML. */
static void
put_escaped(void *user, const char *bytes, size_t length)
{
    struct output *output = user;
    size_t plain = 0;

    for (size_t at = 0; at < length; at++) {
        const unsigned char byte = (unsigned char)bytes[at];

        if (byte >= 0x20 && byte != '"' && byte != '\\' && byte != '<')
            continue;
        output_write(output, bytes + plain, at - plain);
        write_escape(output, byte);
        plain = at + 1;
    }
    output_write(output, bytes + plain, length - plain);
}

static void
write_string(struct output *output, const char *string, size_t length)
{
    output_puts(output, "\"");
    walk_valid(string, length, put_escaped, output);
    output_puts(output, "\"");
}

static void
put_checksum(void *user, const char *bytes, size_t length)
{
    checksum_add(user, bytes, length);
}

void
report_seal(char *seal, uint64_t offset, uint64_t length, const char *original,
            size_t original_length, const char *replacement)
{
    struct checksum checksum;
    char text[CHECKSUM_SIZE];
    char head[48];

    snprintf(head, sizeof(head), "%" PRIu64 ":%" PRIu64 ":", offset, length);
    checksum_begin(&checksum);
    checksum_add(&checksum, head, strlen(head));
    walk_valid(original, original_length, put_checksum, &checksum);
    if (replacement != NULL)
        walk_valid(replacement, strlen(replacement), put_checksum, &checksum);
    checksum_end(&checksum, text);
    memcpy(seal, text, REPORT_SEAL_SIZE - 1);
    seal[REPORT_SEAL_SIZE - 1] = '\0';
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

/* What --apply makes in a file that is more than its text. */
static void
write_edits(struct output *output, const struct piece *piece,
            const struct repair *repair)
{
    const struct repaired *repaired = piece->repaired;

    if (repaired->encoding[0] != '\0')
        write_text_field(output, "encoding", repaired->encoding,
                         strlen(repaired->encoding));
    output_puts(output, ",\"edits\":[");
    for (size_t i = 0; i < repair->edits; i++) {
        const struct edit *edit = &repaired->edits[repair->edit + i];
        char place[96];

        snprintf(place, sizeof(place),
                 "%s{\"offset\":%" PRIu64 ",\"length\":%zu", i > 0 ? "," : "",
                 piece->input + edit->start, edit->end - edit->start);
        output_puts(output, place);
        write_text_field(output, "original",
                         repaired->strings.data + edit->original,
                         edit->original_length);
        write_text_field(output, "replacement",
                         repaired->strings.data + edit->text, edit->length);
        output_puts(output, "}");
    }
    output_puts(output, "]");
}

void
report_write_correction(struct output *output, const char *name,
                        const struct piece *piece, size_t i)
{
    const unfix_correction *c = piece_correction(piece, i);
    const struct repair *repair = piece_repair(piece, i);
    const char *verdict = verdict_name(c->verdict);
    const char *kind = class_name(c->kind);
    char seal[REPORT_SEAL_SIZE];

    report_seal(seal, c->offset, c->length, c->original, c->original_length,
                repair != NULL ? c->replacement : NULL);
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
    if (c->bar <= 1000)
        write_unsigned(output, "bar", c->bar);
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
    if (c->held_back != NULL)
        write_text_field(output, "held_back", c->held_back,
                         strlen(c->held_back));
    if (repair != NULL)
        write_edits(output, piece, repair);
    write_text_field(output, "seal", seal, strlen(seal));
    output_puts(output, "}\n");
}

void
report_write(struct output *output, const char *name, const struct piece *piece)
{
    const size_t count = piece_count(piece);

    for (size_t i = 0; i < count; i++)
        report_write_correction(output, name, piece, i);
}

void
report_write_text(struct output *output, const char *name, const char *text,
                  size_t length)
{
    if (length == 0)
        return;
    output_puts(output, "{\"file\":");
    write_string(output, name, strlen(name));
    write_text_field(output, "text", text, length);
    output_puts(output, "}\n");
}

/* ---- The end of a file --------------------------------------------------- */

void
report_begin_file(struct report_end *end)
{
    end->corrections = 0;
    end->words = 0;
    checksum_begin(&end->input);
    checksum_begin(&end->output);
}

void
report_count(struct report_end *end, const struct piece *piece)
{
    size_t length;
    const char *text = piece_text(piece, &length);

    end->corrections += piece_count(piece);
    end->words += piece->words;
    checksum_add(&end->output, text, length);
}

void
report_end_file(struct output *output, const char *name,
                const struct report_end *end)
{
    struct checksum input = end->input; /* a sum that is shown is used up */
    struct checksum output_sum = end->output;
    char text[CHECKSUM_SIZE];

    output_puts(output, "{\"file\":");
    write_string(output, name, strlen(name));
    output_puts(output, ",\"end\":true");
    write_unsigned(output, "corrections", end->corrections);
    write_unsigned(output, "words", end->words);
    write_unsigned(output, "length", end->input.length);
    checksum_end(&input, text);
    write_text_field(output, "sha256", text, strlen(text));
    write_unsigned(output, "out_length", end->output.length);
    checksum_end(&output_sum, text);
    write_text_field(output, "out_sha256", text, strlen(text));
    output_puts(output, "}\n");
}
