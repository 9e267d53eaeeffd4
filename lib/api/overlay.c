/* SPDX-License-Identifier: MPL-2.0 */
/* What a user adds to a model: words, confusions, dictionaries, vetoes. */
#include "api/objects.h"

#include "base/sort.h"
#include "base/status.h"
#include "normalize/tuned.h"
#include "repair/vetoes.h"
#include "text/chars.h"
#include "text/text.h"

#include <string.h>

unfix_status
unfix_overlay_new(const unfix_allocator *allocator, unfix_overlay **overlay)
{
    struct ufx_memory memory = ufx_memory_from(allocator);

    if (overlay == NULL)
        return UNFIX_ERROR_ARGUMENT;
    *overlay = NULL;
    if (!ufx_char_ready())
        return UNFIX_ERROR_EXTERNAL;
    *overlay = ufx_memory_allocate_zero(&memory, sizeof **overlay);
    if (*overlay == NULL)
        return UNFIX_ERROR_MEMORY;
    (*overlay)->memory = memory;
    atomic_init(&(*overlay)->references, 1);
    ufx_arena_init(&(*overlay)->arena, &memory);
    return UNFIX_OK;
}

static unfix_status
check_open(const unfix_overlay *overlay, unfix_error *error)
{
    if (overlay == NULL)
        return ufx_status_argument(error, "overlay is NULL");
    if (overlay->frozen)
        return ufx_status_set(error, UNFIX_ERROR_STATE, "overlay is frozen",
                              NULL);
    return UNFIX_OK;
}

static unfix_status
check_table(const char *table, size_t length, unfix_error *error)
{
    if (table == NULL && length > 0)
        return ufx_status_argument(error, "table is NULL");
    return UNFIX_OK;
}

struct line {
    const char *text;
    size_t length;
    uint64_t offset;
    uint64_t number;
};

/* Steps to the next line of the table; false after the last. */
static bool
next_line(const char *table, size_t length, struct line *line)
{
    static const char mark[] = {'\xEF', '\xBB', '\xBF'}; /* U+FEFF */
    size_t start =
        line->number == 0 ? 0 : (size_t)line->offset + line->length + 1;
    const char *end;

    if (line->number == 0 && length >= sizeof mark &&
        memcmp(table, mark, sizeof mark) == 0)
        start = sizeof mark;

    if (start >= length)
        return false;
    end = memchr(table + start, '\n', length - start);
    line->text = table + start;
    line->offset = start;
    line->length = (end == NULL ? length : (size_t)(end - table)) - start;
    line->number++;
    return true;
}

static size_t
trimmed(const struct line *line)
{
    size_t n = line->length;

    while (n > 0 && (line->text[n - 1] == '\r' || line->text[n - 1] == ' ' ||
                     line->text[n - 1] == '\t'))
        n--;
    return n;
}

/* What a word may have between its letters: Nagorno-Karabaj, O'Higgins. */
static bool
is_joint(uint32_t cp)
{
    return cp == '-' || cp == 0x2010 || cp == 0x2011 || cp == '\'' ||
           cp == 0x2019;
}

/* Decodes one word: 1 to UFX_TOKEN_CHARS letters and what joins them. */
static const char *
decode_word(const char *text, size_t length, uint32_t *chars, size_t *count)
{
    size_t i;

    *count =
        ufx_text_decode_composed(text, 0, length, chars, NULL, UFX_TOKEN_CHARS);
    if (*count > UFX_TOKEN_CHARS)
        return "the word is too long";
    for (i = 0; i < *count; i++)
        if (!ufx_char_is_letter(chars[i]) &&
            (i == 0 ||
             ((chars[i] < 0x300 || chars[i] > 0x36F) && !is_joint(chars[i]))))
            return "not a word: it may have letters, hyphens and apostrophes";
    return *count == 0 ? "an empty word" : NULL;
}

static uint8_t
case_flags(const uint32_t *chars, size_t count)
{
    switch (ufx_piece_unknown(chars, count)) {
    case UFX_PIECE_ACRONYM:
        return UFX_WORD_KNOWN | UFX_WORD_CAPITAL | UFX_WORD_ACRONYM;
    case UFX_PIECE_NAME:
        return ufx_char_is_upper(chars[0]) ? UFX_WORD_KNOWN | UFX_WORD_CAPITAL
                                           : UFX_WORD_KNOWN;
    default:
        return UFX_WORD_KNOWN;
    }
}

