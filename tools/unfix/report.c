/* SPDX-License-Identifier: MPL-2.0 */
#include "report.h"

#include "utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- Strings ------------------------------------------------------------ */

static void
write_escape(struct output *output, uint32_t cp)
{
    static const char plain[] = "\"\\\n\r\t";
    static const char letters[] = "\"\\nrt";
    const char *found = cp > 0 && cp < 0x80 ? strchr(plain, (int)cp) : NULL;
    char escape[8];

    if (found != NULL)
        snprintf(escape, sizeof(escape), "\\%c", letters[found - plain]);
    else
        snprintf(escape, sizeof(escape), "\\u%04x", (unsigned)cp);
    output_puts(output, escape);
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
        const size_t step = utf8_length(string + at, length - at, &valid);

        if (!valid) {
            put(user, string + plain, at - plain);
            put(user, "\xef\xbf\xbd", 3);
            plain = at + step;
        }
        at += step;
    }
    put(user, string + plain, at - plain);
}

/* Valid text.  '<' too: in the review page the report stands within HTML.  And
 * what a terminal would obey: people look at reports there. */
static void
put_escaped(void *user, const char *bytes, size_t length)
{
    struct output *output = user;
    size_t plain = 0, step;
    bool valid;

    for (size_t at = 0; at < length; at += step) {
        step = utf8_length(bytes + at, length - at, &valid);
        if (utf8_is_harmless(bytes + at, step, valid) && bytes[at] != '"' &&
            bytes[at] != '\\' && bytes[at] != '<')
            continue;
        output_write(output, bytes + plain, at - plain);
        write_escape(output, utf8_decode(bytes + at, step));
        plain = at + step;
    }
    output_write(output, bytes + plain, length - plain);
}

void
report_write_string(struct output *output, const char *string, size_t length)
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

static bool
is_valid(const char *string, size_t length)
{
    bool valid = true;

    for (size_t at = 0; valid && at < length;)
        at += utf8_length(string + at, length - at, &valid);
    return valid;
}

/* The field that a line begins with.  A name that JSON cannot hold is there
 * once more, so that the file can be found again. */
static void
write_file(struct output *output, const char *name)
{
    const size_t length = strlen(name);
    char figures[3];

    output_puts(output, "{\"file\":");
    report_write_string(output, name, length);
    if (is_valid(name, length))
        return;
    output_puts(output, ",\"file_hex\":\"");
    for (const char *at = name; *at != '\0'; at++) {
        snprintf(figures, sizeof(figures), "%02x", (unsigned char)*at);
        output_puts(output, figures);
    }
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
    report_write_string(output, string, length);
}

static void
write_unsigned(struct output *output, const char *key, uint64_t value)
{
    char field[64];

    snprintf(field, sizeof(field), ",\"%s\":%" PRIu64, key, value);
    output_puts(output, field);
}

static void
write_signed(struct output *output, const char *key, int64_t value)
{
    char field[64];

    snprintf(field, sizeof(field), ",\"%s\":%" PRId64, key, value);
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
        report_write_string(output, other->text, other->length);
        write_unsigned(output, "confidence", other->confidence);
        output_puts(output, "}");
    }
    output_puts(output, "]");
}

/* What --apply makes in a file that is more than its text.  Of what is text in
 * another encoding the correction says all. */
static void
write_edits(struct output *output, const struct piece *piece,
            const struct repair *repair)
{
    const struct repaired *repaired = piece->repaired;

    if (repaired->encoding[0] != '\0')
        write_text_field(output, "encoding", repaired->encoding,
                         strlen(repaired->encoding));
    if (repaired->is_text)
        return;
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
                repair != NULL && !piece->repaired->is_text ? c->replacement
                                                            : NULL);
    write_file(output, name);
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

bool
report_leaves_out(const struct piece *piece, size_t i, bool only_applied)
{
    return only_applied && piece_correction(piece, i)->verdict != UNFIX_APPLIED;
}

