/* SPDX-License-Identifier: MPL-2.0 */
/* unfix-model confusions: aligned pages -> what the engine reads for what.
 *
 * The characters between two matched ones are a confusion: what was read and
 * what was meant.  Its cost is -ln P(read | meant), over all pages given.
 * Confusions of letters go to one table; those of marks alone to another. */
#include "commands.h"
#include "facts.h"
#include "metrics.h"
#include "pages.h"
#include "replace.h"
#include "table.h"

#include "base/limits.h"
#include "text/chars.h"
#include "text/text.h"

#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct confusing {
    struct interner pairs;  /* "read\tmeant" in UTF-8 */
    struct counter seen;    /* by pair number + 1 */
    struct interner meants; /* segments of the ground truth */
    struct counter totals;  /* by segment number + 1 */
    double chars;
    double dearer; /* added to each cost, in nats */
    /* Places of scans, some of which lose blanks all the time: it would make
     * lost blanks as cheap on all others, where words are rather compounds. */
    bool facts;
    double words, places; /* of the scans, and of these those seen */
    unsigned minimum;
};

static size_t
put_chars(char *out, const uint32_t *chars, size_t count)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct ufx_buffer buffer;
    size_t i, n;

    ufx_buffer_init(&buffer, &memory);
    for (i = 0; i < count; i++)
        ufx_buffer_append_char(&buffer, chars[i] == ' ' ? 0x2423 : chars[i]);
    n = buffer.length;
    if (n > 0)
        memcpy(out, buffer.data, n);
    ufx_buffer_free(&buffer);
    return n;
}

/* False where a byte is no UTF-8 or none that a table can hold. */
static bool
is_text(const uint32_t *chars, size_t count)
{
    while (count > 0)
        if (chars[--count] == 0 || chars[count] >= UFX_CHAR_OPAQUE)
            return false;
    return true;
}

/* Bytes of a segment, at most. */
#define SEGMENT_BYTES (4 * UFX_CONFUSION_CHARS)

static void
count_segment(struct confusing *c, const uint32_t *chars, size_t count)
{
    char key[SEGMENT_BYTES];
    size_t n;

    if (!is_text(chars, count))
        return;
    n = put_chars(key, chars, count);
    *counter_at(&c->totals, interner_add(&c->meants, key, n) + 1) += 1;
}

static void
count_confusion(struct confusing *c, const uint32_t *read, size_t reads,
                const uint32_t *meant, size_t meants)
{
    char key[SEGMENT_BYTES + 1 + SEGMENT_BYTES];
    size_t n;

    if (reads > UFX_CONFUSION_CHARS || meants > UFX_CONFUSION_CHARS ||
        !is_text(read, reads) || !is_text(meant, meants) ||
        (c->facts && reads == 0 && meants == 1 && *meant == ' '))
        return;
    n = put_chars(key, read, reads);
    key[n++] = '\t';
    n += put_chars(key + n, meant, meants);
    *counter_at(&c->seen, interner_add(&c->pairs, key, n) + 1) += 1;
}

static void
count_page(struct confusing *c, const struct ufx_metrics_alignment *a)
{
    const uint32_t *ocr = a->ocr->chars, *gt = a->gt->chars;
    size_t i, n, o = 0, g = 0;

    for (i = 0; i <= a->count; i++) {
        size_t next_o = i < a->count ? a->pairs[i].a : a->ocr->length;
        size_t next_g = i < a->count ? a->pairs[i].b : a->gt->length;

        if (next_o > o || next_g > g)
            count_confusion(c, ocr + o, next_o - o, gt + g, next_g - g);
        o = next_o + 1;
        g = next_g + 1;
    }
    for (i = 0; i < a->gt->length; i++)
        for (n = 1; n <= UFX_CONFUSION_CHARS && i + n <= a->gt->length; n++)
            count_segment(c, gt + i, n);
    c->chars += (double)a->gt->length;
}

