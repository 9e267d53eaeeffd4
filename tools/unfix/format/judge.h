/* SPDX-License-Identifier: MPL-2.0 */
/* Whether bytes are well-formed XML, by libxml2: nothing is fetched, no entity
 * is put in, and what nests or grows beyond bounds is refused. */
#ifndef UNFIX_TOOL_FORMAT_JUDGE_H
#define UNFIX_TOOL_FORMAT_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

/* Of a document; `elements` is their number. */
struct judgement {
    bool is_well_formed;
    size_t elements;
    char root[64];   /* its local name */
    char space[128]; /* and namespace, or empty */
};

/* False when out of memory. */
bool judge_xml(const char *bytes, size_t length, struct judgement *judgement);

#endif
