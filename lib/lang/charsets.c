/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/charsets.h"

#include "lang/pieces.h"
#include "lang/tuned.h"
#include "text/chars.h"
#include "text/convert.h"
#include "text/text.h"

#include <string.h>

/* Of those that read a text alike the first is taken, which holds the fewest
 * characters: what is written into the text is then right in the others too. */
static const char *const names[] = {"ISO-8859-1", "windows-1252", "ISO-8859-15",
                                    "IBM437",     "IBM850",       "macintosh"};
enum {
    NAMES = sizeof names / sizeof *names
};

/* Bits by which different words are told; what shares one with a word that was
 * there before is not counted. */
#define SEEN_BITS 16384

struct charset {
    uint32_t chars[128]; /* of the bytes from 0x80 on */
    uint32_t known;      /* words with such letters that the language has */
    uint32_t odd;        /* and that it has not, or signs within them */
    bool controls;       /* the text has control characters */
};

struct guess {
    const struct ufx_language *language;
    struct charset sets[NAMES];
    uint32_t gains[NAMES][NAMES]; /* words that the first knows alone */
    bool used[128];               /* bytes that stand in words */
    bool present[128];            /* or anywhere */
    uint8_t seen[SEEN_BITS / 8];
};

static unfix_status
read_charset(const struct ufx_memory *memory, const char *name,
             struct charset *set)
{
    struct ufx_buffer text;
    char bytes[128];
    size_t i, at = 0, size;
    unfix_status status;

