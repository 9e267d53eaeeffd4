/* SPDX-License-Identifier: MPL-2.0 */
#include "noise.h"

#include "table.h"

#include "lang/ngrams.h"
#include "lang/pieces.h"
#include "text/chars.h"
#include "text/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct random {
    uint64_t state;
};

/* SplitMix64. */
static double
draw(struct random *r)
{
    r->state += UINT64_C(0x9E3779B97F4A7C15);
    return (double)(ufx_ngram_mix(r->state) >> 11) / 9007199254740992.0;
}

static size_t
draw_below(struct random *r, size_t count)
{
    return (size_t)(draw(r) * (double)count);
}

static double
pick(struct random *r, const double *values, size_t count)
{
    return values[draw_below(r, count)];
}

/* One scan's habits: the chance of each rule where what it means stands. */
struct regime {
    double *chance;
    double blank_lost;
    double blank_added;
    double mark_blank_lost;
    double speck;
    double mark_swapped;
    double accents; /* chance that an accented letter is misread at all */
    double form;    /* of a figure or sign in a typed form being misread */
    double doubled; /* of a letter printed twice */
    double cased;   /* of a letter in the other case */
    double spaced;  /* of a word being set with its letters spaced out */
    double spaced_capitals; /* the same of one in capitals */
    double gaped;           /* there, of a blank between two letters */
    double loose;           /* of a blank before a mark */
    size_t line;            /* characters; 0: none are broken */
    /* Of the worst scans, on the others none: */
    double dropped;  /* of a letter being lost */
    double beheaded; /* of a word's first one */
    double blotted;  /* of a letter being read as a mark */
    double guessed;  /* as any other letter */
    double hyphened; /* of a word at a line's end being broken there */
};

static bool
means_accented(const struct ufx_rule *rule)
{
    int i;

    for (i = 0; i < rule->meant_length; i++)
        if (rule->meant[i] >= 0x80)
            return true;
    return false;
}

/* One scan in three has some of what only bad scans have.  (Of 205 real scans
 * of all kinds 169 lost letters, 55 the first of a word, 131 show marks and 117
 * capitals within words, 165 blanks within words, 96 words without one.) */
static void
make_worse(struct regime *g, struct random *r)
{
    static const double some[] = {0, 0, 0.002, 0.006, 0.02, 0.04};

    g->dropped = g->beheaded = g->blotted = g->guessed = g->hyphened = 0;
    if (g->line > 0 && draw(r) < 0.4)
        g->hyphened = draw(r);
    if (draw(r) >= 0.33)
        return;
    g->dropped = pick(r, some, 6) / 2;
    g->beheaded = pick(r, some, 6);
    g->blotted = pick(r, some, 6) / 2;
    g->guessed = pick(r, some, 6);
    if (draw(r) < 0.3)
        g->blank_added = pick(r, some, 6);
    if (draw(r) < 0.3)
        g->blank_lost = 2 * pick(r, some, 6);
    if (draw(r) < 0.25)
        g->cased = pick(r, some, 6);
}

