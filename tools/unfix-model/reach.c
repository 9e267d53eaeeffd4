/* SPDX-License-Identifier: MPL-2.0 */
#include "reach.h"

#include "metrics.h"
#include "table.h"

#include "api/objects.h"
#include "repair/explain.h"
#include "repair/window.h"
#include "text/chars.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What was done to a place. */
enum damage {
    DAMAGE_ACCENTS,
    DAMAGE_CASE,
    DAMAGE_MARKS,
    DAMAGE_SHORT,
    DAMAGE_LETTERS,
    DAMAGE_CAPITALS,
    DAMAGE_GLUED,
    DAMAGE_GLUED_MISREAD,
    DAMAGE_BROKEN,
    DAMAGE_BROKEN_MISREAD,
    DAMAGE_COUNT
};

static const char *const damage_names[DAMAGE_COUNT] = {
    "accents",  "case",  "marks",          "short words", "letters",
    "capitals", "glued", "glued, misread", "broken",      "broken, misread"};

struct ratio {
    size_t reached;
    size_t places;
};

struct measure {
    const struct reach_view *view;
    struct ratio kinds[DAMAGE_COUNT];
    struct interner missed; /* "kind: read > meant" */
    struct counter times;   /* by number + 1 */
    /* Of the document: */
    const struct facts *facts;
    size_t next; /* the place of the next paragraph */
    struct ratio ratio;
};

/* ---- Kinds of damage ---- */

static void
fold(struct ufx_metrics_text *text, const char *bytes)
{
    tool_need(ufx_metrics_text_init(text, bytes, strlen(bytes)), NULL);
}

/* The characters that count when only some kinds of them do, at `to`. */
static size_t
strip(const struct ufx_metrics_text *text, bool marks, uint32_t *to)
{
    size_t i, n = 0;

    for (i = 0; i < text->length; i++) {
        uint32_t cp = text->chars[i];

        if (cp == ' ' || cp == '-' || (!marks && !ufx_char_is_alnum(cp)))
            continue;
        to[n++] = cp;
    }
    return n;
}

static bool
is_equal(const struct ufx_metrics_text *read,
         const struct ufx_metrics_text *meant, bool marks, bool lower,
         bool unaccented)
{
    uint32_t *a = tool_allocate((read->length + 1) * sizeof *a);
    uint32_t *b = tool_allocate((meant->length + 1) * sizeof *b);
    size_t n = strip(read, marks, a), i;
    bool equal = n == strip(meant, marks, b);

    for (i = 0; equal && i < n; i++) {
        uint32_t x = lower ? ufx_char_lower(a[i]) : a[i];
        uint32_t y = lower ? ufx_char_lower(b[i]) : b[i];

        equal = x == y || (unaccented &&
                           ufx_char_unaccented(x) == ufx_char_unaccented(y));
    }
    free(a);
    free(b);
    return equal;
}

static size_t
count_blanks(const struct ufx_metrics_text *text)
{
    size_t i, n = 0;

    for (i = 0; i < text->length; i++)
        n += text->chars[i] == ' ';
    return n;
}

static enum damage
damage_of(const struct ufx_metrics_text *read,
          const struct ufx_metrics_text *meant)
{
    size_t blanks = count_blanks(read), wanted = count_blanks(meant), i;
    size_t upper = 0, letters = 0;

    for (i = 0; i < meant->length; i++) {
        upper += ufx_char_is_upper(meant->chars[i]);
        letters += ufx_char_is_letter(meant->chars[i]);
    }
    if (blanks > wanted)
        return is_equal(read, meant, true, false, false)
                   ? DAMAGE_BROKEN
                   : DAMAGE_BROKEN_MISREAD;
    if (blanks < wanted)
        return is_equal(read, meant, true, false, false) ? DAMAGE_GLUED
                                                         : DAMAGE_GLUED_MISREAD;
    if (is_equal(read, meant, false, false, false))
        return DAMAGE_MARKS;
    if (is_equal(read, meant, false, true, false))
        return DAMAGE_CASE;
    if (is_equal(read, meant, false, false, true))
        return DAMAGE_ACCENTS;
    if (letters > 1 && upper == letters)
        return DAMAGE_CAPITALS;
    return letters <= 3 ? DAMAGE_SHORT : DAMAGE_LETTERS;
}

