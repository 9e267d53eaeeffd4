/* SPDX-License-Identifier: MPL-2.0 */
#include "totals.h"

#include "messages.h"
#include "survey.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void
totals_count(struct totals *totals, const struct piece *piece)
{
    const size_t count = piece_count(piece);

    totals->words += piece->words;
    totals->unsearched += piece->unsearched;
    totals->harm += piece->harm;
    piece_survey(piece, totals->survey);
    for (size_t i = 0; i < count; i++) {
        const unfix_correction *c = piece_correction(piece, i);

        totals->applied += c->verdict == UNFIX_APPLIED;
        totals->proposed += c->verdict == UNFIX_PROPOSED;
        totals->rejected += c->verdict == UNFIX_REJECTED;
        if (c->verdict == UNFIX_APPLIED && c->kind < UNFIX_CLASS_COUNT)
            totals->classes[c->kind]++;
    }
}

static void
say_classes(const struct totals *totals)
{
    char line[UNFIX_CLASS_COUNT * 40] = "";
    size_t used = 0;

    for (int k = 0; k < UNFIX_CLASS_COUNT; k++) {
        if (totals->classes[k] == 0)
            continue;
        used += (size_t)snprintf(line + used, sizeof(line) - used,
                                 "%s%s %" PRIu64, used > 0 ? ", " : "",
                                 unfix_class_name((unfix_class)k),
                                 totals->classes[k]);
    }
    message_notice(NULL, "%s", line);
}

static void
say_count(uint64_t count, const char *what)
{
    if (count > 0)
        message_notice(NULL, "%" PRIu64 " file%s %s", count,
                       count == 1 ? "" : "s", what);
}

static void
say_line(void *user, const char *line)
{
    (void)user;
    message_notice(NULL, "%s", line);
}

void
totals_say(const struct totals *totals)
{
    const double applied = (double)totals->applied;
    const double words = (double)totals->words;

    message_notice(NULL,
                   "%" PRIu64 " file%s, %" PRIu64 " words: %" PRIu64
                   " repair%s (%.1f in 100 words), %" PRIu64
                   " proposed, %" PRIu64 " rejected",
                   totals->files, totals->files == 1 ? "" : "s", totals->words,
                   totals->applied, totals->applied == 1 ? "" : "s",
                   words > 0 ? 100 * applied / words : 0, totals->proposed,
                   totals->rejected);
    say_count(totals->done_before, "done before");
    say_count(totals->left_alone, "left alone: no text");
    say_count(totals->hidden, "left out: hidden");
    say_count(totals->links, "left out: symbolic links");
    say_count(totals->others, "left out by --include or --exclude");
    survey_tell(totals->survey, say_line, NULL);
    if (totals->unsearched > 0)
        message_notice(NULL,
                       "%" PRIu64 " bytes were left alone: too far from any "
                       "word to be looked for",
                       totals->unsearched);
    if (totals->applied == 0)
        return;
    say_classes(totals);
    message_notice(NULL, "%.1f in 100 of them are right, by their confidences",
                   100 - (double)totals->harm / 10 / applied);
}
