/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/around.h"

#include "base/numeric.h"
#include "lang/kinds.h"
#include "normalize/nature.h"
#include "normalize/spots.h"
#include "normalize/tuned.h"
#include "text/chars.h"
#include "text/text.h"

/* How much likelier the case of the words beside it makes a capital, 1/1000
 * nat, by what is before and what is after.  Counted over 390,000 words within
 * sentences that go with a capital or without (Árabe, Ética), of laws and of
 * observations of treaty bodies. */
static const int32_t capital_odds[UFX_BESIDES][UFX_BESIDES] = {
    {4200, 1400, 2900}, {1400, -2700, -1700}, {2800, -1500, 200}};

/* Reads pieces off `chars`, at most `most`. */
static size_t
read_pieces(const struct ufx_language *language, const uint32_t *chars,
            size_t count, uint32_t *pieces, size_t most)
{
    size_t i = 0, n = 0;

    while (i < count && n < most) {
        struct ufx_piece piece;

        if (ufx_char_is_blank(chars[i])) {
            i++;
            continue;
        }
        piece = ufx_piece_next(chars + i, count - i);
        pieces[n++] = ufx_language_piece(language, chars + i, piece.count,
                                         (enum ufx_piece_class)piece.kind);
        i += piece.count;
    }
    return n;
}

/* The case of the word that ends or begins at `at`, seen in steps of `step`; of
 * the first that is not little. */
static enum ufx_beside
case_beside(const uint32_t *chars, size_t count, size_t at, size_t step)
{
    size_t little = 0;

    for (; little <= UFX_BESIDE; little++) {
        size_t letters = 0;
        bool capital = false;

        while (at < count && ufx_char_is_blank(chars[at]))
            at += step;
        for (; at < count && ufx_char_is_letter(chars[at]); at += step) {
            if (step != 1 || letters == 0)
                capital = ufx_char_is_upper(chars[at]);
            letters++;
        }
        if (letters == 0)
            return UFX_BESIDE_NOTHING;
        if (capital)
            return UFX_BESIDE_CAPITAL;
        if (letters >= UFX_WORD_CHARS || little == UFX_BESIDE)
            return UFX_BESIDE_SMALL;
    }
    return UFX_BESIDE_SMALL;
}

/* The two pieces before it. */
static void
read_before(struct ufx_around *a, const struct ufx_buffer *before)
{
    uint32_t chars[UFX_AROUND_BYTES], pieces[UFX_AROUND_BYTES];
    size_t start = before->length, n = 0, size, count, i;
    const char *text = before->data;

    a->before[0] = UFX_WORD_NONE;
    a->before[1] = ufx_language_class(a->language, UFX_PIECE_BEGIN);
    while (start > 0 && before->length - start < UFX_AROUND_BYTES - 4 &&
           (text[start - 1] != '\n' || start < 2 || text[start - 2] != '\n'))
        start--;
    /* Not in the middle of a word. */
    if (start > 0 && text[start - 1] != '\n')
        while (start < before->length && !ufx_spot_is_gap(text[start]))
            start++;
    for (i = start; i < before->length; i += size)
        chars[n++] = ufx_text_decode(text + i, before->length - i, &size);
    count = read_pieces(a->language, chars, n, pieces, UFX_AROUND_BYTES);
    if (count > 0) {
        a->before[0] = count > 1 ? pieces[count - 2] : a->before[1];
        a->before[1] = pieces[count - 1];
    }
    a->case_before = case_beside(chars, n, n - 1, SIZE_MAX);
}

/* The pieces after it, up to the next spot. */
static void
read_after(struct ufx_around *a, const char *text, size_t from, size_t to)
{
    uint32_t chars[UFX_AROUND_BYTES];
    size_t n = 0, size, i;

    for (i = from; i < to && n + 1 < UFX_AROUND_BYTES; i += size) {
        chars[n++] = ufx_text_decode(text + i, to - i, &size);
        if (text[i] == '\n' && i + 1 < to && text[i + 1] == '\n')
            break;
    }
    /* A word that is cut says nothing. */
    while (i < to && n > 0 && !ufx_char_is_blank(chars[n - 1]))
        n--;
    a->after_count =
        read_pieces(a->language, chars, n, a->after, UFX_AROUND_AFTER);
    a->case_after = case_beside(chars, n, 0, 1);
}

void
ufx_around_read(struct ufx_around *a, const struct ufx_language *language,
                const struct ufx_buffer *before, const char *text, size_t from,
                size_t to)
{
    a->language = language;
    read_before(a, before);
    read_after(a, text, from, to);
}