/* ---- What a paragraph can be read as ---- */

struct maze {
    const char *text;
    size_t length;
    const struct ufx_metrics_text *goal;
    unsigned char *seen; /* by place in the text and in the goal */
    size_t *todo;
    size_t todo_count;
};

static void
visit(struct maze *m, size_t at, size_t reached)
{
    size_t state = at * (m->goal->length + 1) + reached;

    if (m->seen[state])
        return;
    m->seen[state] = 1;
    m->todo[m->todo_count++] = state;
}

/* An accent that a capital lacks is no fault: much print leaves it out. */
static bool
is_same_char(uint32_t a, uint32_t b)
{
    return a == b || (ufx_char_is_upper(a) && ufx_char_is_upper(b) &&
                      ufx_char_unaccented(a) == ufx_char_unaccented(b));
}

/* Takes `text` along the goal from *reached on; false if it leads elsewhere. */
static bool
follow(const struct maze *m, const char *text, size_t length, size_t *reached)
{
    size_t i, size;

    for (i = 0; i < length; i += size) {
        uint32_t cp =
            ufx_metrics_fold(ufx_text_decode(text + i, length - i, &size));

        if (cp == 0)
            continue;
        if (cp == ' ' && (*reached == 0 || *reached == m->goal->length ||
                          m->goal->chars[*reached - 1] == ' '))
            continue;
        if (*reached == m->goal->length ||
            !is_same_char(cp, m->goal->chars[*reached]))
            return false;
        ++*reached;
    }
    return true;
}

static bool
is_reachable(const char *text, size_t length,
             const struct ufx_replacement *list, size_t count,
             const struct ufx_metrics_text *goal)
{
    size_t width = goal->length + 1, states = (length + 1) * width, i;
    struct maze m = {text, length, goal, NULL, NULL, 0};
    bool found = false;

    m.seen = tool_allocate(states);
    m.todo = tool_allocate(states * sizeof *m.todo);
    memset(m.seen, 0, states);
    visit(&m, 0, 0);
    while (m.todo_count > 0 && !found) {
        size_t state = m.todo[--m.todo_count], at = state / width, reached;

        found = at == length && state % width == goal->length;
        if (at < length && (text[at] == ' ' || text[at] == '\n')) {
            reached = state % width;
            if (follow(&m, text + at, 1, &reached))
                visit(&m, at + 1, reached);
        }
        for (i = 0; i < count; i++) {
            reached = state % width;
            if (list[i].start == at && list[i].end > at &&
                follow(&m, list[i].text, list[i].length, &reached))
                visit(&m, list[i].end, reached);
        }
    }
    free(m.seen);
    free(m.todo);
    return found;
}

/* ---- Documents ---- */

static bool
is_wanted(const struct fact *fact)
{
    size_t i = 0, size, length = strlen(fact->meant);

    while (i < length) {
        if (ufx_char_is_letter(
                ufx_text_decode(fact->meant + i, length - i, &size)))
            return true;
        i += size;
    }
    return false;
}

static void
append(struct ufx_buffer *out, const struct fact *fact, const char *place)
{
    const char *parts[3] = {fact->before, place, fact->after};
    size_t i, start = out->length;

    for (i = 0; i < 3; i++) {
        if (parts[i][0] == '\0')
            continue;
        if (out->length > start)
            ufx_buffer_append_byte(out, ' ');
        ufx_buffer_append(out, parts[i], strlen(parts[i]));
    }
}

static void
note_miss(struct measure *m, const struct fact *fact, enum damage kind)
{
    char line[256];
    int n = snprintf(line, sizeof line, "%-16s %s\t%s", damage_names[kind],
                     fact->read, fact->meant);
    size_t length = n < (int)sizeof line ? (size_t)n : sizeof line - 1, i;

    for (i = 0; i < length; i++)
        if (line[i] == '\n')
            line[i] = '|';
    *counter_at(&m->times, interner_add(&m->missed, line, length) + 1) += 1;
}

