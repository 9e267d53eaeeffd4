/* SPDX-License-Identifier: MPL-2.0 */
#include "explain.h"

#include "buffer.h"
#include "messages.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Columns of the two texts. */
#define WIDTH ((size_t)24)

struct explanation {
    struct output *output;
    const struct buffer *text;
    const unfix_result *result;
    size_t next;     /* correction */
    uint64_t wanted; /* line; 0: all */
    uint64_t line;   /* of the last place, from 1 */
    uint64_t at;     /* where lines are counted up to */
    bool has_head;   /* some line has been shown */
};

static bool
continues_character(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* The text, in so many columns at least; what would break the table shows as a
 * sign. */
static void
put_text(struct output *output, const char *text, size_t length)
{
    size_t columns = 0;

    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)text[i];

        columns += !continues_character(text[i]);
        if (byte == '\n')
            output_puts(output, "\xe2\x86\xb5"); /* U+21B5 */
        else if (byte < 0x20 || byte == 0x7f)
            output_puts(output, "?");
        else
            output_write(output, text + i, 1);
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
        snprintf(offset, sizeof(offset), "%" PRIu64, place->offset);
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

static int
take_place(void *user, const unfix_place *place)
{
    struct explanation *e = user;
    const uint64_t before = e->line;

    for (; e->at < place->offset; e->at++)
        e->line += e->text->data[e->at] == '\n';
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

static bool
explain_text(struct explanation *e, unfix_context *context, const char *name)
{
    const char *text = e->text->length > 0 ? e->text->data : "";
    unfix_result *result;
    unfix_error error;
    unfix_status status = unfix_result_new(NULL, &result);

    if (status != UNFIX_OK) {
        message_error(name, "%s", unfix_strerror(status));
        return false;
    }
    e->result = result;
    status = unfix_correct(context, text, e->text->length, result, &error);
    if (status == UNFIX_OK)
        status = unfix_explain(context, text, e->text->length, take_place, e,
                               &error);
    if (status == UNFIX_OK)
        put_corrections(e, e->text->length, is_wanted(e));
    unfix_result_free(result);
    if (status != UNFIX_OK && status != UNFIX_ERROR_CALLBACK)
        message_error(name, "%s", error.message);
    return status == UNFIX_OK;
}

/* Puts the text of a document in the place of its file's bytes. */
static bool
read_format(struct buffer *text, const struct options *options,
            const char *name)
{
    const char *known, *bytes = text->length > 0 ? text->data : "";
    const struct file_format *format = options->input;
    struct document document;
    bool good;

    if (format == NULL && !options->is_text && !options->as_text)
        format = format_detect(bytes, text->length, &known);
    if (format == NULL || format->is_records)
        return true;
    good = format_read(&document, format, NULL, bytes, text->length);
    if (good) {
        const struct buffer file = *text;

        *text = document.text;
        document.text = file;
    } else
        message_error(name, "not read as %s", format->name);
    document_free(&document);
    return good;
}

bool
explain(struct output *output, unfix_context *context, struct input *input,
        const struct options *options)
{
    struct buffer text = {0};
    struct explanation e = {
        .output = output, .text = &text, .line = 1, .wanted = options->line};
    bool good = input_read_all(input, &text) &&
                read_format(&text, options, input->name) &&
                explain_text(&e, context, input->name);

    if (good && options->line > 0 && !e.has_head)
        message_notice(input->name, "line %" PRIu64 " has no text",
                       options->line);
    buffer_free(&text);
    return good;
}
