/* SPDX-License-Identifier: MPL-2.0 */
/* Pages and texts -> changes to learn from (see learn.c). */
#ifndef UNFIX_MODEL_GATHER_H
#define UNFIX_MODEL_GATHER_H

#include "lesson.h"
#include "noise.h"
#include "table.h"

#include "unfix.h"

/* A model and the text that it has not counted. */
struct part {
    unfix_model *model;
    unfix_context *context;
    char *text; /* a paragraph a line */
    size_t length;
    struct counter paragraphs; /* by paragraph_key */
};

#define PARTS 8

struct parts {
    struct part list[PARTS];
    size_t count;
};

/* What changes are gathered with. */
struct gathering {
    struct parts parts;
    double copies; /* of the parts with noise; 0: not as they are either */
    float noise_weight;
    struct noise_habits habits;
    unsigned seed;
    bool made; /* the pages were made to teach something */
};

/* IMAGE=TEXT, which is cut in place. */
void gather_open_part(struct gathering *g, char *argument);
void gather_free(struct gathering *g);

/* The pages of a set, [WEIGHT*]FOLDER, of that number. */
void gather_set(const struct gathering *g, struct lesson *lesson,
                const char *argument, uint8_t set);

/* The text of a part, as it is and with noise. */
void gather_part(const struct gathering *g, size_t at, struct lesson *lesson);

/* A text that no engine read, [WEIGHT*]FILE, of that number: whatever is
 * changed there is wrong.  has_slips: its writers made some. */
void gather_untouched(const struct gathering *g, const char *argument,
                      size_t number, bool has_slips, struct lesson *lesson);

#endif