static void
make_regime(struct regime *g, const struct ufx_rules *rules, struct random *r)
{
    static const double accents[] = {0, 0, 0, 0.02, 0.1, 0.3, 0.7, 0.95, 1};
    static const double letters[] = {0, 0.02, 0.1, 0.3, 1, 3, 8};
    static const double rare[] = {0, 0, 0, 0.002, 0.01, 0.03};
    static const double forms[] = {0, 0, 0.05, 0.3, 0.8};
    static const double marks[] = {0, 0, 0.005, 0.02, 0.06};
    static const size_t lines[] = {0, 60, 80, 95};
    /* A nearly good page is one of the same kind on which little went wrong. */
    static const double thin[] = {1, 1, 1, 1, 0.3, 0.1, 0.03, 0.01};
    double rate = pick(r, letters, sizeof letters / sizeof *letters);
    double share = pick(r, thin, sizeof thin / sizeof *thin);
    /* Some regimes favour few rules much, others many a little. */
    double spread = 0.5 + 3.5 * draw(r);
    uint32_t i;

    g->accents = pick(r, accents, sizeof accents / sizeof *accents);
    g->blank_lost = pick(r, rare, 6);
    g->blank_added = pick(r, rare, 6) / 4;
    g->mark_blank_lost = pick(r, marks, sizeof marks / sizeof *marks);
    g->speck = pick(r, rare, 6) / 2;
    g->mark_swapped = pick(r, rare, 6);
    g->form = pick(r, forms, sizeof forms / sizeof *forms);
    g->doubled = pick(r, rare, 6) / 20;
    g->cased = pick(r, rare, 6) / 20;
    g->spaced = draw(r) < 0.12 ? draw(r) : 0;
    g->gaped = 0.4 + 0.6 * draw(r);
    g->loose = draw(r) < 0.1 ? draw(r) : 0;
    rate *= share;
    g->accents *= share;
    g->blank_lost *= share;
    g->blank_added *= share;
    g->mark_blank_lost *= share;
    g->speck *= share;
    g->mark_swapped *= share;
    g->form *= share;
    g->doubled *= share;
    g->cased *= share;
    g->line = lines[draw_below(r, 4)];
    g->chance = tool_allocate((rules->count + 1) * sizeof *g->chance);
    for (i = 0; i < rules->count; i++) {
        const struct ufx_rule *rule = &rules->rules[i];
        double normal =
            sqrt(-2 * log(draw(r) + 1e-12)) * cos(6.283185307 * draw(r));

        g->chance[i] =
            exp(-rule->cost / 1000.0 + spread * normal - spread * spread / 2);
        if (!means_accented(rule))
            g->chance[i] *= rate;
        if (g->chance[i] > 0.5 && !means_accented(rule))
            g->chance[i] = 0.5;
    }
    make_worse(g, r);
}

static bool
rule_means(const struct ufx_rule *rule, const uint32_t *chars, size_t count)
{
    size_t i;

    if (rule->meant_length == 0 || rule->meant_length > count)
        return false;
    for (i = 0; i < rule->meant_length; i++) {
        bool upper = (rule->upper >> i & 1) != 0;

        if (ufx_char_code(ufx_char_lower(chars[i])) != rule->meant[i] ||
            ufx_char_is_upper(chars[i]) != upper)
            return false;
    }
    return true;
}

/* The rule by which the letters at `chars` are misread, or NULL. */
static const struct ufx_rule *
misread(const struct regime *g, const struct ufx_rules *rules,
        const uint32_t *chars, size_t count, struct random *r)
{
    bool accented = ufx_char_unaccented(chars[0]) != chars[0];
    double all = 0, at;
    uint32_t i;

    if (!ufx_char_is_letter(chars[0]) || (accented && draw(r) >= g->accents))
        return NULL;
    for (i = 0; i < rules->count; i++)
        if (rule_means(&rules->rules[i], chars, count))
            all += g->chance[i];
    /* A misread accented letter is misread somehow; others by chance. */
    at = draw(r) * (accented || all > 1 ? all : 1);
    for (i = 0; i < rules->count; i++) {
        if (!rule_means(&rules->rules[i], chars, count))
            continue;
        at -= g->chance[i];
        if (at < 0)
            return &rules->rules[i];
    }
    return NULL;
}

static void
put_speck(struct ufx_buffer *out, struct random *r)
{
    static const char specks[] = {'.', ',', '\'', '-', ':', '.', ',', '\''};
    char c = specks[draw_below(r, sizeof specks)];

    ufx_buffer_append_byte(out, c);
}

static void
put_blank(struct ufx_buffer *out, const struct regime *g, uint32_t before,
          size_t *column, struct random *r)
{
    bool mark =
        before == ',' || before == ';' || before == ':' || before == '.';

    if (draw(r) < (mark ? g->mark_blank_lost : g->blank_lost))
        return;
    if (g->line > 0 && *column >= g->line) {
        ufx_buffer_append_byte(out, '\n');
        *column = 0;
    } else {
        ufx_buffer_append_byte(out, ' ');
    }
    if (draw(r) < g->speck)
        put_speck(out, r);
}

