/* SPDX-License-Identifier: MPL-2.0
 *
 * spec_test FOLDER FILTER: gives every example of the folder to the library
 * and to the filter.  The form of an example is in tests/spec/README.md.
 */
#include "unfix.h"

#include "read_file.h"

#include <check.h>
#include <glob.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

typedef struct example {
    const char *path; /* the glob's */
    size_t line;      /* of its fence, from 1 */
    char *input;
    char *expected;
    bool untouched;
    bool todo;
} example;

static example *examples;
static size_t example_count;
/* Examples that must pass, and those marked todo, by their place above. */
static size_t *firm;
static size_t firm_count;
static const char *filter_path;
static unfix_context *context;

static void
die(const char *path, size_t line, const char *what)
{
    fprintf(stderr, "spec_test: %s:%zu: %s\n", path, line, what);
    exit(2);
}

/* ---- Reading examples ---------------------------------------------------- */

static bool
has_word(const char *line, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = line; (at = strstr(at, word)); at += length) {
        bool starts = at == line || at[-1] == ' ';
        if (starts && (at[length] == ' ' || at[length] == '\0'))
            return true;
    }
    return false;
}

/* Cuts the next line off *rest; NULL at the end. */
static char *
next_line(char **rest)
{
    char *line = *rest;
    if (*line == '\0')
        return NULL;
    char *end = strchr(line, '\n');
    if (end) {
        *end = '\0';
        *rest = end + 1;
    } else {
        *rest = line + strlen(line);
    }
    return line;
}

static char *
append_line(char *text, const char *line)
{
    size_t old = text ? strlen(text) : 0;
    size_t length = strlen(line);
    char *longer = realloc(text, old + length + 2);
    if (!longer)
        die(line, 0, "out of memory");
    memcpy(longer + old, line, length);
    memcpy(longer + old + length, "\n", 2);
    return longer;
}

/* Reads one example whose fence has just been passed; returns its lines. */
static size_t
read_example(const char *path, size_t line_number, const char *fence,
             char **rest)
{
    example new = {.path = path, .line = line_number};
    new.untouched = has_word(fence, "untouched");
    new.todo = has_word(fence, "todo");
    bool past_dot = false;
    size_t lines = 0;
    char *line;

    while ((line = next_line(rest)) && strcmp(line, "```") != 0) {
        lines++;
        if (strcmp(line, ".") == 0 && !past_dot)
            past_dot = true;
        else if (past_dot)
            new.expected = append_line(new.expected, line);
        else
            new.input = append_line(new.input, line);
    }
    if (!line || !new.input || !new.expected)
        die(path, line_number, "an example without an end, or half empty");
    if (new.untouched && strcmp(new.input, new.expected) != 0)
        die(path, line_number, "untouched, but input and output differ");
    if (!new.untouched && strcmp(fence + 10, " context") != 0 &&
        strcmp(new.input, new.expected) == 0)
        die(path, line_number, "nothing changes: say untouched");

    example *more = realloc(examples, (example_count + 1) * sizeof(*more));
    if (!more)
        die(path, line_number, "out of memory");
    examples = more;
    examples[example_count++] = new;
    return lines + 1;
}

static void
read_examples(const char *path)
{
    size_t length = 0;
    char *text = read_file(path, &length);
    if (!text)
        die(path, 0, "cannot be read");
    char *rest = text;
    size_t number = 0;
    for (char *line; (line = next_line(&rest));) {
        number++;
        if (strncmp(line, "```example", 10) == 0)
            number += read_example(path, number, line, &rest);
    }
    free(text);
}

/* ---- Running them -------------------------------------------------------- */

/* The child's side of `filter < input > pipe`. */
static bool
spawn_filter(FILE *input, const int pipe_ends[2], pid_t *child)
{
    posix_spawn_file_actions_t actions;
    /* posix_spawn wants it writable, and does not write. */
    char path[4096];
    char *arguments[] = {path, NULL};

    if (strlen(filter_path) >= sizeof path)
        return false;
    memcpy(path, filter_path, strlen(filter_path) + 1);

    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    bool ready =
        posix_spawn_file_actions_adddup2(&actions, fileno(input), 0) == 0 &&
        posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], 1) == 0 &&
        posix_spawn_file_actions_addclose(&actions, pipe_ends[0]) == 0 &&
        posix_spawn(child, filter_path, &actions, NULL, arguments, environ) ==
            0;
    posix_spawn_file_actions_destroy(&actions);
    return ready;
}

