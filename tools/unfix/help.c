/* SPDX-License-Identifier: MPL-2.0 */
#include "help.h"

#include "format/format.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unfix.h>

static const char help_usage[] =
    "Usage: unfix [OPTION]... [FILE]...\n"
    "Repair what OCR did to Spanish text in each FILE and write the result to\n"
    "standard output.  With no FILE, or when FILE is -, read standard input.\n"
    "\n"
    "Output:\n"
    "  -o, --output=FILE       write to FILE, which appears once all went "
    "well\n"
    "  -i, --in-place          replace each FILE that changes by its repair\n"
    "      --output-dir=DIR    write each FILE to DIR/FILE; so does -o DIR/\n"
    "      --check             write no text; name each FILE that would "
    "change\n"
    "                          and exit with status 1 if there is one\n"
    "      --format=FORMAT     write 'text' (the default), a unified 'diff' "
    "of\n"
    "                          input and repair, the repairs 'inline', or\n"
    "                          'jsonl', the report\n"
    "      --index[=LOW-HIGH]  write no text, but its words for a search "
    "engine, as\n"
    "                          lines of JSON; both forms of a word where "
    "the\n"
    "                          confidence of its repair is between 200 and "
    "900\n"
    "      --review=FILE       write no text, but a page to FILE, in which a "
    "person\n"
    "                          looks at the repairs and decides on them\n"
    "      --images=WHAT       there, 'link' to the images of pages (the "
    "default),\n"
    "                          'embed' them, or show 'none'\n"
    "      --sample=N          of the repairs of all files, no more than N: of "
    "each\n"
    "                          class and confidence about as many; with "
    "--review\n"
    "                          or --format=jsonl\n"
    "      --summary[=FORMAT]  write no text, but the repairs of all files "
    "put\n"
    "                          together: how often each, how sure, an "
    "example; as\n"
    "                          'text', or with each document as a table, "
    "'tsv'\n"
    "      --count=FILE        write no text, but what the files show together "
    "to\n"
    "                          FILE, for --collection\n"
    "      --count-least=N     of words, tell what at least N documents have\n"
    "                          (default 2; 1 for unfix-model merge)\n"
    "      --explain[=LINE]    write no text, but the tokens of each line, or "
    "of "
    "the\n"
    "                          one, with their readings and what these cost\n"
    "      --color=WHEN        colour diff and inline 'always', 'never', or\n"
    "                          'auto', on a terminal (the default)\n"
    "      --backup[=SUFFIX]   keep the old file as FILE.bak, or with another "
    "SUFFIX\n"
    "      --report=FILE       also write a report to FILE: a line of JSON "
    "for\n"
    "                          each repair, made or only proposed;\n"
    "                          compressed if FILE ends in .gz\n"
    "      --report-level=LEVEL\n"
    "                          report 'all' repairs (the default), or only "
    "what "
    "is\n"
    "                          'applied'\n"
    "      --report-base=DIR   call files in reports by their names below DIR\n"
    "      --append-report     behind what is in it already\n"
    "      --resume            in place: go on where the run was ended that "
    "wrote\n"
    "                          the report\n"
    "      --force             write over a report or a backup that is there\n"
    "\n"
    "Which files:\n"
    "  -r, --recursive         take what is in folders, too, but for hidden "
    "files\n"
    "                          and links\n"
    "  -L, --follow            and what symbolic links there lead to\n"
    "      --include=PATTERN   of that, only files that match\n"
    "      --exclude=PATTERN   of that, nothing that matches\n"
    "      --files0-from=FILE  take more names from FILE, each ended by a NUL\n"
    "\n"
    "A report as orders:\n"
    "      --apply=REPORT      make in each FILE the repairs that REPORT, "
    "which "
    "may\n"
    "                          have been edited, calls applied\n"
    "      --revert=REPORT     take them back: give the text before them\n"
    "\n"
    "What is repaired:\n";

/* With the default of --min-confidence. */
static const char help_repair[] =
    "      --min-confidence=N  make the repairs that are at least this likely "
    "to\n"
    "                          be right, in thousandths, 0 to 1000 (default "
    "%u),\n"
    "                          or, with a point, 0.0 to 1.0; so 1 is not 1.0\n"
    "      --max-harm=N        make so few that no more than N of them are to "
    "be\n"
    "                          expected to be wrong in 10,000 words\n"
    "      --only=CLASS[,CLASS]...\n"
    "                          make no repairs but of these classes (see "
    "below)\n"
    "      --join-hyphens      make words whole that a hyphen breaks at a "
    "line's "
    "end\n"
    "      --compose           write each letter with its accent as one "
    "character\n"
    "      --words=FILE        take the words in FILE, one a line, for known\n"
    "      --keep=FILE         leave the words in FILE, one a line, as they "
    "are\n"
    "      --veto=FILE         make none of the repairs in FILE, lines of\n"
    "                          READ=MEANT, or reasons as --summary shows them\n"
    "      --confusions=FILE   expect the misreadings in FILE, lines of READ,\n"
    "                          MEANT and COST with tabs between them\n"
    "      --collection=FILE   take what --count wrote for evidence\n"
    "      --two-pass          count first what the files show, and repair by "
    "that\n"
    "      --dict=BASE         take the words of the Hunspell dictionary "
    "BASE.aff\n"
    "                          and BASE.dic for known\n"
    "      --model=FILE        use another language model than the installed "
    "one\n";

