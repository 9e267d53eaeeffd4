/* SPDX-License-Identifier: MPL-2.0 */
/* What texts were judged to be, for people. */
#ifndef UNFIX_TOOL_SURVEY_H
#define UNFIX_TOOL_SURVEY_H

#include <unfix.h>

/* Calls `put` with each line of it; an empty text has none. */
void survey_tell(const unfix_survey *survey,
                 void (*put)(void *user, const char *line), void *user);

#endif