/* What the filter makes of `text`, to be freed; NULL if it does not run. */
static char *
run_filter(const char *text)
{
    int ends[2] = {-1, -1};
    pid_t child = 0;
    size_t length = 0;
    char *output = NULL;
    FILE *input = tmpfile();

    if (!input || fputs(text, input) == EOF || fflush(input) != 0)
        goto done;
    rewind(input);
    if (pipe(ends) != 0)
        goto done;
    bool running = spawn_filter(input, ends, &child);
    close(ends[1]);
    FILE *from = fdopen(ends[0], "rb");
    if (running && from)
        output = read_stream(from, &length);
    if (from)
        fclose(from);
    else
        close(ends[0]);
    int status = 0;
    if (running && (waitpid(child, &status, 0) != child || status != 0)) {
        free(output);
        output = NULL;
    }
done:
    if (input)
        fclose(input);
    return output;
}

static size_t
applied(const unfix_result *result)
{
    size_t count = 0;
    for (size_t i = 0; i < unfix_result_correction_count(result); i++)
        count += unfix_result_correction(result, i)->verdict == UNFIX_APPLIED;
    return count;
}

/* What the library makes of the example, kept by `result`. */
static const char *
run_library(const example *e, unfix_result *result)
{
    unfix_error error;
    unfix_status status =
        unfix_correct(context, e->input, strlen(e->input), result, &error);
    if (status != UNFIX_OK)
        ck_abort_msg("%s:%zu: %s", e->path, e->line, error.message);
    return unfix_result_text(result, NULL);
}

START_TEST(example_holds)
{
    const example *e = &examples[firm[_i]];
    unfix_result *result = NULL;
    ck_assert_int_eq(unfix_result_new(NULL, &result), UNFIX_OK);

    const char *made = run_library(e, result);
    if (strcmp(made, e->expected) != 0)
        ck_abort_msg("%s:%zu: library\n     is: %swanted: %s", e->path, e->line,
                     made, e->expected);
    if (e->untouched && applied(result) != 0)
        ck_abort_msg("%s:%zu: %zu corrections applied", e->path, e->line,
                     applied(result));

    char *filtered = run_filter(e->input);
    if (!filtered)
        ck_abort_msg("%s:%zu: the filter failed", e->path, e->line);
    if (strcmp(filtered, e->expected) != 0)
        ck_abort_msg("%s:%zu: filter\n     is: %swanted: %s", e->path, e->line,
                     filtered, e->expected);
    free(filtered);
    unfix_result_free(result);
}
END_TEST

/* Counts what is still to do, and names what has been done meanwhile: its
 * `todo` can go. */
static void
report_todo(void)
{
    size_t todo = 0;
    size_t done = 0;
    unfix_result *result = NULL;

    if (unfix_result_new(NULL, &result) != UNFIX_OK)
        die("todo", 0, "out of memory");
    for (size_t i = 0; i < example_count; i++) {
        const example *e = &examples[i];
        if (!e->todo)
            continue;
        todo++;
        unfix_status status =
            unfix_correct(context, e->input, strlen(e->input), result, NULL);
        if (status == UNFIX_OK &&
            strcmp(unfix_result_text(result, NULL), e->expected) == 0) {
            done++;
            printf("%s:%zu: todo, but it passes\n", e->path, e->line);
        }
    }
    printf("%zu examples; of %zu marked todo %zu pass\n", example_count, todo,
           done);
    unfix_result_free(result);
}

/* ---- Setting up ---------------------------------------------------------- */

static void
open_context(void)
{
    unfix_model *model = NULL;
    unfix_error error;

    if (unfix_model_load(UNFIX_TEST_MODEL, NULL, &model, &error) != UNFIX_OK ||
        unfix_context_new(model, NULL, NULL, NULL, &context, &error) !=
            UNFIX_OK)
        die(UNFIX_TEST_MODEL, 0, error.message);
    unfix_model_release(model);
}

static void
pick_firm(void)
{
    firm = calloc(example_count + 1, sizeof(*firm));
    if (!firm)
        die("examples", 0, "out of memory");
    for (size_t i = 0; i < example_count; i++)
        if (!examples[i].todo)
            firm[firm_count++] = i;
}

static void
free_examples(void)
{
    for (size_t i = 0; i < example_count; i++) {
        free(examples[i].input);
        free(examples[i].expected);
    }
    free(examples);
    free(firm);
}

int
main(int argc, char **argv)
{
    glob_t files;
    char pattern[4096];

    if (argc != 3) {
        fprintf(stderr, "usage: spec_test FOLDER FILTER\n");
        return 2;
    }
    filter_path = argv[2];
    int used = snprintf(pattern, sizeof(pattern), "%s/*.md", argv[1]);
    if (used < 0 || (size_t)used >= sizeof(pattern) ||
        glob(pattern, 0, NULL, &files) != 0)
        die(argv[1], 0, "no examples");
    for (size_t i = 0; i < files.gl_pathc; i++)
        read_examples(files.gl_pathv[i]);
    pick_firm();
    if (firm_count == 0)
        die(argv[1], 0, "no examples");
    open_context();

    TCase *cases = tcase_create("examples");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, example_holds, 0, (int)firm_count);
    Suite *suite = suite_create("spec");
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    report_todo();
    unfix_context_free(context);
    free_examples();
    globfree(&files);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
