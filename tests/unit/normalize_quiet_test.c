/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/quiet.h"

#include "unit.h"

#include <stdio.h>
#include <string.h>

#define RULES 3

static struct unit_memory memory;
static struct ufx_quiet *quiet;
static int32_t shifts[RULES];
static struct ufx_habits habits;

static void
begin(void)
{
    size_t i;

    unit_memory_init(&memory, 0);
    quiet = ufx_quiet_new(&memory.memory, RULES);
    ck_assert_ptr_nonnull(quiet);
    memset(&habits, 0, sizeof habits);
    for (i = 0; i < RULES; i++)
        shifts[i] = 100;
    habits.rule_shift = shifts;
    ufx_quiet_start(quiet);
    ufx_quiet_pass(quiet, &habits);
}

static void
end(void)
{
    ufx_quiet_free(quiet);
    ck_assert_uint_eq(memory.live, 0);
}

static bool
has(const char *text)
{
    return ufx_quiet_has(quiet, text, strlen(text));
}

START_TEST(what_was_noted)
{
    begin();
    ck_assert(!has("La Asamblea General,"));
    ufx_quiet_add(quiet, "La Asamblea General,", 20);
    ufx_quiet_add(quiet, "", 0);
    ck_assert(has("La Asamblea General,"));
    ck_assert(has(""));
    ck_assert(!has("La Asamblea General."));
    ck_assert(!has("La Asamblea General"));
    ufx_quiet_start(quiet);
    ck_assert(!has("La Asamblea General,"));
    end();
}
END_TEST

/* Dearer readings leave it quiet, a cheaper one does not, nor another way with
 * marks or capitals. */
START_TEST(habits_of_the_next_pass)
{
    begin();
    ufx_quiet_add(quiet, "Recordando", 10);
    shifts[1] += 5;
    ufx_quiet_pass(quiet, &habits);
    ck_assert(has("Recordando"));
    shifts[1]--;
    ufx_quiet_pass(quiet, &habits);
    ck_assert(!has("Recordando"));
    ufx_quiet_add(quiet, "Recordando", 10);
    habits.bare_capitals = true;
    ufx_quiet_pass(quiet, &habits);
    ck_assert(!has("Recordando"));
    ufx_quiet_add(quiet, "Recordando", 10);
    habits.deep = true;
    ufx_quiet_pass(quiet, &habits);
    ck_assert(!has("Recordando"));
    ufx_quiet_add(quiet, "Recordando", 10);
    habits.old = true;
    ufx_quiet_pass(quiet, &habits);
    ck_assert(!has("Recordando"));
    ufx_quiet_add(quiet, "Recordando", 10);
    habits.stray_apostrophes = true;
    ufx_quiet_pass(quiet, &habits);
    ck_assert(!has("Recordando"));
    end();
}
END_TEST

START_TEST(no_more_than_there_is_room_for)
{
    uint32_t i, kept = 0;
    char text[20];

    begin();
    for (i = 0; i < UFX_QUIET_PARAGRAPHS + 100; i++) {
        snprintf(text, sizeof text, "Párrafo %u", (unsigned)i);
        ufx_quiet_add(quiet, text, strlen(text));
    }
    for (i = 0; i < UFX_QUIET_PARAGRAPHS + 100; i++) {
        snprintf(text, sizeof text, "Párrafo %u", (unsigned)i);
        kept += has(text);
    }
    ck_assert_uint_eq(kept, UFX_QUIET_PARAGRAPHS);
    end();
}
END_TEST

START_TEST(without_memory)
{
    size_t k;

    for (k = 1;; k++) {
        unit_memory_init(&memory, k);
        quiet = ufx_quiet_new(&memory.memory, RULES);
        if (quiet != NULL)
            break;
        ck_assert_uint_eq(memory.live, 0);
    }
    ck_assert_uint_gt(k, 3);
    end();
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        what_was_noted,
        habits_of_the_next_pass,
        no_more_than_there_is_room_for,
        without_memory,
    };

    return unit_run("normalize/quiet", tests, sizeof tests / sizeof *tests);
}