static uint32_t
swap_mark(uint32_t cp, const struct regime *g, struct random *r)
{
    if ((cp != ',' && cp != '.' && cp != ';') || draw(r) >= g->mark_swapped)
        return cp;
    if (cp == ';')
        return ':';
    return cp == ',' ? '.' : ',';
}

static bool
is_numeral(const uint32_t *chars, size_t count, size_t i)
{
    size_t start = i, end = i;

    while (start > 0 && ufx_char_is_letter(chars[start - 1]))
        start--;
    while (end < count && ufx_char_is_letter(chars[end]))
        end++;
    return end - start >= 2 && ufx_piece_is_roman(chars + start, end - start);
}

/* What a figure, sign or numeral of a typed form is read as: 0 if as it is.
 * *extra is a character before it, or 0. */
static uint32_t
misread_form(const struct regime *g, const uint32_t *chars, size_t count,
             size_t i, struct random *r, uint32_t *extra)
{
    static const char signs[] = "2*8392*%\"2";
    uint32_t cp = chars[i];
    bool symbol = i > 0 && (chars[i - 1] == '/' || chars[i - 1] == '.');

    *extra = 0;
    if ((cp == 0xAA || cp == 0xBA) && draw(r) < g->form)
        return (uint32_t)signs[draw_below(r, 10)];
    if ((cp == 'I' || cp == 'V') && is_numeral(chars, count, i) &&
        draw(r) < g->form)
        return cp == 'V' ? 'v' : draw(r) < 0.8 ? 'l' : '1';
    if (symbol && cp == '1' && draw(r) < g->form)
        return draw(r) < 0.7 ? 'l' : 'I';
    if (symbol && chars[i - 1] == '/' && ufx_char_is_upper(cp) &&
        draw(r) < g->form / 4)
        *extra = 'I';
    return 0;
}

static uint32_t
other_case(uint32_t cp)
{
    return ufx_char_is_upper(cp) ? ufx_char_lower(cp) : ufx_char_upper(cp);
}

/* The character at `i` where no rule misreads it. */
static void
put_plain(struct ufx_buffer *out, const struct regime *g, const uint32_t *chars,
          size_t count, size_t i, struct random *r)
{
    uint32_t extra, form = misread_form(g, chars, count, i, r, &extra);
    uint32_t cp = form != 0 ? form : swap_mark(chars[i], g, r);

    if (extra != 0)
        ufx_buffer_append_char(out, extra);
    if (ufx_char_is_letter(cp) && draw(r) < g->cased)
        cp = other_case(cp);
    ufx_buffer_append_char(out, cp);
    if (ufx_char_is_letter(cp) && draw(r) < g->doubled)
        ufx_buffer_append_char(out, cp);
}

static bool
are_capitals(const uint32_t *chars, size_t count)
{
    return count >= 2 && ufx_char_is_upper(chars[0]) &&
           ufx_char_is_upper(chars[1]);
}

/* What the letter at `i` is read as where the scan is one of the worst; false
 * if it is read as usual. */
static bool
put_worse(struct ufx_buffer *out, const struct regime *g, const uint32_t *chars,
          size_t i, struct random *r)
{
    static const uint32_t marks[] = {'~', '^',  '_', ';',  ':',  '!',
                                     '.', '\'', '"', '%',  0xA9, 0xA2,
                                     '&', ']',  '{', 0xB7, ',',  '('};
    static const char letters[] = "aceilnorstubdfghjkmpqvxyz";
    bool first = i == 0 || !ufx_char_is_letter(chars[i - 1]);

    if (!ufx_char_is_letter(chars[i]))
        return false;
    if (first && g->beheaded > 0 && draw(r) < g->beheaded)
        return true;
    if (g->dropped > 0 && draw(r) < g->dropped)
        return true;
    if (g->blotted > 0 && draw(r) < g->blotted) {
        ufx_buffer_append_char(
            out, marks[draw_below(r, sizeof marks / sizeof *marks)]);
        return true;
    }
    if (g->guessed > 0 && draw(r) < g->guessed) {
        uint32_t cp = (uint32_t)letters[draw_below(r, sizeof letters - 1)];

        ufx_buffer_append_char(
            out, ufx_char_is_upper(chars[i]) ? ufx_char_upper(cp) : cp);
        return true;
    }
    return false;
}

