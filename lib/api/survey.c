/* SPDX-License-Identifier: MPL-2.0 */
/* What texts were judged to be, and what was read for what in them. */
#include "api/objects.h"

#include "base/limits.h"
#include "repair/result.h"
#include "verify/tuned.h"

#include <stdio.h>
#include <string.h>

/* One way to misread. */
struct habit {
    char meant[UFX_SURVEY_BYTES];
    char read[UFX_SURVEY_BYTES];
    uint64_t count;
};

struct unfix_survey {
    struct ufx_memory memory;
    struct ufx_nature nature;
    uint64_t left[UNFIX_LEFT_COUNT];
    char languages[UFX_KINDS][UFX_LANGUAGE_TAG];
    struct habit habits[UFX_SURVEY_READINGS]; /* as they were met */
    size_t habit_count;
};

unfix_status
unfix_survey_new(const unfix_allocator *allocator, unfix_survey **survey)
{
    struct ufx_memory memory = ufx_memory_from(allocator);

    if (survey == NULL)
        return UNFIX_ERROR_ARGUMENT;
    *survey = ufx_memory_allocate_zero(&memory, sizeof **survey);
    if (*survey == NULL)
        return UNFIX_ERROR_MEMORY;
    (*survey)->memory = memory;
    return UNFIX_OK;
}

void
unfix_survey_free(unfix_survey *survey)
{
    struct ufx_memory memory;

    if (survey == NULL)
        return;
    memory = survey->memory;
    ufx_memory_free(&memory, survey, sizeof *survey);
}

void
unfix_survey_clear(unfix_survey *survey)
{
    struct ufx_memory memory = survey->memory;

    memset(survey, 0, sizeof *survey);
    survey->memory = memory;
}

static void
add_habit(unfix_survey *survey, const struct habit *more)
{
    size_t i;

    for (i = 0; i < survey->habit_count; i++)
        if (strcmp(survey->habits[i].meant, more->meant) == 0 &&
            strcmp(survey->habits[i].read, more->read) == 0) {
            survey->habits[i].count += more->count;
            return;
        }
    if (i < UFX_SURVEY_READINGS)
        survey->habits[survey->habit_count++] = *more;
}

/* A reason is of one way, or of several with commas between them; of an
 * encoding, with the letter after a colon. */
static void
add_reason(unfix_survey *survey, const char *reason)
{
    static const char middle[] = " read as ";

    while (*reason != '\0') {
        const char *comma = strstr(reason, ", ");
        size_t length =
            comma == NULL ? strlen(reason) : (size_t)(comma - reason);
        const char *found = strstr(reason, middle);
        struct habit habit = {.count = 1};

        if (found != NULL && found < reason + length &&
            found - reason < UFX_SURVEY_BYTES) {
            const char *read = found + sizeof middle - 1;
            size_t rest = (size_t)(reason + length - read);
            const char *colon = memchr(read, ':', rest);

            if (colon != NULL && colon[1] == ' ')
                rest = (size_t)(colon - read);
            if (rest < UFX_SURVEY_BYTES) {
                memcpy(habit.meant, reason, (size_t)(found - reason));
                memcpy(habit.read, read, rest);
                add_habit(survey, &habit);
            }
        }
        reason += length + (comma == NULL ? 0 : 2);
    }
}

static void
add_counts(unfix_survey *survey, const struct ufx_nature *nature,
           const uint64_t *left, const char (*languages)[UFX_LANGUAGE_TAG])
{
    size_t i;

    ufx_nature_join(&survey->nature, nature);
    for (i = 0; i < UNFIX_LEFT_COUNT; i++)
        survey->left[i] += left[i];
    if (languages[UFX_KIND_OWN][0] != '\0')
        memcpy(survey->languages, languages, sizeof survey->languages);
}

void
unfix_survey_add(unfix_survey *survey, const unfix_result *result)
{
    size_t i;

    add_counts(survey, &result->nature, result->left, result->languages);
    for (i = 0; i < result->corrections.count; i++)
        if (result->corrections.list[i].verdict == UNFIX_APPLIED)
            add_reason(survey, result->corrections.list[i].reason);
}

void
unfix_survey_merge(unfix_survey *survey, const unfix_survey *more)
{
    size_t i;

    add_counts(survey, &more->nature, more->left, more->languages);
    for (i = 0; i < more->habit_count; i++)
        add_habit(survey, &more->habits[i]);
}