    for (i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(0x80 + i);
    ufx_buffer_init(&text, memory);
    status = ufx_convert("UTF-8", name, bytes, sizeof bytes, &text, NULL);
    for (i = 0; status == UNFIX_OK && i < sizeof bytes && at < text.length;
         i++, at += size)
        set->chars[i] =
            ufx_text_decode(text.data + at, text.length - at, &size);
    ufx_buffer_free(&text);
    return status;
}

static uint32_t
char_of(const struct charset *set, char byte)
{
    unsigned char value = (unsigned char)byte;

    return value < 0x80 ? value : set->chars[value - 0x80];
}

static bool
is_known(const struct ufx_language *language, const uint32_t *chars,
         size_t count)
{
    return ufx_lexicon_has(&language->lexicon,
                           ufx_piece_word(&language->lexicon, chars, count),
                           UFX_WORD_USUAL);
}

/* Judges a run of letters that has one beyond ASCII.  Two letters are a word of
 * some kind in any encoding. */
static void
count_letters(const struct ufx_language *language, struct charset *set,
              const uint32_t *chars, size_t count)
{
    bool high = false;
    size_t i;

    for (i = 0; i < count; i++)
        high |= chars[i] >= 0x80;
    if (!high || count < 3)
        return;
    if (is_known(language, chars, count))
        set->known++;
    else
        set->odd++;
}

/* A stretch of letters, digits and bytes beyond ASCII, as the set reads it. */
static void
count_stretch(const struct ufx_language *language, struct charset *set,
              const char *bytes, size_t length)
{
    uint32_t chars[UFX_TOKEN_CHARS];
    size_t i, count = 0;

    for (i = 0; i < length; i++) {
        uint32_t cp = char_of(set, bytes[i]);

        if (ufx_char_is_letter(cp)) {
            chars[count++] = cp;
            continue;
        }
        count_letters(language, set, chars, count);
        set->odd += cp >= 0xA0 && count > 0 && i + 1 < length &&
                    ufx_char_is_letter(char_of(set, bytes[i + 1]));
        count = 0;
    }
    count_letters(language, set, chars, count);
}

/* A letter or a digit, or a byte beyond ASCII. */
static bool
is_inside(char byte)
{
    return (unsigned char)byte >= 0x80 ||
           ufx_char_is_letter((unsigned char)byte) ||
           ufx_char_is_digit((unsigned char)byte);
}

static bool
is_new(struct guess *g, const char *bytes, size_t length)
{
    uint32_t hash = 2166136261u, bit;
    size_t i;

    for (i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 16777619u;
    bit = (hash ^ hash >> 16) % SEEN_BITS;
    if ((g->seen[bit / 8] >> bit % 8 & 1) != 0)
        return false;
    g->seen[bit / 8] |= (uint8_t)(1u << bit % 8);
    return true;
}

/* A stretch that holds a byte beyond ASCII. */
static void
compare_on(struct guess *g, const char *bytes, size_t length)
{
    bool known[NAMES];
    size_t i, k;

    for (i = 0; i < NAMES; i++) {
        uint32_t before = g->sets[i].known;

        count_stretch(g->language, &g->sets[i], bytes, length);
        known[i] = g->sets[i].known > before;
    }
    for (i = 0; i < NAMES; i++)
        for (k = 0; k < NAMES; k++)
            g->gains[i][k] += known[i] && !known[k];
    for (i = 0; length > 1 && i < length; i++)
        if ((unsigned char)bytes[i] >= 0x80)
            g->used[(unsigned char)bytes[i] - 0x80] = true;
}

/* True for a byte beyond ASCII. */
static bool
note(struct guess *g, char byte)
{
    unsigned char value = (unsigned char)byte;

    if (value < 0x80)
        return false;
    g->present[value - 0x80] = true;
    return true;
}

static void
find_controls(struct guess *g)
{
    size_t i, k;

    for (i = 0; i < NAMES; i++)
        for (k = 0; k < 128; k++)
            g->sets[i].controls |= g->present[k] && g->sets[i].chars[k] < 0xA0;
}

static void
count_words(struct guess *g, const char *bytes, size_t length)
{
    size_t i = 0;

    while (i < length) {
        size_t from = i;
        bool high = false;

        while (i < length && is_inside(bytes[i]))
            high |= note(g, bytes[i++]);
        if (high && i - from <= UFX_TOKEN_CHARS &&
            is_new(g, bytes + from, i - from))
            compare_on(g, bytes + from, i - from);
        i += i == from;
    }
}

static bool
is_better(const struct charset *a, const struct charset *b)
{
    if (a->controls != b->controls)
        return !a->controls;
    return a->known != b->known ? a->known > b->known : a->odd < b->odd;
}

/* The letters that the text has are the same in both. */
static bool
agree(const struct guess *g, const struct charset *a, const struct charset *b)
{
    size_t i;

    for (i = 0; i < 128; i++)
        if (g->used[i] && a->chars[i] != b->chars[i] &&
            (ufx_char_is_letter(a->chars[i]) ||
             ufx_char_is_letter(b->chars[i])))
            return false;
    return true;
}

static size_t
best_of(const struct guess *g)
{
    size_t best = 0, i;

    for (i = 1; i < NAMES; i++)
        if (is_better(&g->sets[i], &g->sets[best]))
            best = i;
    return best;
}

/* Nothing in the text speaks for another. */
static bool
is_plain(const struct guess *g, size_t number)
{
    const struct charset *best = &g->sets[number];
    size_t i;

    if (best->controls || best->known == 0 ||
        (best->known < best->odd &&
         (best->known < UFX_CHARSET_WORDS ||
          best->known * UFX_CHARSET_DAMAGED < best->odd)))
        return false;
    for (i = 0; i < NAMES; i++)
        if (!g->sets[i].controls && !agree(g, &g->sets[i], best) &&
            g->gains[i][number] * UFX_CHARSET_WORDS >= g->gains[number][i])
            return false;
    return true;
}

unfix_status
ufx_charsets_guess(const struct ufx_language *language,
                   const struct ufx_memory *memory, const char *bytes,
                   size_t length, const char **name)
{
    struct guess g;
    unfix_status status = UNFIX_OK;
    size_t i, best;

    *name = NULL;
    memset(&g, 0, sizeof g);
    g.language = language;
    for (i = 0; i < NAMES && status == UNFIX_OK; i++)
        status = read_charset(memory, names[i], &g.sets[i]);
    if (status != UNFIX_OK)
        return status;
    count_words(&g, bytes, length);
    find_controls(&g);
    best = best_of(&g);
    if (is_plain(&g, best))
        *name = names[best];
    return UNFIX_OK;
}