/* Letters on both sides, two at least. */
static bool
is_within_word(const uint32_t *chars, size_t count, size_t i)
{
    return i >= 2 && i + 1 < count && ufx_char_is_letter(chars[i - 2]) &&
           ufx_char_is_letter(chars[i - 1]) && ufx_char_is_letter(chars[i]) &&
           ufx_char_is_letter(chars[i + 1]);
}

/* Breaks a word at a line's end, with what is read for the hyphen. */
static void
put_hyphen(struct ufx_buffer *out, const struct regime *g,
           const uint32_t *chars, size_t count, size_t i, size_t *column,
           struct random *r)
{
    static const uint32_t hyphens[] = {'-', '-', '-',  '-',  '-',
                                       '-', 'J', 0xAC, 0xB7, 0x2013};

    if (g->hyphened <= 0 || *column < g->line ||
        !is_within_word(chars, count, i) || draw(r) >= g->hyphened)
        return;
    if (draw(r) < 0.95)
        ufx_buffer_append_char(out, hyphens[draw_below(r, 10)]);
    ufx_buffer_append_byte(out, '\n');
    *column = 0;
}

/* What can be read of the text; goes to free(). */
static uint32_t *
readable_chars(const char *text, size_t length, size_t *count)
{
    uint32_t *chars = tool_allocate((length + 1) * sizeof *chars);
    size_t i = 0, size;

    *count = 0;
    while (i < length) {
        uint32_t cp = ufx_text_decode(text + i, length - i, &size);

        if (cp < UFX_CHAR_OPAQUE)
            chars[(*count)++] = cp;
        i += size;
    }
    return chars;
}

void
noise_page(struct ufx_buffer *out, const char *text, size_t length,
           const struct ufx_rules *rules, uint64_t seed, uint64_t place)
{
    struct random r = {ufx_ngram_mix(seed + 1)};
    struct regime g;
    size_t count, i, column = 0, k;
    uint32_t *chars = readable_chars(text, length, &count);
    bool spaced = false;

    make_regime(&g, rules, &r);
    g.spaced_capitals = draw(&r) < 0.6 ? draw(&r) : g.spaced;
    r.state = ufx_ngram_mix(r.state + place);
    for (i = 0; i < count;) {
        const struct ufx_rule *rule;

        column++;
        if (i == 0 || chars[i - 1] == ' ' || chars[i - 1] == '\n')
            spaced = draw(&r) < (are_capitals(chars + i, count - i)
                                     ? g.spaced_capitals
                                     : g.spaced);
        if (i > 0 && (chars[i] == ',' || chars[i] == '.') &&
            ufx_char_is_letter(chars[i - 1]) && draw(&r) < g.loose)
            ufx_buffer_append_byte(out, ' ');
        if (chars[i] == ' ') {
            put_blank(out, &g, i > 0 ? chars[i - 1] : 0, &column, &r);
            i++;
            continue;
        }
        put_hyphen(out, &g, chars, count, i, &column, &r);
        if (put_worse(out, &g, chars, i, &r)) {
            i++;
            continue;
        }
        rule = g.form > 0 && is_numeral(chars, count, i)
                   ? NULL
                   : misread(&g, rules, chars + i, count - i, &r);
        if (rule == NULL) {
            put_plain(out, &g, chars, count, i++, &r);
        } else {
            for (k = 0; k < rule->read_length; k++)
                ufx_buffer_append_char(out, rule->read[k]);
            i += rule->meant_length;
        }
        if (i < count && ufx_char_is_letter(chars[i]) &&
            ufx_char_is_letter(chars[i - 1]) &&
            draw(&r) < (spaced ? g.gaped : g.blank_added))
            ufx_buffer_append_byte(out, ' ');
        if (i < count && chars[i] == ' ' && draw(&r) < g.speck)
            put_speck(out, &r);
    }
    free(g.chance);
    free(chars);
}