static unfix_status
add_word(unfix_overlay *overlay, const uint32_t *chars, size_t count)
{
    void *words = overlay->words;
    uint8_t *letters = ufx_arena_allocate(&overlay->arena, count);
    struct ufx_lexicon_entry *entry;

    if (overlay->word_count == UFX_OVERLAY_WORDS)
        return UNFIX_ERROR_LIMIT;
    if (letters == NULL ||
        !ufx_memory_reserve(&overlay->memory, &words, &overlay->word_capacity,
                            overlay->word_count + 1, sizeof *overlay->words))
        return UNFIX_ERROR_MEMORY;
    overlay->words = words;
    ufx_piece_letters(chars, count, letters);
    entry = &overlay->words[overlay->word_count++];
    entry->letters = letters;
    entry->length = (uint32_t)count;
    entry->word.cost = UFX_COST_USUAL / UFX_COST_STEP;
    entry->word.backoff = 0;
    entry->word.flags = case_flags(chars, count);
    entry->word.capital = 0;
    return UNFIX_OK;
}

/* The lexicon has words of Latin letters alone; what else stands in a table
 * is kept as it is, as a veto says it, and of its parts those are words that
 * may be. */
static unfix_status
add_parts(unfix_overlay *overlay, const uint32_t *chars, size_t count)
{
    unfix_status status = UNFIX_OK;
    size_t start = 0, i;
    bool latin = true;

    for (i = 0; i <= count && status == UNFIX_OK; i++) {
        if (i < count && !is_joint(chars[i])) {
            latin = latin && ufx_char_is_letter(chars[i]) &&
                    ufx_char_code(ufx_char_lower(chars[i])) != 0;
            continue;
        }
        /* A letter by itself is an initial or an article, not a word. */
        if (latin && i - start > 1)
            status = add_word(overlay, chars + start, i - start);
        start = i + 1;
        latin = true;
    }
    return status;
}

static bool
is_of_lexicon(const uint32_t *chars, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (!ufx_char_is_letter(chars[i]) ||
            ufx_char_code(ufx_char_lower(chars[i])) == 0)
            return false;
    return true;
}

static unfix_status
add_any_word(unfix_overlay *overlay, const char *text, size_t length,
             const char **why)
{
    uint32_t chars[UFX_TOKEN_CHARS];
    unfix_status status;
    size_t count;

    *why = decode_word(text, length, chars, &count);
    if (*why != NULL)
        return UNFIX_ERROR_FORMAT;
    *why = "too many words";
    if (is_of_lexicon(chars, count))
        return add_word(overlay, chars, count);
    if (overlay->vetoes.count == UFX_OVERLAY_VETOES)
        return UNFIX_ERROR_LIMIT;
    status =
        ufx_vetoes_add(&overlay->vetoes, &overlay->arena, text, length, why);
    if (status != UNFIX_OK)
        return status;
    *why = "too many words";
    return add_parts(overlay, chars, count);
}

static unfix_status
add_confusion(unfix_overlay *overlay, const char *text, size_t length,
              const char **why)
{
    void *rules = overlay->rules;

    *why = "too many confusions";
    if (overlay->rule_count == UFX_OVERLAY_CONFUSIONS)
        return UNFIX_ERROR_LIMIT;
    if (!ufx_memory_reserve(&overlay->memory, &rules, &overlay->rule_capacity,
                            overlay->rule_count + 1, sizeof *overlay->rules))
        return UNFIX_ERROR_MEMORY;
    overlay->rules = rules;
    if (!ufx_rule_parse(text, length, &overlay->rules[overlay->rule_count],
                        why))
        return UNFIX_ERROR_FORMAT;
    overlay->rule_count++;
    return UNFIX_OK;
}

static unfix_status
add_veto(unfix_overlay *overlay, const char *text, size_t length,
         const char **why)
{
    *why = "too many vetoes";
    return overlay->vetoes.count < UFX_OVERLAY_VETOES
               ? ufx_vetoes_add(&overlay->vetoes, &overlay->arena, text, length,
                                why)
               : UNFIX_ERROR_LIMIT;
}

/* Adds each line of the table that holds something and is no remark; all or,
 * if one is wrong, none. */
