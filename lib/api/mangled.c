/* SPDX-License-Identifier: MPL-2.0 */
/* The first stage of a window: words that were mangled on the way become what
 * they were meant to be, and all other stages read that. */
#include "api/objects.h"

#include <string.h>

static const char *
put_reason(unfix_context *context, const struct ufx_mangled *m,
           struct ufx_arena *strings)
{
    ufx_buffer_clear(&context->text);
    ufx_encodings_reason(context->encodings, m, &context->text);
    if (context->text.failed) {
        strings->failed = true;
        return NULL;
    }
    return ufx_arena_copy(strings, context->text.data, context->text.length);
}

/* What is left to the others, by how near they are. */
static void
put_alternatives(unfix_context *context, const struct ufx_mangled *m,
                 struct ufx_arena *strings, unfix_correction *c)
{
    unfix_alternative *list;
    uint32_t i;

    list = ufx_arena_allocate(strings, (m->rival_count + 1) * sizeof *list);
    if (list == NULL)
        return;
    for (i = 0; i < m->rival_count; i++) {
        size_t length = m->rivals[i].length;
        const char *text =
            ufx_composed_copy(context, m->rivals[i].text, &length, strings);

        list[i] = (unfix_alternative){text, length,
                                      (1000 - c->confidence) / m->rival_count};
    }
    list[i] = (unfix_alternative){c->original, c->original_length, 0};
    c->alternatives = list;
    c->alternative_count = m->rival_count + 1;
}

/* Three reasons that bind the other stages as well: who reads a sign as a
 * letter that was misread knows less of it. */
static const char talked_about[] = "talked about";
static const char for_programs[] = "spelt for programs";
static const char torn[] = "below the bar: two words fit alike";
static const char part_of_mangled[] = "part of a mangled word";

static void
let_be(unfix_correction *c, const char *why)
{
    c->verdict = UNFIX_REJECTED;
    c->bar = UNFIX_BAR_NONE;
    c->held_back = why;
}

static unfix_status
add_correction(unfix_context *context, const struct ufx_mangled *m,
               const char *text, struct ufx_arena *strings,
               struct ufx_corrections *found)
{
    unfix_correction *c = ufx_corrections_add(found, &context->memory);

    if (c == NULL)
        return UNFIX_ERROR_MEMORY;
    c->offset = m->start;
    c->length = c->original_length = m->end - m->start;
    c->original = ufx_arena_copy(strings, text + m->start, c->original_length);
    c->replacement_length = m->length;
    c->replacement =
        ufx_composed_copy(context, m->text, &c->replacement_length, strings);
    c->confidence = m->confidence;
    c->kind = UNFIX_CLASS_ENCODING;
    c->known_after = m->known;
    c->context_gain = m->cost;
    c->bar = context->options.min_confidence;
    c->reason = put_reason(context, m, strings);
    put_alternatives(context, m, strings, c);
    if (strings->failed)
        return UNFIX_ERROR_MEMORY;
    if (m->quoted || m->syntax) {
        let_be(c, m->quoted ? talked_about : for_programs);
    } else {
        ufx_verdict_judge(context, c);
        if (m->torn && c->verdict == UNFIX_PROPOSED && c->bar != UNFIX_BAR_NONE)
            c->held_back = torn;
    }
    return UNFIX_OK;
}

/* As many as blanks part, which is what a budget needs to know. */
static uint64_t
count_words(const char *text, size_t length)
{
    uint64_t words = 0;
    size_t i;

    for (i = 0; i < length; i++)
        words += text[i] == ' ' || text[i] == '\n';
    return words;
}

unfix_status
ufx_mangled_find(unfix_context *context, const char *text, size_t length,
                 struct ufx_arena *strings, struct ufx_corrections *found)
{
    unfix_status status;
    size_t i, at = 0;

    found->count = 0;
    status = ufx_encodings_find(context->encodings, text, length, strings,
                                &context->mangled);
    for (i = 0; i < context->mangled.count && status == UNFIX_OK; i++) {
        const struct ufx_mangled *m = &context->mangled.list[i];

        status = ufx_composed_find(context, text, at, m->start, strings, found);
        if (status == UNFIX_OK)
            status = add_correction(context, m, text, strings, found);
        at = m->end;
    }
    if (status == UNFIX_OK)
        status = ufx_composed_find(context, text, at, length, strings, found);
    if (status == UNFIX_OK && found->count > 0)
        status =
            ufx_verdict_afford(context,
                               ufx_profile_totals(context->profile)->words +
                                   count_words(text, length),
                               found);
    return status;
}

unfix_status
ufx_mangled_read(unfix_context *context, const char **text, size_t *length,
                 struct ufx_arena *strings)
{
    unfix_status status =
        ufx_mangled_find(context, *text, *length, strings, &context->meant);

    if (status != UNFIX_OK || context->meant.count == 0)
        return status;
    ufx_buffer_clear(&context->clear);
    status = ufx_corrections_splice(&context->meant, *text, *length,
                                    &context->clear);
    *text = context->clear.data;
    *length = context->clear.length;
    return status;
}

static bool
binds_others(const unfix_correction *c)
{
    return c->held_back == talked_about || c->held_back == for_programs ||
           c->held_back == torn;
}

/* What is left open holds a sign that somebody mangled: the rest of its word is
 * no word, which lacks a letter (comisi´on is no comisión´on). */
static bool
is_part(const unfix_correction *open, const unfix_correction *c)
{
    return open->verdict == UNFIX_PROPOSED && c->offset >= open->out_offset &&
           c->offset + c->length <= open->out_offset + open->out_length &&
           c->length < open->out_length;
}

size_t
ufx_mangled_protect(const struct ufx_corrections *meant,
                    struct ufx_corrections *corrections)
{
    size_t i, k = 0, taken_back = 0;

    for (i = 0; i < corrections->count; i++) {
        unfix_correction *c = &corrections->list[i];
        size_t m;

        while (k < meant->count &&
               meant->list[k].out_offset + meant->list[k].out_length <=
                   c->offset)
            k++;
        for (m = k; m < meant->count &&
                    meant->list[m].out_offset < c->offset + c->length;
             m++) {
            if (c->verdict != UNFIX_APPLIED)
                break;
            if (!binds_others(&meant->list[m]) && !is_part(&meant->list[m], c))
                continue;
            let_be(c, binds_others(&meant->list[m]) ? meant->list[m].held_back
                                                    : part_of_mangled);
            taken_back++;
        }
    }
    return taken_back;
}

bool
ufx_mangled_place(const unfix_context *context, uint64_t *start, uint64_t *end)
{
    return ufx_corrections_source(&context->meant, start, end);
}