static const char help_other[] =
    "\n"
    "  -j, --jobs=N            repair in N threads (default: one for each "
    "core,\n"
    "                          one for a pipe); the output is always the "
    "same\n"
    "      --input=FORMAT      read every FILE as FORMAT (see below) instead "
    "of "
    "as\n"
    "                          what its bytes tell\n"
    "      --encoding=NAME     read every FILE in that encoding instead of in "
    "what\n"
    "                          its bytes tell, and write it in the same\n"
    "      --to=utf-8          write in UTF-8 what is in another encoding\n"
    "      --field=NAME        of records, the text is the field NAME (default "
    "text)\n"
    "      --document=NAME     records one after the other with the same value "
    "of\n"
    "                          field NAME are one document\n"
    "      --keep-empty        keep the element of a word that vanishes\n"
    "  -a, --text              take every FILE for text; others are left "
    "alone\n"
    "  -q, --quiet             say nothing but what went wrong\n"
    "  -h, --help[=all]        print this help, or all of it, and exit\n"
    "  -V, --version           print the versions and exit\n"
    "\n"
    "--words, --keep, --veto, --confusions and --dict may be given several "
    "times.\n"
    "\n"
    "Classes of repairs:\n";

static const char help_formats[] =
    "  'accents' changes nothing but accents; 'all' is every class.\n"
    "\n"
    "Formats:\n";

static const char help_end[] =
    "\n"
    "Exit status: 0 if all went well, 1 if --check found something to change,\n"
    "2 in case of trouble.\n";

/* One of a list of names, in lines that a terminal holds. */
static void
print_name(const char *name, size_t *column, bool is_last)
{
    if (*column > 0 && *column + strlen(name) + 2 > 78) {
        putchar('\n');
        *column = 0;
    }
    *column += (size_t)printf("%s%s%s", *column > 0 ? " " : "  ", name,
                              is_last ? "\n" : ",");
}

static void
print_classes(void)
{
    size_t column = 0;

    for (int i = 0; i < UNFIX_CLASS_COUNT; i++)
        print_name(unfix_class_name((unfix_class)i), &column,
                   i == UNFIX_CLASS_COUNT - 1);
}

static void
print_formats(void)
{
    size_t column = 0;

    print_name("auto", &column, false);
    print_name("text", &column, false);
    for (size_t i = 0; format_number(i) != NULL; i++)
        print_name(format_number(i)->name, &column,
                   format_number(i + 1) == NULL);
}

static void
print_all(uint32_t confidence)
{
    fputs(help_usage, stdout);
    printf(help_repair, confidence);
    fputs(help_other, stdout);
    print_classes();
    fputs(help_formats, stdout);
    print_formats();
    fputs(help_end, stdout);
}

/* ---- What most people need ------------------------------------------------
 */

/* The options of the short help. */
static const char *const common[] = {
    "output",     "in-place",  "output-dir",     "check", "format",
    "review",     "summary",   "report",         "apply", "revert",
    "words",      "recursive", "min-confidence", "only",  "veto",
    "help[=all]", "version"};

/* Whether a line that begins an option's text is of a common one. */
static bool
is_common(const char *line)
{
    const char *name = strstr(line, "--") + 2;

    for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++) {
        const size_t length = strlen(common[i]);

        if (strncmp(name, common[i], length) == 0 &&
            (name[length] == '=' || name[length] == ' '))
            return true;
    }
    return false;
}

/* Prints the whole lines of a text but those of options that are not common. */
static void
print_common(const char *text, size_t text_length)
{
    const char *const end = text + text_length;
    bool is_shown = true;

    while (text < end) {
        const size_t length = strcspn(text, "\n") + 1;

        if (strncmp(text, "  -", 3) == 0 || strncmp(text, "      --", 8) == 0)
            is_shown = is_common(text);
        else if (text[0] != ' ')
            is_shown = true;
        if (is_shown)
            fwrite(text, 1, length, stdout);
        text += length;
    }
}

static void
print_short(uint32_t confidence)
{
    char repair[sizeof(help_repair) + 16];
    const char *const others_end = strstr(help_other, "\n\n--words") + 1;
    const int length =
        snprintf(repair, sizeof(repair), help_repair, confidence);

    print_common(help_usage, strlen(help_usage));
    print_common(repair, (size_t)length);
    print_common(help_other, (size_t)(others_end - help_other));
    fputs("\nunfix --help=all shows all options, classes and formats; the "
          "manual page\nunfix(1) tells more.\n",
          stdout);
}

void
help_print(bool is_all)
{
    unfix_options defaults;

    unfix_options_init(&defaults);
    if (is_all)
        print_all(defaults.min_confidence);
    else
        print_short(defaults.min_confidence);
}