/* ---- So many characters in a hundred ---- */

/* What stands for nothing on a page, and what engines print for dirt. */
static const uint32_t odd_signs[] = {
    '.',  ',',  ';',  ':',  '\'', '"',  '-',    '*',    '/',    '|',   '!',
    '^',  '~',  '<',  '&',  '_',  '\\', '1',    '0',    '6',    0xAB,  0xB0,
    0xB7, 0xBA, 0xE7, 0xFC, 0xAD, '\t', 0x201D, 0x2014, 0x200B, 0xFFFD};

static const char *const typed_forms[] = {
    "442 sesion", "53* periodo", "cap. IlI",     "A/ICONF.157/24",
    "<b>",        "&amp;",       "https://a.b/", "a b c d",
    "1. ",        "####"};

static uint32_t
odd_sign(struct random *r)
{
    return odd_signs[draw_below(r, sizeof odd_signs / sizeof *odd_signs)];
}

static void
put_typed_form(struct ufx_buffer *out, struct random *r)
{
    const char *form =
        typed_forms[draw_below(r, sizeof typed_forms / sizeof *typed_forms)];

    ufx_buffer_append(out, form, strlen(form));
}

/* A rule by which the characters may be misread, the cheaper the likelier. */
static const struct ufx_rule *
any_misreading(const struct ufx_rules *rules, const uint32_t *chars,
               size_t count, struct random *r)
{
    const struct ufx_rule *chosen = NULL;
    double all = 0;
    uint32_t i;

    for (i = 0; i < rules->count; i++) {
        const struct ufx_rule *rule = &rules->rules[i];
        double weight = exp(-rule->cost / 1000.0);

        if (!rule_means(rule, chars, count))
            continue;
        all += weight;
        if (draw(r) * all < weight)
            chosen = rule;
    }
    return chosen;
}

/* Damages what stands at `chars`; how many characters that takes. */
static size_t
put_damaged(struct ufx_buffer *out, const struct ufx_rules *rules,
            const uint32_t *chars, size_t count, struct random *r)
{
    const struct ufx_rule *rule = any_misreading(rules, chars, count, r);
    double kind = draw(r);
    size_t i;

    if (kind < 0.45 && rule != NULL) {
        for (i = 0; i < rule->read_length; i++)
            ufx_buffer_append_char(out, rule->read[i]);
        return rule->meant_length;
    }
    if (kind < 0.55)
        return 1; /* lost */
    if (kind < 0.63) {
        ufx_buffer_append_char(out, odd_sign(r));
        return 1;
    }
    if (kind < 0.71)
        ufx_buffer_append_byte(out, ' ');
    else if (kind < 0.75)
        ufx_buffer_append_byte(out, '\n');
    else if (kind < 0.77)
        ufx_buffer_append(out, "-\n", 2);
    else if (kind < 0.79)
        put_typed_form(out, r);
    ufx_buffer_append_char(out, kind >= 0.79 && kind < 0.84 &&
                                        ufx_char_is_letter(chars[0])
                                    ? other_case(chars[0])
                                    : chars[0]);
    if (kind >= 0.84 && kind < 0.92)
        ufx_buffer_append_char(out, chars[0]);
    else if (kind >= 0.92)
        ufx_buffer_append_char(out, odd_sign(r));
    return 1;
}

