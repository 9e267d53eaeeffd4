/* SPDX-License-Identifier: MPL-2.0 */
/* The readings of a token in all shapes it may have, remembered per distinct
 * token: text repeats itself. */
#ifndef UFX_NORMALIZE_CANDIDATES_H
#define UFX_NORMALIZE_CANDIDATES_H

#include "normalize/search.h"

/* How far the search goes. */
enum ufx_effort {
    UFX_EFFORT_KNOWN, /* a known word: near rivals only */
    UFX_EFFORT_UNKNOWN,
    UFX_EFFORT_JOIN,   /* one word that a line's end and its hyphen cut */
    UFX_EFFORT_NEAR,   /* one word out of tokens that blanks keep apart */
    UFX_EFFORT_SPACED, /* the same where there are many such */
    UFX_EFFORT_CLOSE,  /* an unknown word, near only */
    UFX_EFFORT_DEEP,   /* an unknown word on a page where little is right */
    UFX_EFFORT_WHOLE,  /* the same out of tokens that blanks keep apart */
    UFX_EFFORT_FAR,    /* the same where that finds nothing near */
    UFX_EFFORT_ODD,    /* a known one there that its neighbours do not want */
    UFX_EFFORT_COUNT
};

/* What the vocabulary says of a distinct token; it hangs on the characters
 * alone.  segment.c finds it out once and keeps it here. */
struct ufx_lookup {
    uint32_t word;  /* its number in the lexicon, or UFX_WORD_NONE */
    uint8_t flags;  /* enum ufx_segment_flag */
    uint8_t words;  /* flags of the word: enum ufx_word_flag */
    uint32_t kinds; /* a bit for each enum ufx_kind */
    bool done;
};

/* The readings of a token by one effort. */
struct ufx_search_result {
    struct ufx_search_result *next; /* by another one; NULL: none */
    struct ufx_reading *list;
    uint32_t work; /* states that it took */
    uint32_t paid; /* the number of the last paragraph that paid for it */
    uint16_t count;
    uint8_t effort;
    uint8_t blocked; /* bits of shapes: ufx_search_is_blocked */
    bool done;
};

/* What stands for those that were not looked for. */
extern const struct ufx_search_result ufx_search_not_done;

/* A distinct token and what is remembered of it at one width. */
struct ufx_spelling {
    const uint32_t *chars;
    struct ufx_search_result *results; /* NULL: none */
    uint32_t count;
    uint32_t hash;
    uint32_t width;
    struct ufx_lookup lookup;
};

static inline const struct ufx_search_result *
ufx_spelling_result(const struct ufx_spelling *spelling, enum ufx_effort effort)
{
    const struct ufx_search_result *result = spelling->results;

    while (result != NULL && result->effort != effort)
        result = result->next;
    return result != NULL ? result : &ufx_search_not_done;
}

/* What was found for an unknown word, searched widely or where hardly anything
 * is misread: there, what is near to nothing is looked for no further. */
static inline const struct ufx_search_result *
ufx_spelling_unknown(const struct ufx_spelling *spelling, bool wide)
{
    const struct ufx_search_result *close =
        ufx_spelling_result(spelling, UFX_EFFORT_CLOSE);

    return !wide && spelling->width == 0 && close->done && close->count == 0
               ? close
               : ufx_spelling_result(spelling, UFX_EFFORT_UNKNOWN);
}

struct ufx_candidates; /* one thread's */

/* For that vocabulary.  NULL: out of memory. */
struct ufx_candidates *
ufx_candidates_new(const struct ufx_memory *memory,
                   const struct ufx_vocabulary *vocabulary);
void ufx_candidates_free(struct ufx_candidates *candidates);

/* Begins a paragraph of so many bytes, to be searched at that width: 0 is the
 * widest, each next one takes less work, below UFX_SEARCH_WIDTHS; or
 * UFX_SEARCH_NEAR.  To be called
 * where no spelling or reading is in use.  What the paragraph may take hangs on
 * its length alone, so that neither what is around it nor what was done before
 * shows in its readings. */
void ufx_candidates_start(struct ufx_candidates *candidates, size_t length,
                          uint32_t width);

/* While it holds, spellings and readings stay although a new paragraph begins;
 * afterwards none may be in use. */
void ufx_candidates_hold(struct ufx_candidates *candidates, bool hold);

/* Forgets all if it is more than should be remembered.  To be called between
 * windows, whose passes look for the same again. */
void ufx_candidates_rest(struct ufx_candidates *candidates);

/* True if since then a search was refused. */
bool ufx_candidates_ran_out(const struct ufx_candidates *candidates);

/* The same, and a narrower width is left to try: in *width that, for the one
 * that was tried. */
bool ufx_candidates_may_narrow(const struct ufx_candidates *candidates,
                               uint32_t *width);

/* The spelling of `chars`, 1 to UFX_TOKEN_CHARS of them; it stays until what is
 * remembered is forgotten.  NULL: out of memory. */
struct ufx_spelling *ufx_candidates_spelling(struct ufx_candidates *candidates,
                                             const uint32_t *chars,
                                             size_t count);

/* Its readings; none, and the list is NULL, where more was searched than is
 * allowed.  They stay as long as it does.  MEMORY is the only failure. */
unfix_status ufx_candidates_get(struct ufx_candidates *candidates,
                                const struct ufx_vocabulary *vocabulary,
                                struct ufx_spelling *spelling,
                                enum ufx_effort effort,
                                struct ufx_readings *readings);

/* The same for any number of characters; none for too many. */
unfix_status ufx_candidates_read(struct ufx_candidates *candidates,
                                 const struct ufx_vocabulary *vocabulary,
                                 const uint32_t *chars, size_t count,
                                 enum ufx_effort effort,
                                 struct ufx_readings *readings);

/* The same for what begins with the characters that it was called for before,
 * by the same effort; *blocked is what that call set, 0 at first.  Where those
 * are the beginning of nothing, nothing is looked for, nor paid for. */
unfix_status ufx_candidates_read_longer(struct ufx_candidates *candidates,
                                        const struct ufx_vocabulary *vocabulary,
                                        const uint32_t *chars, size_t count,
                                        enum ufx_effort effort,
                                        uint8_t *blocked,
                                        struct ufx_readings *readings);

/* Forgets everything.  To be called where no spelling or reading is in use. */
void ufx_candidates_forget(struct ufx_candidates *candidates);

#endif
