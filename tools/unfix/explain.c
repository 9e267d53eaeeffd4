/* SPDX-License-Identifier: MPL-2.0 */
#include "explain.h"

#include "buffer.h"
#include "intake.h"
#include "messages.h"
#include "utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Columns of the two texts. */
#define WIDTH ((size_t)24)

struct explanation {
    struct output *output;
    const char *text; /* a section */
    const unfix_result *result;
    size_t next;     /* correction */
    uint64_t wanted; /* line; 0: all */
    uint64_t line;   /* of the last place, from 1 */
    uint64_t base;   /* of the section in the file */
    uint64_t at;     /* in it, where lines are counted up to */
    bool has_head;   /* some line has been shown */
};

/* The text, in so many columns at least; what would break the table, or what a
 * terminal would obey, shows as a sign. */
static void
put_text(struct output *output, const char *text, size_t length)
{
    size_t columns = 0;

    for (size_t at = 0; at < length; columns++) {
        bool valid;
        const size_t step = utf8_length(text + at, length - at, &valid);

        if (text[at] == '\n')
            output_puts(output, "\xe2\x86\xb5"); /* U+21B5 */
        else if (utf8_is_harmless(text + at, step, valid))
            output_write(output, text + at, step);
        else
            output_puts(output, "?");
        at += step;
    }
    if (length == 0) {
        output_puts(output, "\xe2\x88\x85"); /* U+2205 */
        columns = 1;
    }
    for (; columns < WIDTH; columns++)
        output_puts(output, " ");
}

/* Nats, with three decimals. */
static void
put_cost(struct output *output, int64_t cost)
{
    char text[32];
    const uint64_t size = (uint64_t)(cost < 0 ? -cost : cost);

    snprintf(text, sizeof(text), "%s%" PRIu64 ".%03u", cost < 0 ? "-" : "",
             size / 1000, (unsigned)(size % 1000));
    output_puts(output, " ");
    for (size_t n = strlen(text); n < 9; n++)
        output_puts(output, " ");
    output_puts(output, text);
}

static void
put_head(struct explanation *e)
{
    char line[160];

    snprintf(line, sizeof(line),
             "%sline %" PRIu64 "\n%8s  %-*s  %-*s %9s %9s %9s\n",
             e->has_head ? "\n" : "", e->line, "offset", (int)WIDTH, "token",
             (int)WIDTH + 2, "reading", "channel", "context", "total");
    output_puts(e->output, line);
    e->has_head = true;
}

static void
put_reading(struct explanation *e, const unfix_place *place, size_t number)
{
    const unfix_reading *reading = &place->readings[number];
    char offset[32] = "";

    if (number == 0)
        snprintf(offset, sizeof(offset), "%" PRIu64, e->base + place->offset);
    for (size_t n = strlen(offset); n < 8; n++)
        output_puts(e->output, " ");
    output_puts(e->output, offset);
    output_puts(e->output, "  ");
    put_text(e->output, number == 0 ? place->original : " ",
             number == 0 ? place->original_length : 1);
    output_puts(e->output, number == 0 ? "  > " : "    ");
    put_text(e->output, reading->text, reading->length);
    put_cost(e->output, reading->channel_cost);
    put_cost(e->output, reading->context_cost);
    put_cost(e->output, (int64_t)reading->channel_cost + reading->context_cost);
    if (number == 0 && place->is_protected)
        output_puts(e->output, "  protected");
    else if (number == 0 && !place->known)
        output_puts(e->output, "  unknown");
    output_puts(e->output, "\n");
}

static void
put_correction(struct explanation *e, const unfix_correction *c)
{
    static const char *const verdicts[] = {"applied", "proposed", "rejected"};
    const char *kind = unfix_class_name(c->kind);
    char line[512];

    output_puts(e->output, "          = ");
    put_text(e->output, c->replacement, c->replacement_length);
    snprintf(line, sizeof(line),
             "  %u.%03u %s%s%s%s, %s: ", (unsigned)(c->confidence / 1000),
             (unsigned)(c->confidence % 1000),
             c->verdict <= UNFIX_REJECTED ? verdicts[c->verdict] : "unknown",
             c->held_back != NULL ? " (" : "",
             c->held_back != NULL ? c->held_back : "",
             c->held_back != NULL ? ")" : "", kind != NULL ? kind : "unknown");
    output_puts(e->output, line);
    output_puts(e->output, c->reason);
    snprintf(line, sizeof(line),
             "; %s -> %s; seen %" PRIu32 " and %" PRIu32 " times\n",
             c->known_before != 0 ? "known" : "unknown",
             c->known_after != 0 ? "known" : "unknown", c->seen_before,
             c->seen_after);
    output_puts(e->output, line);
}

/* What became of the places up to `end`. */
static void
put_corrections(struct explanation *e, uint64_t end, bool is_shown)
{
    const unfix_correction *c;

    while ((c = unfix_result_correction(e->result, e->next)) != NULL &&
           c->offset + c->length <= end) {
        if (is_shown)
            put_correction(e, c);
        e->next++;
    }
}