void
noise_rate(struct ufx_buffer *out, const char *text, size_t length,
           const struct ufx_rules *rules, double least, double most,
           uint64_t seed)
{
    struct random r = {ufx_ngram_mix(seed + 1)};
    double rate = least + (most - least) * draw(&r);
    size_t count, i;
    uint32_t *chars = readable_chars(text, length, &count);

    for (i = 0; i < count;)
        if (draw(&r) < rate)
            i += put_damaged(out, rules, chars + i, count - i, &r);
        else
            ufx_buffer_append_char(out, chars[i++]);
    free(chars);
}

/* What is read for the letter at `chars`: by rule mostly, else it is lost or
 * printed twice.  How many characters that takes. */
static size_t
put_letter_damaged(struct ufx_buffer *out, const struct ufx_rules *rules,
                   const uint32_t *chars, size_t count, struct random *r)
{
    const struct ufx_rule *rule = any_misreading(rules, chars, count, r);
    double kind = draw(r);
    size_t i;

    if (kind < 0.85) {
        if (rule == NULL) {
            ufx_buffer_append_char(out, chars[0]);
            return 1;
        }
        for (i = 0; i < rule->read_length; i++)
            ufx_buffer_append_char(out, rule->read[i]);
        return rule->meant_length;
    }
    for (i = 0; kind >= 0.93 && i < 2; i++)
        ufx_buffer_append_char(out, chars[0]);
    return 1;
}

void
noise_letters(struct ufx_buffer *out, const char *text, size_t length,
              const struct ufx_rules *rules, double rate, uint64_t seed)
{
    struct random r = {ufx_ngram_mix(seed + 1)};
    size_t count, i;
    uint32_t *chars = readable_chars(text, length, &count);

    for (i = 0; i < count;)
        /* What has an accent is misread ten times as often. */
        if (ufx_char_is_letter(chars[i]) &&
            draw(&r) <
                (ufx_char_unaccented(chars[i]) != chars[i] ? 10 * rate : rate))
            i += put_letter_damaged(out, rules, chars + i, count - i, &r);
        else
            ufx_buffer_append_char(out, chars[i++]);
    free(chars);
}

/* ---- Titles ---- */

/* A paragraph of so few bytes may be set as a title; of others the first words
 * may. */
#define TITLE_LENGTH 80
#define TITLE_WORDS 8

static size_t
title_length(const char *text, size_t length, struct random *r)
{
    size_t words = draw_below(r, TITLE_WORDS), i;

    if (length <= TITLE_LENGTH)
        return draw(r) < 0.5 ? length : 0;
    if (draw(r) > 0.15)
        return 0;
    for (i = 0; i < length; i++)
        if (text[i] == ' ' && words-- == 0)
            break;
    return i;
}

/* A character in capitals, without its accent if they are bare. */
static void
put_capital(struct ufx_buffer *out, uint32_t cp, bool bare)
{
    if (bare && ufx_char_lower(cp) != 0xF1)
        cp = ufx_char_unaccented(cp);
    ufx_buffer_append_char(out, ufx_char_upper(cp));
}

void
noise_capitals(struct ufx_buffer *out, const char *text, size_t length,
               bool bare)
{
    size_t i = 0, size;

    while (i < length) {
        uint32_t cp = ufx_text_decode(text + i, length - i, &size);

        if (cp < UFX_CHAR_OPAQUE)
            put_capital(out, cp, bare);
        i += size;
    }
}

void
noise_titles(struct ufx_buffer *out, const char *text, size_t length,
             uint64_t seed)
{
    struct random r = {ufx_ngram_mix(~seed)};
    bool titles = draw(&r) < 0.3, bare = draw(&r) < 0.7;
    size_t i = 0, end = 0, title = 0, size;

    while (i < length) {
        uint32_t cp;

        if (titles && i == end) {
            const char *newline = memchr(text + i, '\n', length - i);

            end = newline == NULL ? length : (size_t)(newline - text) + 1;
            title = i + title_length(text + i, end - i, &r);
        }
        cp = ufx_text_decode(text + i, length - i, &size);
        if (i < title && cp < UFX_CHAR_OPAQUE)
            put_capital(out, cp, bare);
        else
            ufx_buffer_append(out, text + i, size);
        i += size;
    }
}