/* ---- What they are ---- */

uint64_t
unfix_survey_words(const unfix_survey *survey)
{
    return survey->nature.traits[UFX_TRAIT_WORD];
}

const char *
unfix_survey_language(const unfix_survey *survey)
{
    uint32_t language = ufx_nature_language(&survey->nature);

    return language < UFX_KINDS ? survey->languages[language] : "und";
}

const char *
unfix_survey_spelling(const unfix_survey *survey)
{
    return ufx_nature_language(&survey->nature) == UFX_KIND_OWN &&
                   ufx_nature_is_old(&survey->nature)
               ? "old"
               : "modern";
}

const char *
unfix_survey_form(const unfix_survey *survey)
{
    if (ufx_nature_is_syntax(&survey->nature))
        return "syntax";
    return ufx_nature_is_figures(&survey->nature) ? "figures" : "prose";
}

const char *
unfix_survey_person(const unfix_survey *survey)
{
    const struct ufx_nature *nature = &survey->nature;
    uint64_t first = nature->kinds[UFX_KIND_FIRST];
    uint64_t second = nature->kinds[UFX_KIND_SECOND];
    uint64_t most = first > second ? first : second;

    if (most == 0 || most * 1000 < (uint64_t)nature->traits[UFX_TRAIT_WORD] *
                                       UFX_PERSON_SHARE)
        return "third";
    return first >= second ? "first" : "second";
}

uint64_t
unfix_survey_left(const unfix_survey *survey, unfix_left what)
{
    return (unsigned)what < UNFIX_LEFT_COUNT ? survey->left[what] : 0;
}

/* ---- What was read for what ---- */

/* A line that may be longer than its room. */
struct line {
    char *text;
    size_t size;
    size_t length;
};

static void
put(struct line *line, const char *string)
{
    for (; *string != '\0'; string++, line->length++)
        if (line->length + 1 < line->size)
            line->text[line->length] = *string;
}

static void
put_count(struct line *line, uint64_t count)
{
    char figures[24];

    snprintf(figures, sizeof figures, " %llu", (unsigned long long)count);
    put(line, figures);
}

/* How often this was meant by all habits that are not yet `told`; 0 if one that
 * was met before says the same. */
static uint64_t
count_meant(const unfix_survey *survey, size_t at, const bool *told)
{
    uint64_t count = 0;
    size_t i;

    for (i = 0; i < survey->habit_count; i++) {
        if (told[i] ||
            strcmp(survey->habits[i].meant, survey->habits[at].meant) != 0)
            continue;
        if (i < at)
            return 0;
        count += survey->habits[i].count;
    }
    return count;
}

/* Tells the ways to read what habit `at` means, the most frequent first, and
 * marks all of them as told. */
static void
put_ways(const unfix_survey *survey, size_t at, bool *told, struct line *line)
{
    const char *meant = survey->habits[at].meant;
    int shown;

    put(line, line->length > 0 ? "; " : "");
    put(line, meant);
    put(line, " read");
    for (shown = 0;; shown++) {
        const struct habit *most = NULL;
        size_t i, best = 0;

        for (i = 0; i < survey->habit_count; i++)
            if (!told[i] && strcmp(survey->habits[i].meant, meant) == 0 &&
                (most == NULL || survey->habits[i].count > most->count))
                most = &survey->habits[best = i];
        if (most == NULL)
            return;
        told[best] = true;
        if (shown >= UFX_SURVEY_SHOWN_WAYS)
            continue;
        put(line, shown > 0 ? ", as " : " as ");
        put(line, most->read);
        put_count(line, most->count);
    }
}

size_t
unfix_survey_damage(const unfix_survey *survey, char *line, size_t size)
{
    struct line out = {line, size, 0};
    bool told[UFX_SURVEY_READINGS] = {false};
    int shown;

    for (shown = 0; shown < UFX_SURVEY_SHOWN; shown++) {
        uint64_t most = 0;
        size_t i, best = 0;

        for (i = 0; i < survey->habit_count; i++) {
            uint64_t count = told[i] ? 0 : count_meant(survey, i, told);

            if (count > most) {
                most = count;
                best = i;
            }
        }
        if (most == 0)
            break;
        put_ways(survey, best, told, &out);
    }
    if (size > 0)
        line[out.length < size ? out.length : size - 1] = '\0';
    return out.length;
}