static bool
is_wanted(const struct explanation *e)
{
    return e->wanted == 0 || e->line == e->wanted;
}

static void
count_lines(struct explanation *e, uint64_t end)
{
    for (; e->at < end; e->at++)
        e->line += e->text[e->at] == '\n';
}

static int
take_place(void *user, const unfix_place *place)
{
    struct explanation *e = user;
    const uint64_t before = e->line;

    count_lines(e, place->offset);
    /* A correction may reach into the blank before this place. */
    put_corrections(e, place->offset, is_wanted(e));
    if (is_wanted(e)) {
        if (e->line != before || !e->has_head)
            put_head(e);
        for (size_t i = 0; i < place->reading_count; i++)
            put_reading(e, place, i);
    }
    put_corrections(e, place->offset + place->length, is_wanted(e));
    return e->output->failed;
}

/* A section is a text by itself: its habits are its own, wherever it is. */
static bool
explain_section(struct explanation *e, unfix_context *context, const char *name,
                size_t length)
{
    unfix_result *result;
    unfix_error error;
    unfix_status status = unfix_result_new(NULL, &result);

    if (status != UNFIX_OK) {
        message_error(name, "%s", unfix_strerror(status));
        return false;
    }
    e->result = result;
    e->next = 0;
    e->at = 0;
    status = unfix_correct(context, e->text, length, result, &error);
    if (status == UNFIX_OK)
        status = unfix_explain(context, e->text, length, take_place, e, &error);
    if (status == UNFIX_OK) {
        put_corrections(e, length, is_wanted(e));
        count_lines(e, length);
    }
    unfix_result_free(result);
    if (status != UNFIX_OK && status != UNFIX_ERROR_CALLBACK)
        message_error(name, "%s", error.message);
    return status == UNFIX_OK;
}

/* Puts the text of a document in the place of its file's bytes. */
static bool
read_format(struct buffer *text, const struct wish *wish, const char *name)
{
    const char *bytes = text->length > 0 ? text->data : "";
    struct document document;
    bool good = format_read_encoded(&document, wish->format, NULL,
                                    &wish->encoding, bytes, text->length);

    if (good) {
        const struct buffer file = *text;

        *text = document.text;
        document.text = file;
    } else
        message_error(name, "not read as %s%s%s", wish->format->name,
                      document.fault != NULL ? ": " : "",
                      document.fault != NULL ? document.fault : "");
    document_free(&document);
    return good;
}

/* The sections that `text` has to their ends; with `is_last`, all of it. */
static bool
explain_sections(struct explanation *e, unfix_context *context,
                 const char *name, struct buffer *text, bool is_last)
{
    for (;;) {
        const size_t length =
            unfix_section_length(text->data, text->length, is_last);

        if (length == 0)
            return true;
        e->text = text->data;
        if (!explain_section(e, context, name, length))
            return false;
        e->base += length;
        buffer_drop(text, length);
    }
}

static bool
out_of_memory(const struct input *input)
{
    message_error(input->name, "%s", unfix_strerror(UNFIX_ERROR_MEMORY));
    return false;
}

static bool
explain_input(struct explanation *e, unfix_context *context,
              struct input *input, struct intake *intake, char *last)
{
    struct buffer *text = &intake->buffer;
    char block[INPUT_BLOCK];
    size_t length, tried = 0;

    do {
        bool is_format;

        if (!input_read(input, block, &length))
            return false;
        intake_add(intake, block, length);
        if (!intake_settle(intake, length == 0) && !intake->failed)
            continue;
        if (intake->failed)
            return out_of_memory(input);
        is_format =
            intake->wish.format != NULL && !intake->wish.format->is_records;
        /* A format is read as a whole; and to look for a section's end at each
         * read would take long. */
        if (length > 0 && (is_format || text->length < tried + tried / 8))
            continue;
        if (is_format && !read_format(text, &intake->wish, input->name))
            return false;
        if (text->length > 0)
            *last = text->data[text->length - 1];
        if (!explain_sections(e, context, input->name, text, length == 0))
            return false;
        tried = text->length;
    } while (length > 0);
    return true;
}

/* Of a file that has that line, or not. */
static bool
is_there(const struct explanation *e, const char *name, char last)
{
    const uint64_t lines = last == '\n' ? e->line - 1 : e->line;

    if (e->wanted == 0 || e->has_head)
        return true;
    if (e->wanted > lines) {
        message_error(name,
                      "has no line %" PRIu64 ": it has %" PRIu64 " line%s",
                      e->wanted, lines, lines == 1 ? "" : "s");
        return false;
    }
    message_notice(name, "line %" PRIu64 " has no text", e->wanted);
    return true;
}

bool
explain(struct output *output, unfix_context *context, const unfix_model *model,
        struct input *input, const struct options *options)
{
    struct intake intake = {0};
    struct explanation e = {
        .output = output, .line = 1, .wanted = options->line};
    char last = '\n'; /* an empty file has no line */
    bool good;

    intake_begin(&intake, options, model, input);
    good = explain_input(&e, context, input, &intake, &last) &&
           is_there(&e, input->name, last);
    intake_free(&intake);
    return good;
}
