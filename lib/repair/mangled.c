/* SPDX-License-Identifier: MPL-2.0 */
#include "repair/mangled.h"

#include "normalize/profile.h"
#include "repair/composed.h"
#include "repair/verdict.h"

#include <string.h>

void
ufx_mangled_start(struct ufx_worker *worker)
{
    ufx_encodings_start(worker->mangling.encodings);
    worker->mangling.composed = worker->mangling.decomposed = 0;
}

static const char *
put_reason(struct ufx_worker *worker, const struct ufx_mangled *m,
           struct ufx_arena *strings)
{
    ufx_buffer_clear(&worker->mangling.text);
    ufx_encodings_reason(worker->mangling.encodings, m, &worker->mangling.text);
    if (worker->mangling.text.failed) {
        strings->failed = true;
        return NULL;
    }
    return ufx_arena_copy(strings, worker->mangling.text.data,
                          worker->mangling.text.length);
}

/* What is left to the others, by how near they are. */
static void
put_alternatives(struct ufx_worker *worker, const struct ufx_mangled *m,
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
            ufx_composed_copy(worker, m->rivals[i].text, &length, strings);

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

/* And what those others are told. */
static const char part_of_mangled[] = "part of a mangled word";

static unfix_status
add_correction(struct ufx_worker *worker, const struct ufx_mangled *m,
               const char *text, struct ufx_arena *strings,
               struct ufx_corrections *found)
{
    unfix_correction *c = ufx_corrections_add(found, &worker->memory);

    if (c == NULL)
        return UNFIX_ERROR_MEMORY;
    c->offset = m->start;
    c->length = c->original_length = m->end - m->start;
    c->original = ufx_arena_copy(strings, text + m->start, c->original_length);
    c->replacement_length = m->length;
    c->replacement =
        ufx_composed_copy(worker, m->text, &c->replacement_length, strings);
    c->confidence = m->confidence;
    c->kind = UNFIX_CLASS_ENCODING;
    c->known_after = m->known;
    c->context_gain = m->cost;
    c->bar = worker->options.min_confidence;
    c->reason = put_reason(worker, m, strings);
    put_alternatives(worker, m, strings, c);
    if (strings->failed)
        return UNFIX_ERROR_MEMORY;
    if (m->quoted || m->syntax) {
        ufx_correction_hold(c, UNFIX_REJECTED, UNFIX_BAR_NONE,
                            m->quoted ? talked_about : for_programs);
    } else {
        ufx_verdict_judge(worker, c);
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

/* Finds the mangled words of a text. */
static unfix_status
find(struct ufx_worker *worker, uint64_t words, const char *text, size_t length,
     struct ufx_arena *strings, struct ufx_corrections *found)
{
    unfix_status status;
    size_t i, at = 0;

    found->count = 0;
    status = ufx_encodings_find(worker->mangling.encodings, text, length,
                                strings, &worker->mangling.list);
    for (i = 0; i < worker->mangling.list.count && status == UNFIX_OK; i++) {
        const struct ufx_mangled *m = &worker->mangling.list.list[i];

        status = ufx_composed_find(worker, text, at, m->start, strings, found);
        if (status == UNFIX_OK)
            status = add_correction(worker, m, text, strings, found);
        at = m->end;
    }
    if (status == UNFIX_OK)
        status = ufx_composed_find(worker, text, at, length, strings, found);
    if (status == UNFIX_OK && found->count > 0)
        status = ufx_verdict_afford(worker, words, found);
    return status;
}

unfix_status
ufx_mangled_read(struct ufx_worker *worker, const char **text, size_t *length,
                 struct ufx_arena *strings)
{
    struct ufx_encodings_seen *seen =
        ufx_encodings_seen(worker->mangling.encodings);
    /* The window is not among those that are counted. */
    uint64_t words = ufx_profile_totals(worker->profile)->words +
                     count_words(*text, *length);
    unfix_status status;

    if (worker->as_it_came)
        worker->mangling.went = *seen;
    status =
        find(worker, words, *text, *length, strings, &worker->mangling.meant);
    worker->mangling.came = *seen;
    if (status != UNFIX_OK || worker->mangling.meant.count == 0)
        return status;
    ufx_buffer_clear(&worker->mangling.clear);
    status = ufx_corrections_splice(&worker->mangling.meant, *text, *length,
                                    &worker->mangling.clear);
    *text = worker->mangling.clear.data;
    *length = worker->mangling.clear.length;
    return status;
}

unfix_status
ufx_mangled_read_draft(struct ufx_worker *worker, const char *text,
                       size_t length, struct ufx_arena *strings)
{
    struct ufx_mangling *m = &worker->mangling;
    struct ufx_encodings_seen *seen = ufx_encodings_seen(m->encodings);
    unfix_status status;

    *seen = m->went;
    status = find(worker, ufx_profile_totals(worker->profile)->words, text,
                  length, strings, &m->left);
    *seen = m->came;
    return status;
}

unfix_status
ufx_mangled_note_output(struct ufx_worker *worker, const char *text,
                        size_t length, struct ufx_arena *strings)
{
    struct ufx_mangling *m = &worker->mangling;
    struct ufx_encodings_seen *seen = ufx_encodings_seen(m->encodings);
    unfix_status status;

    *seen = m->went;
    status = ufx_encodings_find(m->encodings, text, length, strings, &m->list);
    m->went = *seen;
    *seen = m->came;
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
            ufx_correction_hold(c, UNFIX_REJECTED, UNFIX_BAR_NONE,
                                binds_others(&meant->list[m])
                                    ? meant->list[m].held_back
                                    : part_of_mangled);
            taken_back++;
        }
    }
    return taken_back;
}

bool
ufx_mangled_place(const struct ufx_worker *worker, uint64_t *start,
                  uint64_t *end)
{
    return ufx_corrections_source(&worker->mangling.meant, start, end);
}
