/* SPDX-License-Identifier: MPL-2.0 */
#include "piece.h"

#include <stdlib.h>

void
piece_of_result(struct piece *piece, const unfix_result *result, uint64_t input,
                uint64_t output)
{
    *piece = (struct piece){.result = result,
                            .words = unfix_result_word_count(result),
                            .unsearched = unfix_result_unsearched(result),
                            .harm = unfix_result_expected_harm(result),
                            .input = input,
                            .output = output};
}

static int
compare(const void *left, const void *right)
{
    const struct edit *a = *(const struct edit *const *)left;
    const struct edit *b = *(const struct edit *const *)right;

    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return a->out < b->out ? -1 : a->out > b->out;
}

bool
piece_of_repaired(struct piece *piece, struct repaired *repaired,
                  const char *bytes, uint64_t input, uint64_t output)
{
    *piece = (struct piece){
        .repaired = repaired, .bytes = bytes, .input = input, .output = output};
    piece->edits =
        malloc((repaired->edit_count + 1) * sizeof(const struct edit *));
    if (piece->edits == NULL)
        return false;
    repaired_finish(repaired, input, output);
    for (size_t i = 0; i < repaired->count; i++) {
        const struct repair *repair = &repaired->repairs[i];

        for (size_t k = 0; k < repair->edits; k++) {
            if (repair->shown.verdict == UNFIX_APPLIED)
                piece->edits[piece->edit_count++] =
                    &repaired->edits[repair->edit + k];
        }
    }
    qsort(piece->edits, piece->edit_count, sizeof(const struct edit *),
          compare);
    return true;
}

void
piece_free(struct piece *piece)
{
    free(piece->edits);
    piece->edits = NULL;
}

void
piece_survey(const struct piece *piece, unfix_survey *survey)
{
    if (piece->result != NULL)
        unfix_survey_add(survey, piece->result);
    else if (piece->survey != NULL)
        unfix_survey_merge(survey, piece->survey);
}

const char *
piece_text(const struct piece *piece, size_t *length)
{
    if (piece->result != NULL)
        return unfix_result_text(piece->result, length);
    *length = piece->repaired->output.length;
    return *length > 0 ? piece->repaired->output.data : "";
}

size_t
piece_input_length(const struct piece *piece)
{
    const size_t count = piece_change_count(piece);
    struct change change;
    size_t length;

    piece_text(piece, &length);
    for (size_t i = 0; i < count; i++) {
        if (piece_change(piece, i, &change))
            length =
                length + change.original_length - change.replacement_length;
    }
    return length;
}

size_t
piece_count(const struct piece *piece)
{
    return piece->result != NULL ? unfix_result_correction_count(piece->result)
                                 : piece->repaired->count;
}

const unfix_correction *
piece_correction(const struct piece *piece, size_t i)
{
    return piece->result != NULL ? unfix_result_correction(piece->result, i)
                                 : &piece->repaired->repairs[i].shown;
}

const struct repair *
piece_repair(const struct piece *piece, size_t i)
{
    return piece->result != NULL ? NULL : &piece->repaired->repairs[i];
}

size_t
piece_change_count(const struct piece *piece)
{
    return piece->result != NULL ? unfix_result_correction_count(piece->result)
                                 : piece->edit_count;
}

bool
piece_change(const struct piece *piece, size_t i, struct change *change)
{
    if (piece->result == NULL) {
        const struct edit *edit = piece->edits[i];

        *change = (struct change){.original = piece->bytes + edit->start,
                                  .original_length = edit->end - edit->start,
                                  .replacement =
                                      piece->repaired->output.data + edit->out,
                                  .replacement_length = edit->written,
                                  .offset = piece->input + edit->start,
                                  .out_offset = piece->output + edit->out};
    } else {
        const unfix_correction *c = unfix_result_correction(piece->result, i);

        *change = (struct change){.original = c->original,
                                  .original_length = c->original_length,
                                  .replacement = c->replacement,
                                  .replacement_length = c->replacement_length,
                                  .offset = c->offset,
                                  .out_offset = c->out_offset};
        return c->verdict == UNFIX_APPLIED;
    }
    return true;
}