static void
count_texts(struct confusing *c, const char *name, const char *read,
            size_t read_length, const char *meant, size_t meant_length)
{
    struct ufx_metrics_text ocr, gt;
    struct ufx_metrics_alignment alignment;

    tool_need(ufx_metrics_text_init(&ocr, read, read_length), name);
    tool_need(ufx_metrics_text_init(&gt, meant, meant_length), name);
    tool_need(ufx_metrics_align(&ocr, &gt, &alignment), name);
    count_page(c, &alignment);
    c->places += (double)gt.word_count;
    ufx_metrics_alignment_free(&alignment);
    ufx_metrics_text_free(&ocr);
    ufx_metrics_text_free(&gt);
}

static bool
is_mark(const char *text, size_t length)
{
    size_t i = 0, size;

    while (i < length) {
        uint32_t cp = ufx_text_decode(text + i, length - i, &size);

        if (ufx_char_is_alnum(cp))
            return false;
        i += size;
    }
    return true;
}

static bool
has_digit(const char *text, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++)
        if (text[i] >= '0' && text[i] <= '9')
            return true;
    return false;
}

struct row {
    const char *pair;
    double cost;
    uint64_t count;
};

static int
compare_rows(const void *left, const void *right)
{
    const struct row *a = left, *b = right;

    return strcmp(a->pair, b->pair);
}

/* True for one character. */
static bool
is_one(const char *text, size_t length)
{
    size_t size;

    if (length == 0)
        return false;
    ufx_text_decode(text, length, &size);
    return size == length;
}

/* The table of marks: one mark for another, for a blank or for nothing. */
static bool
belongs_to_marks(const char *pair)
{
    const char *tab = strchr(pair, '\t'), *meant = tab + 1;
    size_t reads = (size_t)(tab - pair), meants = strlen(meant);

    return is_one(pair, reads) && is_mark(pair, reads) &&
           strncmp(pair, "\xE2\x90\xA3", 3) != 0 &&
           (meants == 0 || (is_one(meant, meants) && is_mark(meant, meants)));
}

/* The table of letters: letters, blanks or nothing was meant, and no digit
 * (what digits mean is in no lexicon, and a digit that meant nothing may be a
 * note's). */
static bool
belongs_to_letters(const char *pair)
{
    const char *meant = strchr(pair, '\t') + 1;
    size_t meants = strlen(meant), i, size;

    if (has_digit(meant, meants) || strstr(pair, "\xE2\x90\xA3\t") != NULL ||
        (meants == 0 && has_digit(pair, (size_t)(meant - 1 - pair))))
        return false;
    for (i = 0; i < meants; i += size) {
        uint32_t cp = ufx_text_decode(meant + i, meants - i, &size);

        if (cp != 0x2423 &&
            (!ufx_char_is_letter(cp) || ufx_char_code(ufx_char_lower(cp)) == 0))
            return false;
    }
    return true;
}

static void
write_table(struct confusing *c, const char *path, bool marks)
{
    /* So many times more was meant than was seen. */
    double scale =
        c->places > 0 && c->words > c->places ? c->words / c->places : 1;
    struct row *rows = tool_allocate(c->pairs.count * sizeof *rows);
    struct replacement table;
    size_t n = 0;
    uint32_t i;

    replacement_open(&table, path);
    for (i = 0; i < c->pairs.count; i++) {
        const char *pair = c->pairs.strings[i];
        const char *meant = strchr(pair, '\t') + 1;
        uint64_t seen = counter_get(&c->seen, i + 1);
        uint32_t segment = interner_find(&c->meants, meant, strlen(meant));
        double total = *meant == '\0'
                           ? c->chars
                           : (double)counter_get(&c->totals, segment + 1);

        if (seen < c->minimum ||
            !(marks ? belongs_to_marks(pair) : belongs_to_letters(pair)))
            continue;
        rows[n].pair = pair;
        rows[n].count = seen;
        /* Half a count off: what was seen twice may well be rarer. */
        rows[n].cost = -log(((double)seen - 0.5) / (total * scale + 1));
        if (rows[n].cost < 0.05)
            rows[n].cost = 0.05;
        rows[n].cost += c->dearer;
        if (rows[n].cost <= 16)
            n++;
    }
    qsort(rows, n, sizeof *rows, compare_rows);
    fprintf(table.file,
            "# Learned by unfix-model confusions.  %s\n"
            "# read <tab> meant <tab> cost in nats%s\n",
            marks ? "Marks read for marks."
                  : "What engines print for letters and blanks.",
            marks ? "" : " <tab> place <tab> times seen");
    for (i = 0; i < n; i++) {
        fprintf(table.file, "%s\t%.2f", rows[i].pair, rows[i].cost);
        if (!marks)
            fprintf(table.file, "\tany\t%llu",
                    (unsigned long long)rows[i].count);
        putc('\n', table.file);
    }
    free(rows);
    replacement_close(&table);
}