void
report_write(struct output *output, const char *name, const struct piece *piece,
             bool only_applied)
{
    const size_t count = piece_count(piece);

    for (size_t i = 0; i < count; i++) {
        if (!report_leaves_out(piece, i, only_applied))
            report_write_correction(output, name, piece, i);
    }
}

void
report_write_text(struct output *output, const char *name, const char *text,
                  size_t length)
{
    if (length == 0)
        return;
    output_puts(output, "{\"file\":");
    report_write_string(output, name, strlen(name));
    write_text_field(output, "text", text, length);
    output_puts(output, "}\n");
}

/* ---- The end of a file --------------------------------------------------- */

void
report_begin_file(struct report_end *end)
{
    end->corrections = 0;
    end->words = 0;
    end->unsearched = 0;
    end->has_times = false;
    unfix_survey_clear(end->survey);
    checksum_begin(&end->input);
    checksum_begin(&end->output);
}

void
report_count(struct report_end *end, const struct piece *piece,
             bool only_applied)
{
    const size_t count = piece_count(piece);
    size_t length;
    const char *text = piece_text(piece, &length);

    for (size_t i = 0; i < count; i++)
        end->corrections += !report_leaves_out(piece, i, only_applied);
    end->words += piece->words;
    end->unsearched += piece->unsearched;
    piece_survey(piece, end->survey);
    checksum_add(&end->output, text, length);
}

/* What the text was judged to be. */
static void
write_survey(struct output *output, const unfix_survey *survey)
{
    static const char *const names[UNFIX_LEFT_COUNT] = {
        ",\"left\":{\"foreign\":", ",\"old\":", ",\"syntax\":",
        ",\"unknown\":"};
    const char *judged[][2] = {{"language", unfix_survey_language(survey)},
                               {"spelling", unfix_survey_spelling(survey)},
                               {"form", unfix_survey_form(survey)},
                               {"person", unfix_survey_person(survey)}};
    char damage[SURVEY_LINE];
    char count[24];

    for (size_t i = 0; i < sizeof(judged) / sizeof(judged[0]); i++)
        write_text_field(output, judged[i][0], judged[i][1],
                         strlen(judged[i][1]));
    unfix_survey_damage(survey, damage, sizeof(damage));
    write_text_field(output, "damage", damage, strlen(damage));
    for (int i = 0; i < UNFIX_LEFT_COUNT; i++) {
        output_puts(output, names[i]);
        snprintf(count, sizeof(count), "%" PRIu64,
                 unfix_survey_left(survey, (unfix_left)i));
        output_puts(output, count);
    }
    output_puts(output, "}");
}

void
report_end_begin(struct output *output, const char *name, uint64_t corrections)
{
    write_file(output, name);
    output_puts(output, ",\"end\":true");
    write_unsigned(output, "corrections", corrections);
}

void
report_end_rest(struct output *output, const struct report_end *end)
{
    struct checksum input = end->input; /* a sum that is shown is used up */
    struct checksum output_sum = end->output;
    char text[CHECKSUM_SIZE];

    write_unsigned(output, "words", end->words);
    if (end->unsearched > 0)
        write_unsigned(output, "unsearched", end->unsearched);
    write_survey(output, end->survey);
    write_unsigned(output, "length", end->input.length);
    checksum_end(&input, text);
    write_text_field(output, "sha256", text, strlen(text));
    write_unsigned(output, "out_length", end->output.length);
    checksum_end(&output_sum, text);
    write_text_field(output, "out_sha256", text, strlen(text));
    if (end->has_times) {
        write_signed(output, "mtime", end->mtime);
        write_signed(output, "out_mtime", end->out_mtime);
    }
    output_puts(output, "}\n");
}

void
report_end_file(struct output *output, const char *name,
                const struct report_end *end)
{
    report_end_begin(output, name, end->corrections);
    report_end_rest(output, end);
}
