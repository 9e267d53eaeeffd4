/* SPDX-License-Identifier: MPL-2.0 */
/* What the words of a window are that are not of the text's own language, or no
 * prose: told in results. */
#include "repair/apart.h"

#include "normalize/profile.h"

#include <stdio.h>

/* What a word was taken for, or UNFIX_LEFT_COUNT if it is like any other. */
static unfix_left
taken_for(const struct ufx_surroundings *s, const struct ufx_trace *word)
{
    const uint32_t unknown = UINT32_C(1) << UFX_TRAIT_UNKNOWN;
    const uint32_t old = UINT32_C(1) << UFX_TRAIT_OLD;
    struct ufx_nature near;

    if (word->traits & UINT32_C(1) << UFX_TRAIT_PROTECTED)
        return UNFIX_LEFT_SYNTAX;
    if (!(word->traits & (unknown | old)))
        return UNFIX_LEFT_COUNT;
    ufx_surroundings_count(s, word->offset, word->offset + 1, &near);
    switch (ufx_nature_apart(&near)) {
    case UFX_APART_FOREIGN:
        return UNFIX_LEFT_FOREIGN;
    case UFX_APART_SYNTAX:
        return UNFIX_LEFT_SYNTAX;
    case UFX_APART_OLD:
        return UNFIX_LEFT_OLD;
    case UFX_APART_NONE:
        break;
    }
    return word->traits & old ? UNFIX_LEFT_OLD : UNFIX_LEFT_UNKNOWN;
}

unfix_status
ufx_apart_note(struct ufx_worker *worker)
{
    const struct ufx_surroundings *s = &worker->surroundings;
    struct ufx_set_aparts *apart = &worker->apart;
    size_t i;

    apart->count = 0;
    for (i = 0; i < s->count; i++) {
        unfix_left left = taken_for(s, &s->list[i]);
        void *list = apart->list;

        if (left == UNFIX_LEFT_COUNT)
            continue;
        if (!ufx_memory_reserve(&worker->memory, &list, &apart->capacity,
                                apart->count + 1, sizeof *apart->list))
            return UNFIX_ERROR_MEMORY;
        apart->list = list;
        apart->list[apart->count++] =
            (struct ufx_set_apart){s->list[i].offset, (uint8_t)left};
    }
    return UNFIX_OK;
}

void
ufx_apart_left(const struct ufx_worker *worker,
               const struct ufx_corrections *found, unfix_result *result)
{
    size_t i, k = 0;

    for (i = 0; i < worker->apart.count; i++) {
        const struct ufx_set_apart *word = &worker->apart.list[i];

        while (k < found->count &&
               (found->list[k].verdict != UNFIX_APPLIED ||
                found->list[k].offset + found->list[k].length <= word->offset))
            k++;
        if (k == found->count || found->list[k].offset > word->offset)
            result->left[word->left]++;
    }
}

void
ufx_apart_nature(const struct ufx_worker *worker,
                 const struct ufx_nature *before, unfix_result *result)
{
    const struct ufx_language *language = worker->vocabulary.language;
    struct ufx_nature more = ufx_profile_totals(worker->profile)->nature;
    uint32_t i;

    for (i = 0; i < UFX_TRAITS; i++)
        more.traits[i] -= before->traits[i];
    for (i = 0; i < UFX_KINDS; i++)
        more.kinds[i] -= before->kinds[i];
    ufx_nature_join(&result->nature, &more);
    for (i = UFX_KIND_LANGUAGES; i < UFX_KINDS; i++)
        snprintf(result->languages[i], UFX_LANGUAGE_TAG, "%s",
                 ufx_kinds_name(&language->kinds, i));
    snprintf(result->languages[UFX_KIND_OWN], UFX_LANGUAGE_TAG, "%s",
             language->tag);
}
