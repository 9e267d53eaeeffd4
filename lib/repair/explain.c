/* SPDX-License-Identifier: MPL-2.0 */
/* What could be read, shown to a caller and to the model tools. */
#include "repair/explain.h"

#include "normalize/profile.h"
#include "normalize/segment.h"
#include "repair/composed.h"
#include "repair/mangled.h"
#include "repair/pass.h"
#include "repair/profiling.h"
#include "repair/put.h"
#include "repair/window.h"
#include "text/text.h"

/* ---- Explaining ---- */

/* One reading of what stands from `start` to `end`, without the blanks that it
 * may take along. */
static bool
put_reading(struct ufx_repair *r, const struct ufx_change *change,
            const struct ufx_rival *rival, size_t start, size_t end,
            unfix_reading *reading)
{
    const struct ufx_edge *edge = rival->edge;
    const char *text = r->bytes + start;
    struct ufx_change other = *change;

    reading->length = end - start;
    if (edge != NULL && edge->kind != UFX_EDGE_KEEP) {
        other.edge = edge;
        ufx_put_change(r, &other);
        if (r->worker->own.text.failed)
            return false;
        text = r->worker->own.text.data;
        reading->length = r->worker->own.text.length;
    }
    reading->channel_cost = edge == NULL ? change->keep_channel : edge->channel;
    reading->context_cost = rival->cost - reading->channel_cost;
    reading->text = ufx_arena_copy(r->strings, text, reading->length);
    return reading->text != NULL;
}

/* A window that is explained, and who looks. */
struct showing {
    const char *text; /* as it came */
    uint64_t offset;  /* of it in the document */
    uint64_t shown;   /* of it, so far */
    unfix_explain_callback callback;
    void *user;
};

/* What of the window is at a place of the paragraph.  A word that was mangled
 * goes to the first place of what it was meant to be. */
static bool
locate(struct ufx_repair *r, struct showing *showing, size_t start, size_t end,
       unfix_place *place)
{
    uint64_t from = r->offset + start, to = r->offset + end;

    if (!ufx_mangled_place(r->worker, &from, &to)) {
        place->known = place->is_protected = 0;
        from = from < showing->shown ? showing->shown : from;
        to = to < from ? from : to;
    }
    showing->shown = to;
    place->offset = showing->offset + from;
    place->length = place->original_length = to - from;
    place->original =
        ufx_arena_copy(r->strings, showing->text + from, (size_t)(to - from));
    return place->original != NULL;
}

static unfix_status
explain_place(struct ufx_repair *r, const struct ufx_change *change,
              struct showing *showing)
{
    const struct ufx_segment *segments = r->lattice.segments;
    const struct ufx_rival best = {change->edge, change->best_cost};
    size_t start = segments[change->from].start;
    size_t end = segments[change->to - 1].end;
    unfix_reading readings[UFX_ALTERNATIVES + 1];
    unfix_place place = {.known = 1, .readings = readings};
    bool good;
    uint32_t i;

    ufx_arena_reset(r->strings);
    for (i = change->from; i < change->to; i++) {
        place.known &= (segments[i].flags & UFX_SEGMENT_KNOWN) != 0;
        place.is_protected |=
            (segments[i].flags & (UFX_SEGMENT_PROTECTED | UFX_SEGMENT_FIXED)) !=
            0;
    }
    good = locate(r, showing, start, end, &place) &&
           put_reading(r, change, &best, start, end,
                       &readings[place.reading_count++]);
    for (i = 0; good && i < change->rival_count; i++)
        /* What is kept is the best one already. */
        if (change->edge->kind != UFX_EDGE_KEEP ||
            change->rivals[i].edge != NULL)
            good = put_reading(r, change, &change->rivals[i], start, end,
                               &readings[place.reading_count++]);
    if (!good)
        return UNFIX_ERROR_MEMORY;
    return showing->callback(showing->user, &place) == 0 ? UNFIX_OK
                                                         : UNFIX_ERROR_CALLBACK;
}

static unfix_status
explain_paragraph(struct ufx_repair *r, struct showing *showing)
{
    struct ufx_changes path;
    unfix_status status = ufx_pass_fill(r);
    size_t i;

    if (status == UNFIX_OK)
        status = ufx_decode_whole(&r->lattice, &r->worker->vocabulary, &path);
    for (i = 0; status == UNFIX_OK && i < path.count; i++)
        status = explain_place(r, &path.list[i], showing);
    return status;
}