/* ---- Regimes of real documents ---- */

/* A line's end is written as in facts. */
static size_t
read_chars(const char *text, const char *path, uint32_t *chars)
{
    size_t length = strlen(text), i = 0, n = 0, size;

    while (i < length) {
        if (n == NOISE_HABIT_CHARS)
            tool_fail("a habit too long", path);
        if (strncmp(text + i, "\\n", 2) == 0) {
            chars[n++] = '\n';
            i += 2;
            continue;
        }
        chars[n++] = ufx_text_decode(text + i, length - i, &size);
        i += size;
    }
    return n;
}

/* The documents' names part the habits; habits of one stand together. */
void
noise_habits_read(struct noise_habits *h, const char *path)
{
    size_t length, capacity = 0;
    char *text = tool_read_file(path, &length), *line = text;
    const char *last = NULL;

    memset(h, 0, sizeof *h);
    while (*line != '\0') {
        char *field[4], *end = strchr(line, '\n'), *at = line, *behind;
        struct noise_habit *habit;
        int k;

        if (end == NULL)
            tool_fail("a line without end", path);
        *end = '\0';
        for (k = 0; k < 4; k++) {
            field[k] = at;
            at = strchr(at, '\t');
            if ((at == NULL) != (k == 3))
                tool_fail("not DOCUMENT, MEANT, READ, RATE", path);
            if (at != NULL)
                *at++ = '\0';
        }
        h->list = tool_room(h->list, h->count, &capacity, sizeof *h->list);
        if (last == NULL || strcmp(last, field[0]) != 0)
            h->documents++;
        last = field[0];
        habit = &h->list[h->count++];
        habit->document = h->documents - 1;
        habit->meant_length = read_chars(field[1], path, habit->meant);
        habit->read_length = read_chars(field[2], path, habit->read);
        habit->rate = strtod(field[3], &behind);
        if (behind == field[3] || *behind != '\0')
            tool_fail("not DOCUMENT, MEANT, READ, RATE", path);
        line = end + 1;
    }
    free(text);
}

void
noise_habits_free(struct noise_habits *h)
{
    free(h->list);
    memset(h, 0, sizeof *h);
}

static const struct noise_habit *
habit_at(const struct noise_habit *habit, size_t document,
         const struct noise_habit *end, double share, const uint32_t *chars,
         size_t count, struct random *r)
{
    size_t k;

    for (; habit < end && habit->document == document; habit++) {
        if (habit->meant_length > count)
            continue;
        for (k = 0; k < habit->meant_length; k++)
            if (chars[k] != habit->meant[k])
                break;
        if (k == habit->meant_length && draw(r) < habit->rate * share)
            return habit;
    }
    return NULL;
}

void
noise_by_habits(struct ufx_buffer *out, const char *text, size_t length,
                const struct noise_habits *h, uint64_t seed, uint64_t place)
{
    static const double shares[] = {1, 1, 0.5, 2, 0.1, 0.03};
    struct random r = {ufx_ngram_mix(seed + 7)};
    size_t document = draw_below(&r, h->documents);
    double share = pick(&r, shares, sizeof shares / sizeof *shares);
    const struct noise_habit *first = h->list, *end = first + h->count;
    size_t count, i, k;
    uint32_t *chars = readable_chars(text, length, &count);

    r.state = ufx_ngram_mix(r.state + place);
    while (first < end && first->document < document)
        first++;
    for (i = 0; i < count;) {
        const struct noise_habit *habit =
            habit_at(first, document, end, share, chars + i, count - i, &r);

        if (habit != NULL)
            for (k = 0; k < habit->read_length; k++)
                ufx_buffer_append_char(out, habit->read[k]);
        if (habit != NULL && habit->meant_length > 0) {
            i += habit->meant_length;
            continue;
        }
        ufx_buffer_append_char(out, chars[i++]);
    }
    free(chars);
}