int32_t
ufx_around_cost(const struct ufx_around *a, const uint32_t *chars, size_t count)
{
    const struct ufx_ngrams *ngrams = &a->language->ngrams;
    struct ufx_history history = {UFX_WORD_NONE, a->before[0], 0, 0};
    uint32_t pieces[UFX_UNIT_CHARS];
    size_t n = read_pieces(a->language, chars, count, pieces, UFX_UNIT_CHARS),
           i;
    uint32_t cost = 0;

    if (history.second == UFX_WORD_NONE)
        history.second = a->before[1];
    else
        ufx_ngram_cost(ngrams, &history, a->before[1], &history);
    for (i = 0; i < n; i++)
        cost += ufx_ngram_cost(ngrams, &history, pieces[i], &history);
    for (i = 0; i < a->after_count; i++)
        cost += ufx_ngram_cost(ngrams, &history, a->after[i], &history);
    return cost > INT32_MAX / 4 ? INT32_MAX / 4 : (int32_t)cost;
}

/* The share of capitals, in 1/254, that a word has within sentences. */
static uint32_t
capital_share(const struct ufx_language *language, const uint32_t *chars,
              size_t count)
{
    struct ufx_piece piece = ufx_piece_next(chars, count);
    const struct ufx_lexicon *lexicon = &language->lexicon;
    uint32_t word = ufx_language_piece(language, chars, piece.count,
                                       (enum ufx_piece_class)piece.kind);

    if (word >= lexicon->word_count || lexicon->words[word].capital == 255)
        return 1;
    return lexicon->words[word].capital;
}

static bool
ends_sentence(const struct ufx_language *language, uint32_t piece)
{
    static const enum ufx_piece_class ends[] = {
        UFX_PIECE_BEGIN,       UFX_PIECE_STOP,
        UFX_PIECE_QUESTION,    UFX_PIECE_QUESTION_OPEN,
        UFX_PIECE_EXCLAMATION, UFX_PIECE_EXCLAMATION_OPEN};
    size_t i;

    for (i = 0; i < sizeof ends / sizeof *ends; i++)
        if (piece == ufx_language_class(language, ends[i]))
            return true;
    return false;
}

/* A capital costs within a sentence, if the word goes without or those beside
 * it do, and the reverse. */
int32_t
ufx_around_case_cost(const struct ufx_around *a, const struct ufx_decoding *d,
                     uint32_t stands)
{
    uint32_t share;
    int32_t odds;
    size_t i = 0;

    while (i < d->count && !ufx_char_is_letter(d->chars[i]))
        i++;
    if (i == d->count || d->chars[i] == stands)
        return 0;
    if (ends_sentence(a->language, a->before[1])) {
        odds = ufx_log(251) - ufx_log(5);
    } else {
        share = capital_share(a->language, d->chars + i, d->count - i);
        odds = ufx_log(share + 1) - ufx_log(255 - share);
        if (share >= 254 - UFX_CAPITAL_NAME && share <= UFX_CAPITAL_NAME)
            odds += capital_odds[a->case_before][a->case_after];
    }
    if (ufx_char_is_upper(d->chars[i]))
        odds = -odds;
    return odds > 0 ? odds : 0;
}

static void
add_kinds(const struct ufx_vocabulary *v, const uint32_t *chars, size_t count,
          struct ufx_nature *nature)
{
    size_t i = 0;

    while (i < count) {
        size_t end = i;

        while (end < count && ufx_char_is_letter(chars[end]))
            end++;
        if (end > i)
            ufx_nature_add(
                nature, 1U << UFX_TRAIT_WORD,
                ufx_kinds_find(&v->language->kinds, chars + i, end - i));
        i = end + 1;
    }
}

bool
ufx_around_is_foreign(const struct ufx_vocabulary *v, const char *text,
                      size_t length, size_t start, size_t end, uint32_t row)
{
    struct ufx_nature nature = {{0}, {0}};
    uint32_t chars[2 * UFX_AROUND_FAR_BYTES + UFX_SPOT_BYTES], language;
    size_t own = 0, other = 0, i;
    size_t from =
        start > UFX_AROUND_FAR_BYTES ? start - UFX_AROUND_FAR_BYTES : 0;
    size_t to = length - end > UFX_AROUND_FAR_BYTES ? end + UFX_AROUND_FAR_BYTES
                                                    : length;
    size_t n = 0, size;
    bool sign = ufx_unit_is_sign(v, row);

    if (!sign && v->language->ways.rows[row].read[0] < 0x250)
        return false;
    for (; from < to && n < sizeof chars / sizeof *chars; from += size)
        chars[n++] = ufx_text_decode(text + from, to - from, &size);
    for (i = 0; i < n; i++) {
        own += chars[i] < 0x250 && ufx_char_is_letter(chars[i]);
        other += chars[i] >= 0x250 && ufx_char_is_letter(chars[i]);
    }
    if (other > own)
        return true;
    if (!sign)
        return false;
    add_kinds(v, chars, n, &nature);
    language = ufx_nature_language(&nature);
    return language != UFX_KIND_OWN && language != UFX_KINDS;
}
