/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/ways.h"

#include <string.h>

/* The first of the rows [from, to) whose character `at` is not below `cp`;
 * all of them have as many. */
static uint32_t
lower_bound(const struct ufx_ways *ways, uint32_t from, uint32_t to, size_t at,
            uint32_t cp)
{
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;

        if (ways->rows[middle].read[at] < cp)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

bool
ufx_ways_check(struct ufx_ways *ways, size_t trigger_bytes, size_t count_count)
{
    uint32_t i;

    if (ways->row_count == 0)
        return true;
    if (trigger_bytes != (size_t)2 * UFX_WAY_BITMAP)
        return false;
    ways->family_count = 0;
    for (i = 0; i < ways->way_count; i++) {
        const struct ufx_way *way = &ways->ways[i];

        if (way->kind >= UFX_WAY_KINDS || way->family >= UFX_WAY_FAMILIES ||
            memchr(way->name, '\0', sizeof way->name) == NULL)
            return false;
        if (way->family >= ways->family_count)
            ways->family_count = way->family + 1u;
    }
    for (i = 0; i < ways->row_count; i++)
        if (ways->rows[i].read_length == 0 ||
            ways->rows[i].read_length > UFX_WAY_READ ||
            ways->rows[i].meant_length > UFX_WAY_MEANT ||
            ways->rows[i].way >= ways->way_count)
            return false;
    for (i = 0; i <= UFX_WAY_STARTS; i++)
        ways->starts[i] = lower_bound(ways, 0, ways->row_count, 0, i);
    return count_count == (size_t)ways->family_count * UFX_WAY_SITUATIONS;
}

size_t
ufx_ways_match(const struct ufx_ways *ways, const uint32_t *chars, size_t count,
               struct ufx_way_match *matches, size_t most)
{
    uint32_t from = 0, to = ways->row_count, first;
    size_t found = 0, depth, at = 0;

    if (count > 0 && chars[0] < UFX_WAY_STARTS && chars[0] - '0' >= 10) {
        from = ways->starts[chars[0]];
        to = ways->starts[chars[0] + 1];
    }
    for (depth = 0; depth < UFX_WAY_READ && at < count && from < to; depth++) {
        first = lower_bound(ways, from, to, depth, chars[at]);
        if (chars[at] < 0xFFFF && first < to &&
            ways->rows[first].read[depth] == chars[at]) {
            to = lower_bound(ways, first, to, depth, chars[at] + 1);
            at++;
        } else if (chars[at] - '0' < 10) {
            first = lower_bound(ways, from, to, depth, UFX_WAY_DIGITS);
            while (at < count && chars[at] - '0' < 10)
                at++;
        } else {
            break;
        }
        from = first;
        for (; from < to && ways->rows[from].read_length == depth + 1; from++)
            if (found < most)
                matches[found++] = (struct ufx_way_match){from, (uint32_t)at};
    }
    return found;
}