static const struct fact *
next_fact(struct measure *m)
{
    const struct facts *f = m->facts;

    while (m->next < f->count && !is_wanted(&f->list[m->next]))
        m->next++;
    if (m->next == f->count)
        tool_fail("a place is parted by a blank line or a page's end", f->name);
    return &f->list[m->next++];
}

static void
take_paragraph(void *user, const char *text, size_t length,
               const struct ufx_replacement *list, size_t count)
{
    struct measure *m = user;
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct ufx_metrics_text read, meant, goal;
    struct ufx_buffer wanted;
    const struct fact *fact = next_fact(m);
    enum damage kind;

    ufx_buffer_init(&wanted, &memory);
    append(&wanted, fact, fact->meant);
    if (wanted.failed)
        tool_fail("out of memory", NULL);
    fold(&read, fact->read);
    fold(&meant, fact->meant);
    fold(&goal, wanted.data);
    kind = damage_of(&read, &meant);
    m->kinds[kind].places++;
    m->ratio.places++;
    if (is_reachable(text, length, list, count, &goal)) {
        m->kinds[kind].reached++;
        m->ratio.reached++;
    } else {
        note_miss(m, fact, kind);
    }
    ufx_metrics_text_free(&read);
    ufx_metrics_text_free(&meant);
    ufx_metrics_text_free(&goal);
    ufx_buffer_free(&wanted);
}

static void
print_ratio(const char *name, const struct ratio *ratio)
{
    if (ratio->places > 0)
        printf("%-16s %6zu %6zu %6.2f\n", name, ratio->places, ratio->reached,
               100.0 * (double)ratio->reached / (double)ratio->places);
}

static void
measure_document(struct measure *m, unfix_context *context)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct ufx_buffer text;
    size_t i;

    ufx_buffer_init(&text, &memory);
    for (i = 0; i < m->facts->count; i++) {
        if (!is_wanted(&m->facts->list[i]))
            continue;
        append(&text, &m->facts->list[i], m->facts->list[i].read);
        ufx_buffer_append(&text, "\n\n", 2);
    }
    m->next = 0;
    m->ratio = (struct ratio){0, 0};
    ufx_window_start(&context->worker);
    if (text.failed)
        tool_fail("out of memory", NULL);
    if (text.length > 0)
        tool_need(ufx_replacements_window(&context->worker, text.data,
                                          text.length, take_paragraph, m),
                  m->facts->name);
    ufx_buffer_free(&text);
    if (m->view->documents)
        print_ratio(m->facts->name, &m->ratio);
}

/* ---- The report ---- */

struct miss {
    const char *line;
    uint64_t times;
};

static int
compare_misses(const void *left, const void *right)
{
    const struct miss *a = left, *b = right;

    if (a->times != b->times)
        return a->times < b->times ? 1 : -1;
    return strcmp(a->line, b->line);
}

static void
print_misses(const struct measure *m)
{
    size_t n = m->missed.count, i;
    struct miss *misses = tool_allocate((n + 1) * sizeof *misses);

    for (i = 0; i < n; i++) {
        misses[i].line = m->missed.strings[i];
        misses[i].times = counter_get(&m->times, i + 1);
    }
    qsort(misses, n, sizeof *misses, compare_misses);
    for (i = 0; i < n && i < m->view->worst; i++)
        printf("%llu\t%s\n", (unsigned long long)misses[i].times,
               misses[i].line);
    free(misses);
}

void
reach_measure(unfix_context *context, const char *folder,
              const struct reach_view *view)
{
    struct measure m = {.view = view};
    struct ratio all = {0, 0};
    size_t count, i;
    struct facts *facts = facts_read(folder, &view->part, &count);

    for (i = 0; i < count; i++) {
        m.facts = &facts[i];
        measure_document(&m, context);
        all.places += m.ratio.places;
        all.reached += m.ratio.reached;
    }
    for (i = 0; i < DAMAGE_COUNT; i++)
        print_ratio(damage_names[i], &m.kinds[i]);
    print_ratio("ALL", &all);
    print_misses(&m);
    interner_free(&m.missed);
    counter_free(&m.times);
    facts_free(facts, count);
}
