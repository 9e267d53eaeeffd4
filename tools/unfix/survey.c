/* SPDX-License-Identifier: MPL-2.0 */
#include "survey.h"

#include "piece.h"

#include <inttypes.h>
#include <stdio.h>

static void
tell_left(const unfix_survey *survey, void (*put)(void *user, const char *line),
          void *user)
{
    static const char *const whats[UNFIX_LEFT_COUNT] = {
        "in another language", "of older spelling", "in code or markup",
        "that no dictionary has"};
    char line[200];
    size_t used = 0;

    for (int i = 0; i < UNFIX_LEFT_COUNT; i++) {
        const uint64_t count = unfix_survey_left(survey, (unfix_left)i);

        if (count > 0)
            used += (size_t)snprintf(
                line + used, sizeof(line) - used, "%s%" PRIu64 " %s",
                used > 0 ? ", " : "words left alone: ", count, whats[i]);
    }
    if (used > 0)
        put(user, line);
}

void
survey_tell(const unfix_survey *survey,
            void (*put)(void *user, const char *line), void *user)
{
    char line[SURVEY_LINE];

    if (unfix_survey_words(survey) == 0)
        return;
    snprintf(line, sizeof(line), "language %s, %s spelling, %s, %s person",
             unfix_survey_language(survey), unfix_survey_spelling(survey),
             unfix_survey_form(survey), unfix_survey_person(survey));
    put(user, line);
    tell_left(survey, put, user);
    if (unfix_survey_damage(survey, line, sizeof(line)) > 0)
        put(user, line);
}
