/* SPDX-License-Identifier: MPL-2.0 */
/* Confusions: what engines print for what was meant. */
#ifndef UFX_LANG_RULES_H
#define UFX_LANG_RULES_H

#include "base/buffer.h"
#include "base/limits.h"

#include <stdint.h>

enum ufx_rule_place {
    UFX_PLACE_ANY,
    UFX_PLACE_START,
    UFX_PLACE_END
};

/* A meant blank ends a word; letters are the codes of small ones
 * (ufx_char_code) with a bit in `upper` for each capital. */
struct ufx_rule {
    uint16_t read[UFX_CONFUSION_CHARS]; /* code points, 0 after the last */
    uint8_t meant[UFX_CONFUSION_CHARS];
    uint8_t read_length;
    uint8_t meant_length;
    uint8_t upper; /* bit i: meant[i] is a capital */
    uint8_t place; /* enum ufx_rule_place */
    uint8_t unused;
    uint16_t cost; /* 1/1000 nat */
};

/* A view of rules sorted by ufx_rule_compare, in an image or an overlay. */
struct ufx_rules {
    const struct ufx_rule *rules;
    uint32_t count;
    /* rules[start[c]] is the first whose read[0] >= c, for c < 256; the last
     * entry is the first beyond Latin-1. */
    uint32_t start[257];
};

/* By the first character read, then by cost: a search stops at the first rule
 * that is too dear. */
int ufx_rule_compare(const void *left, const void *right);

/* True if both turn the same into the same, at whatever cost. */
bool ufx_rule_equal(const struct ufx_rule *a, const struct ufx_rule *b);

/* Fills in `start`. */
void ufx_rules_index(struct ufx_rules *view, const struct ufx_rule *rules,
                     uint32_t count);

/* The range of rules whose first read character is `cp`; 0 for those that read
 * nothing. */
void ufx_rules_range(const struct ufx_rules *view, uint32_t cp, uint32_t *first,
                     uint32_t *end);

/* Parses READ <tab> MEANT <tab> COST [<tab> PLACE] into *rule; on a bad line
 * *why is an English phrase.  U+2423 (open box) stands for a blank.  `length`
 * counts. */
bool ufx_rule_parse(const char *line, size_t length, struct ufx_rule *rule,
                    const char **why);

#endif