static void
read_set(struct confusing *c, const char *folder)
{
    struct ufx_pages pages;
    unfix_error error = {0};
    size_t i;

    if (ufx_pages_open(&pages, folder, &error) != UNFIX_OK)
        tool_fail(error.message, NULL);
    for (i = 0; i < pages.count; i++) {
        struct ufx_page page;

        if (ufx_page_read(&pages, i, &page, &error) != UNFIX_OK)
            tool_fail(error.message, NULL);
        count_texts(c, page.name, page.ocr, page.ocr_length, page.gt,
                    page.gt_length);
        ufx_page_free(&page);
    }
    ufx_pages_close(&pages);
}

/* The places of real scans, of which all that is known is what went wrong. What
 * was meant there stands for all that was meant: the words read are many times
 * more, and so is each segment. */
static void
read_facts(struct confusing *c, const char *folder,
           const struct facts_part *part)
{
    size_t count, i, k;
    struct facts *facts = facts_read(folder, part, &count);

    for (i = 0; i < count; i++) {
        c->words += (double)facts[i].words;
        for (k = 0; k < facts[i].count; k++) {
            const struct fact *fact = &facts[i].list[k];

            count_texts(c, facts[i].name, fact->read, strlen(fact->read),
                        fact->meant, strlen(fact->meant));
        }
    }
    facts_free(facts, count);
}

static void
usage(FILE *file)
{
    fputs(
        "Usage: unfix-model confusions [OPTION]... SET...\n"
        "Learns what an engine reads for what from aligned pages: each SET"
        " is a folder of\nNAME.ocr.txt and NAME.gt.txt.\n\n"
        "  --output=FILE       the table of letters (confusions.tsv)\n"
        "  --marks=FILE        the table of marks (marks.tsv)\n"
        "  --minimum=N         leave out what was seen less often"
        " (default 2)\n"
        "  --share=S           of the pages to come so many are like these"
        " (default 1)\n"
        "      --facts         each SET is a folder of what went wrong in"
        " scans\n"
        "      --part=I/N      of these the documents whose names leave I when"
        " divided by N;\n                      -I/N: the others\n"
        "  -h, --help          show this help\n",
        file);
}

int
ufx_confusions_main(int argc, char **argv)
{
    static const struct option options[] = {
        {"output", required_argument, NULL, 'o'},
        {"marks", required_argument, NULL, 'm'},
        {"minimum", required_argument, NULL, 'n'},
        {"share", required_argument, NULL, 's'},
        {"facts", no_argument, NULL, 'f'},
        {"part", required_argument, NULL, 'p'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0}};
    struct confusing c = {.minimum = 2};
    const char *output = NULL, *marks = NULL;
    struct facts_part part = {0, 0, 0};
    double share;
    char *end;
    int option, i;

    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'o':
            output = optarg;
            break;
        case 'm':
            marks = optarg;
            break;
        case 'n':
            c.minimum = (unsigned)tool_number("minimum", optarg, 1, 1000000000);
            break;
        case 's':
            share = strtod(optarg, &end);
            if (*end != '\0' || !(share > 0 && share <= 1))
                tool_fail("not a share", optarg);
            c.dearer = -log(share);
            break;
        case 'f':
            c.facts = true;
            break;
        case 'p':
            part = facts_part_parse(optarg);
            break;
        case 'h':
            usage(stdout);
            return 0;
        default:
            usage(stderr);
            return 2;
        }
    }
    if (optind == argc) {
        usage(stderr);
        return 2;
    }
    for (i = optind; i < argc; i++)
        if (c.facts)
            read_facts(&c, argv[i], &part);
        else
            read_set(&c, argv[i]);
    if (output != NULL)
        write_table(&c, output, false);
    if (marks != NULL)
        write_table(&c, marks, true);
    interner_free(&c.pairs);
    interner_free(&c.meants);
    counter_free(&c.seen);
    counter_free(&c.totals);
    return 0;
}