/* Profiles the window, so that it can be shown paragraph by paragraph. */
static unfix_status
begin_showing(struct ufx_repair *r, const char *text, size_t length)
{
    unfix_status status =
        ufx_profiling_window(r->worker, r->worker->profile, text, length);

    r->habits = ufx_profile_habits(r->worker->profile, &r->worker->vocabulary);
    return status;
}

unfix_status
ufx_explain_window(struct ufx_worker *worker, const char *text, size_t length,
                   uint64_t offset, unfix_explain_callback callback, void *user)
{
    struct showing showing = {text, offset, 0, callback, user};
    struct ufx_arena strings, meant;
    struct ufx_repair r = {.worker = worker, .strings = &strings};
    const char *clear = text;
    size_t clear_length = length;
    unfix_status status;

    if (ufx_text_is_binary(text, length))
        return UNFIX_OK;
    ufx_arena_init(&strings, &worker->memory);
    ufx_arena_init(&meant, &worker->memory);
    ufx_composed_note(worker, text, length);
    status = ufx_mangled_read(worker, &clear, &clear_length, &meant);
    if (status == UNFIX_OK)
        status = begin_showing(&r, clear, clear_length);
    while (status == UNFIX_OK && r.offset < clear_length) {
        r.bytes = clear + r.offset;
        r.length = ufx_text_paragraph(r.bytes, clear_length - r.offset);
        status = explain_paragraph(&r, &showing);
        r.offset += r.length;
        r.number++;
    }
    ufx_arena_free(&meant);
    ufx_arena_free(&strings);
    ufx_window_end(worker, text, length);
    return status;
}

/* Every edge as what it would put where. */
static unfix_status
list_edges(struct ufx_repair *r, struct ufx_replacement **list, size_t *count)
{
    const struct ufx_lattice *l = &r->lattice;
    size_t i;

    ufx_arena_reset(r->strings);
    *count = l->edge_count;
    *list = ufx_arena_allocate(r->strings, (*count + 1) * sizeof **list);
    for (i = 0; *list != NULL && i < *count; i++) {
        const struct ufx_edge *edge = &l->edges[i];
        struct ufx_change change = {
            .from = edge->from, .to = edge->to, .edge = edge};
        struct ufx_place place = ufx_put_change(r, &change);
        const struct ufx_buffer *text = &r->worker->own.text;
        bool keeps = edge->kind == UFX_EDGE_KEEP;

        (*list)[i].start = place.start;
        (*list)[i].end = place.end;
        (*list)[i].length = keeps ? place.end - place.start : text->length;
        (*list)[i].text = ufx_arena_copy(
            r->strings, keeps ? r->bytes + place.start : text->data,
            (*list)[i].length);
        if (text->failed || (*list)[i].text == NULL)
            return UNFIX_ERROR_MEMORY;
    }
    return *list == NULL ? UNFIX_ERROR_MEMORY : UNFIX_OK;
}

unfix_status
ufx_replacements_window(struct ufx_worker *worker, const char *text,
                        size_t length, ufx_replacements_callback callback,
                        void *user)
{
    struct ufx_arena strings;
    struct ufx_repair r = {.worker = worker, .strings = &strings};
    unfix_status status;

    ufx_arena_init(&strings, &worker->memory);
    status = ufx_mangled_read(worker, &text, &length, &strings);
    if (status == UNFIX_OK)
        status = begin_showing(&r, text, length);
    while (status == UNFIX_OK && r.offset < length) {
        struct ufx_replacement *list;
        size_t count;

        r.bytes = text + r.offset;
        r.length = ufx_text_paragraph(r.bytes, length - r.offset);
        status = ufx_pass_fill(&r);
        if (status == UNFIX_OK)
            status = list_edges(&r, &list, &count);
        if (status == UNFIX_OK)
            callback(user, r.bytes, r.length, list, count);
        r.offset += r.length;
        r.number++;
    }
    ufx_arena_free(&strings);
    ufx_window_end(worker, text, length);
    return status;
}
