/* SPDX-License-Identifier: MPL-2.0 */
/* The rules of a model and of a user, laid out for a search that stands at a
 * character and a node: by what is read first, then by what is meant first,
 * then by cost; those that read more than one character, which seldom stands
 * there, by the second one instead.  So only those rules are looked at that can
 * lead on. */
#ifndef UFX_LANG_CHOICES_H
#define UFX_LANG_CHOICES_H

#include "base/memory.h"
#include "lang/model.h"

/* What a rule means first: a small letter, anything else, a blank, or
 * nothing. */
enum {
    UFX_GROUP_OTHER = 26 + 0x80,
    UFX_GROUP_BLANK,
    UFX_GROUP_NOTHING,
    UFX_GROUPS
};

/* The letters that rules up to some cost mean first are kept for each multiple
 * of LEVEL_COST; the last level stands for any cost. */
#define UFX_LEVELS 24
#define UFX_LEVEL_COST 1024

struct ufx_choice {
    uint32_t
        following;   /* read after the first: two halves, 0 if there is none */
    uint32_t second; /* ufx_letter_bit of what is meant second, if a letter */
    uint16_t number; /* of the rule; those of the user after the model's */
    uint16_t cost;
    uint16_t cp;     /* read first; 0: it reads nothing */
    uint8_t group;   /* meant first */
    uint8_t letter;  /* the same, if a letter; else 0 */
    uint8_t length;  /* characters read */
    uint8_t place;   /* ufx_choice_place: it is read nowhere else */
    uint8_t letters; /* bits of what is meant that is no blank */
    uint8_t upper;   /* and of the capitals among that */
};

/* What of `following` counts where more than one character is read. */
static inline uint32_t
ufx_choice_mask(size_t length)
{
    return length > 2 ? 0xFFFFFFFF : 0xFFFF;
}

/* A bit for a word's start, and for each length one for what reaches to its
 * end; 0: anywhere. */
static inline uint8_t
ufx_choice_place(enum ufx_rule_place place, size_t length)
{
    if (place == UFX_PLACE_ANY)
        return 0;
    return (uint8_t)(place == UFX_PLACE_START ? 1u : 2u << length);
}

/* Those of one group, which read one character or none. */
struct ufx_choice_group {
    uint16_t first;
    uint16_t count;
    uint16_t least; /* costs; UINT16_MAX and 0 if there are none */
    uint16_t most;
};

/* All rules that read the same character first. */
struct ufx_choice_row {
    uint32_t cp;
    uint16_t longer; /* the first that reads more, in the list of these */
    uint16_t longer_count;
    /* Of those that read this character alone (or nothing): */
    int32_t blank;   /* least cost in UFX_GROUP_BLANK */
    int32_t nothing; /* and in UFX_GROUP_NOTHING */
    /* ufx_letter_bit of what is meant first. */
    uint32_t letters[UFX_LEVELS];
    struct ufx_choice_group groups[UFX_GROUPS];
};

struct ufx_choices {
    struct ufx_memory memory;
    const struct ufx_language *language;
    struct ufx_choice *list;   /* by what is read, what is meant, cost */
    struct ufx_choice *longer; /* by what is read first and second, and cost */
    /* An empty one, that of the rules that read nothing, the others by cp. */
    struct ufx_choice_row *rows;
    size_t count; /* of both */
    size_t alone; /* of the first */
    size_t row_count;
    size_t longest;       /* choices in one row */
    uint16_t latin1[256]; /* the rows of these */
};

/* Lays out the language's rules and the user's, which may be NULL; only the
 * first `most` rules of both count.  False when out of memory: nothing is left
 * to free then. */
bool ufx_choices_make(struct ufx_choices *choices,
                      const struct ufx_memory *memory,
                      const struct ufx_language *language,
                      const struct ufx_rules *user, size_t most);
void ufx_choices_free(struct ufx_choices *choices);

/* The row of a character; an empty one if there is none. */
const struct ufx_choice_row *ufx_choices_row(const struct ufx_choices *choices,
                                             uint32_t cp);

/* The row of the rules that read nothing. */
static inline const struct ufx_choice_row *
ufx_choices_nothing(const struct ufx_choices *choices)
{
    return &choices->rows[1];
}

/* The rules that read the character of the row and one or two more, of which
 * `second` is the first; 0 where none follows. */
const struct ufx_choice *ufx_choices_longer(const struct ufx_choices *choices,
                                            const struct ufx_choice_row *row,
                                            uint32_t second, size_t *count);

/* The group of a letter. */
static inline unsigned
ufx_choice_group(uint8_t letter)
{
    if (letter >= 'a' && letter <= 'z')
        return letter - 'a';
    return letter >= 0x80 ? letter - 0x80 + 26u : UFX_GROUP_OTHER;
}

/* The level that holds all rules up to that cost. */
static inline size_t
ufx_choice_level(int32_t cost)
{
    size_t level = cost < 0 ? 0 : (size_t)cost / UFX_LEVEL_COST + 1;

    return level < UFX_LEVELS ? level : UFX_LEVELS - 1;
}

#endif
