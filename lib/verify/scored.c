/* SPDX-License-Identifier: MPL-2.0 */
#include "verify/scored.h"

#include "base/numeric.h"

#include <string.h>

int32_t
ufx_scored_score(struct ufx_scored *scored, const struct ufx_forest *forest,
                 const int32_t *features)
{
    const size_t size = sizeof(scored->rows[0].features);
    struct ufx_scored_row *row =
        &scored->rows[ufx_hash((const char *)features, size) % UFX_SCORED_ROWS];

    if (row->is_known && memcmp(row->features, features, size) == 0)
        return row->score;
    row->score = ufx_forest_score(forest, features);
    memcpy(row->features, features, size);
    row->is_known = true;
    return row->score;
}
