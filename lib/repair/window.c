/* SPDX-License-Identifier: MPL-2.0 */
/* The way of a window through the stages: letters, profile, passes, output. */
#include "repair/window.h"

#include "normalize/profile.h"
#include "repair/apart.h"
#include "repair/composed.h"
#include "repair/counting.h"
#include "repair/mangled.h"
#include "repair/pass.h"
#include "repair/profiling.h"
#include "repair/settle.h"
#include "repair/shares.h"
#include "repair/verdict.h"
#include "text/text.h"

static unfix_status
add_to_result(unfix_result *result, const struct ufx_corrections *found)
{
    size_t i;

    for (i = 0; i < found->count; i++) {
        unfix_correction *c =
            ufx_corrections_add(&result->corrections, &result->memory);

        if (c == NULL)
            return UNFIX_ERROR_MEMORY;
        *c = found->list[i];
        c->offset += result->input_offset;
        c->out_offset += result->output_offset;
    }
    return UNFIX_OK;
}

void
ufx_window_start(struct ufx_worker *worker)
{
    ufx_counting_end(worker);
    ufx_mangled_start(worker);
    worker->scan = (struct ufx_section_scan){0, 0};
    worker->unsettled = false;
    worker->as_it_came = true;
    ufx_profile_clear(worker->profile);
    if (worker->settled != NULL)
        ufx_profile_clear(worker->settled);
    ufx_verdict_start(worker);
}

void
ufx_window_end(struct ufx_worker *worker, const char *text, size_t length)
{
    if (ufx_text_section_more(text, length, &worker->scan))
        ufx_window_start(worker);
}

/* Keeps the window's output for the profile, in case that another window of
 * the section follows, and notes what of it is still mangled. */
static unfix_status
note_output(struct ufx_worker *worker, const char *text, size_t length,
            struct ufx_arena *strings)
{
    worker->as_it_came = false;
    worker->unsettled = true;
    ufx_buffer_clear(&worker->draft);
    ufx_buffer_append(&worker->draft, text, length);
    if (worker->draft.failed)
        return UNFIX_ERROR_MEMORY;
    return ufx_mangled_note_output(worker, text, length, strings);
}

static unfix_status
repair_window(struct ufx_worker *worker, const char *text, size_t length,
              unfix_result *result)
{
    size_t applied = 0, start = result->text.length;
    ufx_observer observer = worker->observer;
    const char *clear = text;
    size_t clear_length = length;
    unfix_status status;
    bool again;
    int kept = 0;

    worker->own.protected.count = 0;
    ufx_composed_note(worker, text, length);
    status = ufx_mangled_read(worker, &clear, &clear_length, &result->arena);
    if (status == UNFIX_OK)
        status = ufx_profiling_meant(worker, clear, clear_length);
    if (status == UNFIX_OK)
        status =
            ufx_pass_run(worker, worker->profile, NULL, clear, clear_length,
                         &result->arena, &worker->found[0], &applied);
    if (status == UNFIX_OK)
        applied -=
            ufx_mangled_protect(&worker->mangling.meant, &worker->found[0]);
    /* Whoever watches wants each change once; and once more as it looks where
     * the sure ones are made, if anybody knows which these are. */
    if (worker->forest == NULL)
        worker->observer = NULL;
    /* A run over the output sees the windows before as they went. */
    again =
        applied > 0 || worker->mangling.meant.count > 0 || !worker->as_it_came;
    if (status == UNFIX_OK && again && !ufx_profiling_went(worker))
        status = UNFIX_ERROR_MEMORY;
    if (status == UNFIX_OK && again)
        status = ufx_settle(worker, clear, clear_length, &result->arena, &kept);
    worker->observer = observer;
    if (status == UNFIX_OK)
        status = ufx_verdict_recheck(worker, &worker->found[kept]);
    if (status == UNFIX_OK && worker->others.counted != NULL)
        ufx_counting_window(worker, clear, clear_length, &worker->found[kept]);
    ufx_apart_left(worker, &worker->found[kept], result);
    if (status == UNFIX_OK && worker->mangling.meant.count > 0)
        status = ufx_settle_meant(worker, clear, &result->arena, &kept);
    if (status == UNFIX_OK)
        status = ufx_corrections_splice(&worker->found[kept], text, length,
                                        &result->text);
    if (status == UNFIX_OK)
        status = add_to_result(result, &worker->found[kept]);
    if (status == UNFIX_OK && again)
        status = note_output(worker, result->text.data + start,
                             result->text.length - start, &result->arena);
    return status;
}

unfix_status
ufx_window_repair(struct ufx_worker *worker, const char *text, size_t length,
                  unfix_result *result)
{
    size_t start = result->text.length;
    uint64_t words = ufx_profile_totals(worker->profile)->words;
    struct ufx_nature nature = ufx_profile_totals(worker->profile)->nature;
    unfix_status status = UNFIX_OK;

    ufx_shares_rest(worker);
    if (ufx_text_is_binary(text, length)) {
        ufx_buffer_append(&result->text, text, length);
        if (result->text.failed)
            status = UNFIX_ERROR_MEMORY;
    } else {
        ufx_said_window(&worker->said, result->input_offset, length);
        status = repair_window(worker, text, length, result);
        words = ufx_profile_totals(worker->profile)->words - words;
        ufx_apart_nature(worker, &nature, result);
        ufx_result_window(result, words, worker->unsearched,
                          worker->budget.bar);
    }
    result->input_offset += length;
    result->output_offset += result->text.length - start;
    ufx_window_end(worker, text, length);
    return status;
}
