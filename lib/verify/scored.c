/* SPDX-License-Identifier: MPL-2.0 */
#include "verify/scored.h"

#include "base/numeric.h"
#include "verify/evidence.h"

#include <string.h>

#define ROWS 64

struct row {
    bool is_known;
    int32_t score;
    int32_t features[UFX_FEATURE_COUNT];
};

struct ufx_scored {
    struct ufx_memory memory;
    struct row rows[ROWS];
};

struct ufx_scored *
ufx_scored_new(const struct ufx_memory *memory)
{
    struct ufx_scored *scored =
        ufx_memory_allocate_zero(memory, sizeof *scored);

    if (scored != NULL)
        scored->memory = *memory;
    return scored;
}

void
ufx_scored_free(struct ufx_scored *scored)
{
    struct ufx_memory memory;

    if (scored == NULL)
        return;
    memory = scored->memory;
    ufx_memory_free(&memory, scored, sizeof *scored);
}

int32_t
ufx_scored_score(struct ufx_scored *scored, const struct ufx_forest *forest,
                 const int32_t *features)
{
    const size_t size = sizeof scored->rows[0].features;
    struct row *row =
        &scored->rows[ufx_hash((const char *)features, size) % ROWS];

    if (row->is_known && memcmp(row->features, features, size) == 0)
        return row->score;
    row->score = ufx_forest_score(forest, features);
    memcpy(row->features, features, size);
    row->is_known = true;
    return row->score;
}