static unfix_status
add_lines(unfix_overlay *overlay, const char *table, size_t length,
          unfix_status (*add)(unfix_overlay *overlay, const char *text,
                              size_t length, const char **why),
          unfix_error *error)
{
    struct line line = {0};
    size_t words, rules, vetoes;
    unfix_status status = check_open(overlay, error);

    if (status == UNFIX_OK)
        status = check_table(table, length, error);
    if (status != UNFIX_OK)
        return status;
    words = overlay->word_count;
    rules = overlay->rule_count;
    vetoes = overlay->vetoes.count;
    while (next_line(table, length, &line)) {
        size_t n = trimmed(&line);
        const char *why = NULL;

        if (n == 0 || line.text[0] == '#')
            continue;
        status = add(overlay, line.text, n, &why);
        if (status == UNFIX_OK)
            continue;
        overlay->word_count = words;
        overlay->rule_count = rules;
        overlay->vetoes.count = vetoes;
        if (status == UNFIX_ERROR_MEMORY)
            return ufx_fail(error, UNFIX_ERROR_MEMORY);
        return ufx_status_set_at(error, status,
                                 why != NULL ? why : unfix_strerror(status),
                                 NULL, line.offset, line.number);
    }
    return UNFIX_OK;
}

unfix_status
unfix_overlay_add_words(unfix_overlay *overlay, const char *table,
                        size_t length, unfix_error *error)
{
    return add_lines(overlay, table, length, add_any_word, error);
}

unfix_status
unfix_overlay_add_confusions(unfix_overlay *overlay, const char *table,
                             size_t length, unfix_error *error)
{
    return add_lines(overlay, table, length, add_confusion, error);
}

unfix_status
unfix_overlay_add_dictionary(unfix_overlay *overlay, const char *aff_path,
                             const char *dic_path, unfix_error *error)
{
    struct ufx_dictionary *d;
    unfix_status status = check_open(overlay, error);

    if (status != UNFIX_OK)
        return status;
    if (aff_path == NULL || dic_path == NULL)
        return ufx_status_argument(error, "path is NULL");
    d = ufx_arena_allocate(&overlay->arena, sizeof *d);
    if (d == NULL)
        return ufx_fail(error, UNFIX_ERROR_MEMORY);
    d->aff = ufx_arena_copy(&overlay->arena, aff_path, strlen(aff_path));
    d->dic = ufx_arena_copy(&overlay->arena, dic_path, strlen(dic_path));
    if (d->aff == NULL || d->dic == NULL)
        return ufx_fail(error, UNFIX_ERROR_MEMORY);
    d->next = overlay->dictionaries;
    overlay->dictionaries = d;
    return UNFIX_OK;
}

unfix_status
unfix_overlay_add_vetoes(unfix_overlay *overlay, const char *table,
                         size_t length, unfix_error *error)
{
    return add_lines(overlay, table, length, add_veto, error);
}

unfix_status
unfix_overlay_freeze(unfix_overlay *overlay, unfix_error *error)
{
    unfix_status status;

    if (overlay == NULL)
        return ufx_status_argument(error, "overlay is NULL");
    if (overlay->frozen)
        return UNFIX_OK;
    status =
        ufx_lexicon_build(&overlay->lexicon, &overlay->memory, &ufx_usual_none,
                          overlay->words, overlay->word_count);
    if (status != UNFIX_OK)
        return ufx_fail(error, status);
    ufx_sort(overlay->rules, overlay->rule_count, sizeof *overlay->rules,
             ufx_rule_compare);
    ufx_rules_index(&overlay->rules_view, overlay->rules,
                    (uint32_t)overlay->rule_count);
    ufx_vetoes_sort(&overlay->vetoes);
    overlay->frozen = true;
    return UNFIX_OK;
}

unfix_overlay *
unfix_overlay_retain(unfix_overlay *overlay)
{
    if (overlay != NULL)
        atomic_fetch_add_explicit(&overlay->references, 1,
                                  memory_order_relaxed);
    return overlay;
}

void
unfix_overlay_release(unfix_overlay *overlay)
{
    struct ufx_memory memory;

    if (overlay == NULL || atomic_fetch_sub_explicit(&overlay->references, 1,
                                                     memory_order_acq_rel) != 1)
        return;
    memory = overlay->memory;
    if (overlay->frozen)
        ufx_lexicon_built_free(&overlay->lexicon);
    ufx_arena_free(&overlay->arena);
    ufx_memory_free(&memory, overlay->words,
                    overlay->word_capacity * sizeof *overlay->words);
    ufx_memory_free(&memory, overlay->rules,
                    overlay->rule_capacity * sizeof *overlay->rules);
    ufx_memory_free(&memory, overlay->vetoes.list,
                    overlay->vetoes.capacity * sizeof *overlay->vetoes.list);
    ufx_memory_free(&memory, overlay, sizeof *overlay);
}
