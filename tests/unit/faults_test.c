/* SPDX-License-Identifier: MPL-2.0 */
/* Whole lives of all objects, in which one allocation fails, or all from one
 * on: each failure is a status, nothing leaks, and what was there before works
 * as if nothing had happened. */
#include "unfix.h"

#include "unit_api.h"

static const char page[] =
    "La cooperacidn internacional y los 6rganos de la Asamblea, en su\n"
    "53* periodo de sesiones, aprob6 la resolucion A/RES/52/134 relati-\n"
    "va al dialogo de Fulanopolis; Decideseguir exa minando la\f"
    "cuestién de los paises y la organizacidn. cooperacién de 6rganos\n\n"
    "que bebierbn, véase el capftulo IlI del informe del afio l997.\n";

static const char words[] = "Fulanópolis\nbebierbn\nONU\n";
static const char confusions[] = "b\tó\t3.5\nrn\tm\t2.5\nf\tí\t4\n";

/* Where a life is, so that a stage can be tried again. */
struct life {
    struct unit_memory *memory;
    unfix_model *model;
    unfix_overlay *overlay;
    unfix_context *context;
    unfix_result *result;
    unfix_stream *stream;
    struct api_record record; /* what came out of it */
};

static unfix_status
load(struct life *l)
{
    return unfix_model_load(UNFIX_TEST_MODEL, &l->memory->allocator, &l->model,
                            NULL);
}

static unfix_status
make_overlay(struct life *l)
{
    return unfix_overlay_new(&l->memory->allocator, &l->overlay);
}

static unfix_status
add_words(struct life *l)
{
    return unfix_overlay_add_words(l->overlay, words, sizeof words - 1, NULL);
}

static unfix_status
add_confusions(struct life *l)
{
    return unfix_overlay_add_confusions(l->overlay, confusions,
                                        sizeof confusions - 1, NULL);
}

static unfix_status
freeze(struct life *l)
{
    return unfix_overlay_freeze(l->overlay, NULL);
}

static unfix_status
make_context(struct life *l)
{
    return unfix_context_new(l->model, l->overlay, NULL, &l->memory->allocator,
                             &l->context, NULL);
}

static unfix_status
make_result(struct life *l)
{
    return unfix_result_new(&l->memory->allocator, &l->result);
}

static unfix_status
correct(struct life *l)
{
    size_t length;
    unfix_status status =
        unfix_correct(l->context, page, sizeof page - 1, l->result, NULL);

    if (status == UNFIX_OK) {
        api_check_whole(page, sizeof page - 1, l->result);
        api_record_add(&l->record, l->result);
    } else {
        ck_assert_uint_eq(unfix_result_correction_count(l->result), 0);
        ck_assert_str_eq(unfix_result_text(l->result, &length), "");
    }
    return status;
}

static unfix_status
make_stream(struct life *l)
{
    return unfix_stream_new(l->context, api_record_callback, &l->record,
                            &l->stream);
}

/* A document that failed is fed again from its beginning. */
static unfix_status
feed(struct life *l)
{
    size_t text = l->record.text.length;
    size_t corrections = l->record.corrections.length;
    unfix_status status = UNFIX_OK, last;
    size_t i;

    for (i = 0; i < sizeof page - 1 && status == UNFIX_OK; i += 100)
        status = unfix_stream_feed(
            l->stream, page + i,
            sizeof page - 1 - i < 100 ? sizeof page - 1 - i : 100, NULL);
    last = unfix_stream_finish(l->stream, NULL);
    if (status != UNFIX_OK)
        ck_assert_int_eq(last, status);
    if (last != UNFIX_OK) {
        l->record.text.length = text;
        l->record.corrections.length = corrections;
    }
    return last;
}

static unfix_status (*const stages[])(struct life *) = {
    load,        make_overlay, add_words,   add_confusions,
    freeze,      make_context, make_result, correct,
    make_stream, feed,         correct,
};

/* Lives a whole life; returns whether anything failed. */
static bool
live(struct life *l, struct unit_memory *m, size_t fail_at, bool fail_on)
{
    bool failed = false;
    size_t i;

    memset(l, 0, sizeof *l);
    unit_memory_init(m, fail_at);
    m->fail_on = fail_on;
    l->memory = m;
    api_record_init(&l->record);
    for (i = 0; i < sizeof stages / sizeof *stages; i++) {
        unfix_status status = stages[i](l);

        if (status == UNFIX_OK)
            continue;
        if (status != UNFIX_ERROR_MEMORY || !m->failed)
            ck_abort_msg("call %zu, stage %zu: status %d", fail_at, i,
                         (int)status);
        failed = true;
        /* There is memory again. */
        m->fail_at = 0;
        status = stages[i](l);
        if (status != UNFIX_OK)
            ck_abort_msg("call %zu, stage %zu again: status %d", fail_at, i,
                         (int)status);
    }
    unfix_stream_free(l->stream);
    unfix_result_free(l->result);
    unfix_context_free(l->context);
    unfix_overlay_release(l->overlay);
    unfix_model_release(l->model);
    if (m->live != 0)
        ck_abort_msg("call %zu: %zu blocks are left", fail_at, m->live);
    if (m->failed != failed)
        ck_abort_msg("call %zu: nobody says that it failed", fail_at);
    return failed;
}

static void
fail_everywhere(bool fail_on)
{
    struct unit_memory m;
    struct life expected, l;
    size_t k;

    ck_assert(!live(&expected, &m, 0, false));
    ck_assert_uint_gt(expected.record.corrections.length, 1000);
    for (k = 1; live(&l, &m, k, fail_on); k++) {
        if (!api_record_equal(&l.record, &expected.record))
            ck_abort_msg("call %zu: another output after the failure", k);
        api_record_free(&l.record);
    }
    printf("%zu allocations\n", k - 1);
    fflush(stdout);
    ck_assert_uint_gt(k, 50);
    api_record_free(&l.record);
    api_record_free(&expected.record);
}

START_TEST(one_allocation_fails)
{
    fail_everywhere(false);
}
END_TEST

START_TEST(all_allocations_from_one_on_fail)
{
    fail_everywhere(true);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {one_allocation_fails,
                                  all_allocations_from_one_on_fail};

    return unit_run("faults", tests, sizeof tests / sizeof *tests);
}
