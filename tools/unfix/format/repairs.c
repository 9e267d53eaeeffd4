/* SPDX-License-Identifier: MPL-2.0 */
/* From the corrections of a text to edits of its file. */
#include "format/align.h"
#include "format/writer.h"

#include <stdlib.h>
#include <string.h>

/* One correction, or several that touch the same word, and the units they
 * touch. */
struct change {
    struct span place;  /* in the text */
    struct buffer text; /* what it becomes */
    size_t first;
    size_t last;
};

static const char crosses[] = "cannot be written into the file there";
static const char lacks[] = "the file's encoding has no such character";

/* ---- Which units --------------------------------------------------------- */

/* What both texts of a correction begin and end with does not count. */
static struct span
changed_part(const unfix_correction *c)
{
    const char *a = c->original, *b = c->replacement;
    const size_t n = c->original_length, m = c->replacement_length;
    const size_t head = common_start(a, n, b, m);
    const size_t tail = common_end(a + head, n - head, b + head, m - head);

    return (struct span){(size_t)c->offset + head,
                         (size_t)c->offset + n - tail};
}

static void
find_units(const struct document *document, struct span place, size_t *first,
           size_t *last)
{
    const struct unit *units = document->units;
    const size_t count = document->unit_count;

    *first = document_unit_at(document, place.start);
    if (*first == count)
        *first = count - 1;
    *last = *first;
    while (*last + 1 < count && units[*last + 1].text <= place.end)
        (*last)++;
    while (*first > 0 && units[*first - 1].is_tied)
        (*first)--;
    while (*last + 1 < count && units[*last].is_tied)
        (*last)++;
}

/* ---- A unit's new text --------------------------------------------------- */

/* The first unit of a change that begins a line; the end if none does. */
static size_t
next_line(const struct document *document, const struct change *change)
{
    const struct unit *units = document->units;
    size_t i = change->first + 1;

    while (i <= change->last && units[i].line == units[change->first].line)
        i++;
    return i;
}

/* Units `first` to `last` are told again as copy number `kind`; the part of it
 * that stands for a place becomes `text`. */
static void
replace_copy(struct writer *writer, int kind, size_t first, size_t last,
             struct span place, const char *text, size_t length)
{
    const struct unit *a = &writer->document->units[first];
    const struct unit *b = &writer->document->units[last];
    const struct span copy = {a->copies[kind].start + (place.start - a->text),
                              b->copies[kind].end - (b->end - place.end)};

    if (copy.start <= copy.end)
        writer_replace_copy(writer, copy, text, length);
}

/* What tells the units again together.  The last kind is told for each unit
 * alone: it changes with the unit's text, unless only this is written.  Lines
 * may be told apart from each other: what stands before the end of a line goes
 * to the first. */
static void
replace_copies(struct writer *writer, const struct change *change,
               bool is_simple)
{
    const struct unit *units = writer->document->units;
    const size_t next = next_line(writer->document, change);
    const struct span place = change->place;
    const char *text = change->text.data;
    const char *newline =
        next <= change->last ? memchr(text, '\n', change->text.length) : NULL;

    if (place.start < units[change->first].text ||
        place.end > units[change->last].end)
        return;
    for (int i = 0; i < UNIT_COPIES; i++) {
        bool is_whole = i < UNIT_COPIES - 1 || is_simple;

        for (size_t k = change->first; k <= change->last; k++)
            is_whole = is_whole && units[k].copies[i].end > 0;
        if (!is_whole)
            continue;
        if (newline == NULL) {
            replace_copy(writer, i, change->first, change->last, place, text,
                         change->text.length);
            continue;
        }
        replace_copy(writer, i, change->first, next - 1,
                     (struct span){place.start, units[next - 1].end}, text,
                     (size_t)(newline - text));
        replace_copy(writer, i, next, change->last,
                     (struct span){units[next].text, place.end}, newline + 1,
                     change->text.length - (size_t)(newline + 1 - text));
    }
}

/* Whoever changes the text of a unit first keeps what it was. */
static void
keep(struct writer *writer, size_t unit)
{
    const struct document *document = writer->document;
    const struct unit *u = &document->units[unit];

    if (document->format->keep == NULL || !writer->is_applied ||
        writer->owners[unit] != writer->repaired->count + 1)
        return;
    document->format->keep(writer, unit, document->text.data + u->text,
                           u->end - u->text);
}

static void
set_text(struct writer *writer, size_t unit, const char *text, size_t length)
{
    const struct document *document = writer->document;
    const struct unit *u = &document->units[unit];

    if (length == u->end - u->text &&
        (length == 0 ||
         memcmp(text, document->text.data + u->text, length) == 0))
        return;
    writer_set(writer, u, text, length);
    keep(writer, unit);
}

static bool
has_blank(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (is_blank_byte(text[i]))
            return true;
    }
    return false;
}

static size_t
count_words(const char *text, size_t length)
{
    const struct words words = {text, length, 0};
    size_t count = 0, at = 0, n;
    const char *word;

    while (words_next(&words, &at, &word, &n))
        count++;
    return count;
}

/* ---- Units that become one, or one that becomes several -------------------
 */

struct texts {
    struct span *items; /* of units change->first..., into text */
    bool *are_joined;   /* with the one before */
    struct buffer text;
};

/* Lines that a word goes over: it goes to the line where it begins. */
static void
join_free(struct writer *writer, size_t first, const struct span *spans,
          const char *text, size_t count)
{
    struct buffer out = {0};
    size_t taken = 0; /* of the next one's text */

    for (size_t i = 0; i < count; i++) {
        const size_t start = spans[i].start + taken;

        buffer_append(&out, text + start, spans[i].end - start);
        taken = 0;
        if (i + 1 < count) {
            const char *next = text + spans[i + 1].start;
            const size_t length = spans[i + 1].end - spans[i + 1].start;
            size_t end = 0;

            while (end < length && !is_blank_byte(next[end]))
                end++;
            buffer_append(&out, next, end);
            taken = end;
            while (taken < length && is_blank_byte(next[taken]))
                taken++;
        }
        set_text(writer, first + i, out.data, out.length);
        writer->repaired->failed |= out.failed;
        buffer_clear(&out);
    }
    buffer_free(&out);
}

static void
set_words(struct writer *writer, size_t first, size_t last, const char *text,
          size_t length)
{
    const struct document *document = writer->document;
    const struct unit *units = document->units;
    const struct words words = {text, length, count_words(text, length)};
    bool is_plain = document->format->copy != NULL;

    for (size_t i = first; i <= last; i++)
        is_plain = is_plain && !units[i].has_markup && !units[i].is_free;
    if (first == last && (words.count < 2 || !is_plain || units[first].is_free))
        set_text(writer, first, text, length);
    else if (is_plain)
        writer_rewrite(writer, first, last, &words);
    else if (document->format->extent != NULL) {
        set_text(writer, first, text, length);
        for (size_t i = first + 1; i <= last; i++)
            writer_erase(writer, i);
    } else
        writer->cannot = true;
}

static void
set_run(struct writer *writer, size_t first, const struct span *spans,
        const char *text, size_t count)
{
    const struct unit *units = writer->document->units;
    struct buffer joined = {0};
    size_t low = 0, high = count;

    while (low < high && spans[low].start == spans[low].end)
        writer_erase(writer, first + low++);
    while (high > low && spans[high - 1].start == spans[high - 1].end)
        writer_erase(writer, first + --high);
    for (size_t i = low; i < high; i++) {
        if (units[first + i].is_free && high - low > 1) {
            join_free(writer, first + low, spans + low, text, high - low);
            buffer_free(&joined);
            return;
        }
        buffer_append(&joined, text + spans[i].start,
                      spans[i].end - spans[i].start);
    }
    writer->repaired->failed |= joined.failed;
    if (low < high && !joined.failed)
        set_words(writer, first + low, first + high - 1, joined.data,
                  joined.length);
    buffer_free(&joined);
}

/* ---- Aligning ------------------------------------------------------------ */

/* Where the new text of a unit is in that of the change. */
static struct span
new_span(const struct document *document, const struct change *change,
         const struct alignment *alignment, size_t unit)
{
    const struct unit *u = &document->units[unit];
    const struct span place = change->place;
    struct span span = {0, change->text.length};

    if (u->text > place.end)
        return (struct span){span.end, span.end};
    /* What is put in before a hyphen belongs to the word before it. */
    if (u->text > place.start ||
        (u->text == place.start && u->glue == GLUE_NONE && unit > 0)) {
        const size_t before =
            unit > 0 ? document->units[unit - 1].end : u->text;

        if (u->glue == GLUE_NONE)
            span.start = alignment->before[u->text - place.start];
        else
            span.start =
                alignment
                    ->after[before > place.start ? before - place.start : 0];
    }
    if (u->end < place.start)
        span.end = span.start;
    else if (u->end < place.end)
        span.end = alignment->before[u->end - place.start];
    return span;
}

static bool
is_joined(const struct document *document, const struct change *change,
          const struct alignment *alignment, size_t unit)
{
    const struct unit *u = &document->units[unit];
    const size_t before = document->units[unit - 1].end;

    return u->glue != GLUE_NONE && before >= change->place.start &&
           u->text <= change->place.end &&
           !alignment->is_kept[before - change->place.start];
}

/* The texts that the units of a change get. */
static void
find_texts(const struct document *document, const struct change *change,
           const struct alignment *alignment, struct texts *texts)
{
    const char *old_text = document->text.data;

    for (size_t i = change->first; i <= change->last; i++) {
        const struct unit *u = &document->units[i];
        const struct span span = new_span(document, change, alignment, i);
        const struct span place = change->place;
        struct span *item = &texts->items[i - change->first];
        const size_t head_end = u->end < place.start ? u->end : place.start;

        item->start = texts->text.length;
        if (head_end > u->text)
            buffer_append(&texts->text, old_text + u->text, head_end - u->text);
        buffer_append(&texts->text, change->text.data + span.start,
                      span.end - span.start);
        if (u->end > place.end) {
            const size_t tail = u->text > place.end ? u->text : place.end;

            buffer_append(&texts->text, old_text + tail, u->end - tail);
        }
        item->end = texts->text.length;
        texts->are_joined[i - change->first] =
            i > change->first && is_joined(document, change, alignment, i);
    }
}

/* A hyphen that stands in an element of its own goes with the join. */
static bool
goes_on(const struct document *document, const struct texts *texts,
        size_t first, size_t i)
{
    return texts->are_joined[i] ||
           (document->units[first + i].glue == GLUE_NONE &&
            texts->items[i].start == texts->items[i].end);
}

/* Both halves of a broken word, as they are now; of the second its first word,
 * to which units may have been joined.  A hyphen between them is a unit of its
 * own. */
static void
tie_halves(struct writer *writer, const struct change *change,
           const struct texts *texts, size_t first, size_t last)
{
    const struct file_format *format = writer->document->format;
    const struct span head = texts->items[first - change->first];
    const char *text = texts->text.data;
    const bool are_halves =
        !texts->are_joined[last - change->first] &&
        count_words(text + head.start, head.end - head.start) == 1;
    struct span tail = texts->items[last - change->first];
    struct buffer word = {0};

    if (format->tie == NULL)
        return;
    for (size_t i = last + 1;
         i <= change->last && texts->are_joined[i - change->first]; i++)
        tail.end = texts->items[i - change->first].end;
    buffer_append(&word, text + head.start, head.end - head.start);
    for (size_t i = tail.start; i < tail.end && !is_blank_byte(text[i]); i++)
        buffer_append(&word, text + i, 1);
    format->tie(writer, first, last, word.data, word.length, are_halves);
    writer->repaired->failed |= word.failed;
    buffer_free(&word);
}

static void
tie_all(struct writer *writer, const struct change *change,
        const struct texts *texts)
{
    const struct unit *units = writer->document->units;

    for (size_t first = change->first; first < change->last; first++) {
        size_t last = first;

        while (last < change->last && units[last].is_tied)
            last++;
        if (last > first)
            tie_halves(writer, change, texts, first, last);
        first = last;
    }
}

static void
change_units(struct writer *writer, const struct change *change,
             const struct alignment *alignment)
{
    const size_t count = change->last - change->first + 1;
    struct texts texts = {.items = calloc(count, sizeof(*texts.items)),
                          .are_joined =
                              calloc(count, sizeof(*texts.are_joined))};

    if (texts.items == NULL || texts.are_joined == NULL)
        writer->repaired->failed = true;
    else {
        /* There is a text to point into, even if it is empty. */
        buffer_append(&texts.text, "", 1);
        writer->repaired->failed |= texts.text.failed;
        buffer_clear(&texts.text);
        find_texts(writer->document, change, alignment, &texts);
        writer->repaired->failed |= texts.text.failed;
    }
    for (size_t i = 0; i < count && !writer->repaired->failed;) {
        size_t end = i + 1;

        while (end < count &&
               goes_on(writer->document, &texts, change->first, end))
            end++;
        set_run(writer, change->first + i, texts.items + i, texts.text.data,
                end - i);
        i = end;
    }
    if (!writer->repaired->failed)
        tie_all(writer, change, &texts);
    free(texts.items);
    free(texts.are_joined);
    buffer_free(&texts.text);
}

/* Within a unit, and no word more or less. */
static bool
is_simple(const struct document *document, const struct change *change)
{
    const struct unit *u = &document->units[change->first];

    if (change->first != change->last || change->place.start < u->text ||
        change->place.end > u->end)
        return false;
    if (u->is_free)
        return true;
    return !has_blank(change->text.data, change->text.length) &&
           (change->text.length > 0 ||
            change->place.end - change->place.start < u->end - u->text);
}

static void
write_change(struct writer *writer, const struct change *change)
{
    const struct document *document = writer->document;
    struct alignment *alignment;

    if (is_simple(document, change)) {
        writer_replace(writer, change->place, change->text.data,
                       change->text.length);
        replace_copies(writer, change, true);
        keep(writer, change->first);
        return;
    }
    if (change->place.end - change->place.start > ALIGN_LONGEST ||
        change->text.length > ALIGN_LONGEST) {
        writer->cannot = true;
        return;
    }
    alignment = malloc(sizeof(*alignment));
    if (alignment != NULL &&
        align(document->text.data + change->place.start,
              change->place.end - change->place.start, change->text.data,
              change->text.length, alignment)) {
        change_units(writer, change, alignment);
        replace_copies(writer, change, false);
    } else
        writer->repaired->failed = true;
    free(alignment);
}

/* ---- One repair ---------------------------------------------------------- */

/* What is not made, among repairs that are. */
static bool
is_left_out(const struct corrections *list, size_t from, size_t i)
{
    return i > from && list->items[i]->verdict != UNFIX_APPLIED;
}

/* Puts corrections `from` to `to - 1` together. */
static bool
make_change(const struct document *document, const struct corrections *list,
            size_t from, size_t to, struct change *change)
{
    const struct span start = changed_part(list->items[from]);
    const struct span end = changed_part(list->items[to - 1]);
    size_t at = start.start;

    *change = (struct change){.place = {start.start, end.end}};
    for (size_t i = from; i < to; i++) {
        const unfix_correction *c = list->items[i];
        const struct span part = changed_part(c);

        if (is_left_out(list, from, i))
            continue;
        buffer_append(&change->text, document->text.data + at, part.start - at);
        buffer_append(&change->text,
                      c->replacement + (part.start - (size_t)c->offset),
                      c->replacement_length - c->original_length +
                          (part.end - part.start));
        at = part.end;
    }
    /* With a byte behind it, so that there is something to point at. */
    buffer_append(&change->text, "", 1);
    change->text.length -= change->text.length > 0;
    find_units(document, change->place, &change->first, &change->last);
    return !change->text.failed;
}

static size_t
add_string(struct repaired *repaired, const char *text, size_t length)
{
    const size_t at = repaired->strings.length;

    buffer_append(&repaired->strings, text, length);
    buffer_append(&repaired->strings, "", 1);
    repaired->failed |= repaired->strings.failed;
    return at;
}

/* Where a place of the text is in the file: of its first byte, or after its
 * last. */
static size_t
file_place(const struct document *document, size_t text, bool is_end)
{
    const size_t count = document->anchor_count;
    size_t at = document_anchor(document->anchors, count,
                                is_end && text > 0 ? text - 1 : text);
    const struct anchor *anchor;
    size_t within;

    if (count == 0)
        return 0;
    if (at == count)
        at = count - 1;
    anchor = &document->anchors[at];
    within = text > anchor->text ? text - anchor->text : 0;
    if (within > anchor->length)
        within = anchor->length;
    if (anchor->is_escaped)
        within = within > 0 ? anchor->size : 0;
    return encoding_origin(&document->encoding, anchor->place + within);
}

/* A correction's other texts, which are the library's, are copied. */
static void
show_words(struct repaired *repaired, struct repair *repair,
           const unfix_correction *c)
{
    repair->reason = add_string(repaired, c->reason, strlen(c->reason));
    repair->held_back = SIZE_MAX;
    if (c->held_back != NULL)
        repair->held_back =
            add_string(repaired, c->held_back, strlen(c->held_back));
    repair->other = repaired->other_count;
    for (size_t i = 0; i < c->alternative_count; i++) {
        const unfix_alternative *other = &c->alternatives[i];

        repaired->others[repaired->other_count++] =
            (unfix_alternative){.text = (const char *)(uintptr_t)add_string(
                                    repaired, other->text, other->length),
                                .length = other->length,
                                .confidence = other->confidence};
    }
}

/* What the report shows of corrections `from` to `to - 1`. */
static void
show(struct writer *writer, const struct corrections *list, size_t from,
     size_t to)
{
    const struct document *document = writer->document;
    struct repaired *repaired = writer->repaired;
    struct repair *repair = &repaired->repairs[repaired->count];
    const unfix_correction *first = list->items[from];
    const unfix_correction *last = list->items[to - 1];
    const size_t start = (size_t)first->offset;
    const size_t end = (size_t)(last->offset + last->length);
    struct buffer text = {0};
    size_t at = start;

    *repair = (struct repair){.shown = *first, .place = {start, end}};
    for (size_t i = from; i < to; i++) {
        const unfix_correction *c = list->items[i];

        if (is_left_out(list, from, i))
            continue;
        buffer_append(&text, document->text.data + at, (size_t)c->offset - at);
        buffer_append(&text, c->replacement, c->replacement_length);
        at = (size_t)(c->offset + c->length);
        if (c->confidence < repair->shown.confidence)
            repair->shown.confidence = c->confidence;
    }
    repaired->failed |= text.failed;
    repair->original =
        add_string(repaired, document->text.data + start, end - start);
    repair->shown.original_length = end - start;
    repair->replacement = add_string(repaired, text.data, text.length);
    repair->shown.replacement_length = text.length;
    buffer_free(&text);
    show_words(repaired, repair, first);
    repair->shown.offset = file_place(document, start, false);
    repair->shown.length = file_place(document, end, end > start);
    repair->shown.length = repair->shown.length > repair->shown.offset
                               ? repair->shown.length - repair->shown.offset
                               : 0;
}

static void
hold_back(struct repair *repair, const char *why)
{
    repair->edits = 0;
    if (repair->shown.verdict != UNFIX_APPLIED)
        return;
    repair->shown.verdict = UNFIX_PROPOSED;
    repair->held_back = SIZE_MAX;
    repair->shown.held_back = why;
}

/* Whether all units are free for the repair, or its own already. */
static bool
may_change(const struct writer *writer, const struct change *change)
{
    for (size_t i = change->first; i <= change->last; i++) {
        const size_t owner = writer->owners[i];

        if (owner != 0 && owner != writer->repaired->count + 1 &&
            !writer->document->units[i].is_free)
            return false;
    }
    return true;
}

static void
write_repair(struct writer *writer, const struct corrections *list, size_t from,
             size_t to)
{
    struct repaired *repaired = writer->repaired;
    struct repair *repair = &repaired->repairs[repaired->count];
    struct change change = {0};

    show(writer, list, from, to);
    repair->edit = repaired->edit_count;
    writer->cannot = writer->lacks_sign = false;
    writer->confidence = repair->shown.confidence;
    writer->is_applied = repair->shown.verdict == UNFIX_APPLIED;
    if (!make_change(writer->document, list, from, to, &change))
        repaired->failed = true;
    else if (may_change(writer, &change))
        write_change(writer, &change);
    buffer_free(&change.text);
    repair->edits = repaired->edit_count - repair->edit;
    if (writer->cannot || repair->edits == 0) {
        repaired->edit_count = repair->edit;
        hold_back(repair, writer->lacks_sign ? lacks : crosses);
    }
    repaired->count++;
}

/* ---- All of them --------------------------------------------------------- */

/* Repairs that touch the same word are one, and what is not made between them
 * is left out.  Returns the end of those that go with number `from`, and makes
 * the units theirs. */
static size_t
find_group(struct writer *writer, const struct corrections *list, size_t from,
           size_t owner)
{
    const struct document *document = writer->document;
    const size_t count = list->count;
    size_t first, last, to = from + 1;

    find_units(document, changed_part(list->items[from]), &first, &last);
    for (size_t i = to; i < count; i++) {
        const unfix_correction *c = list->items[i];
        size_t next, end;

        find_units(document, changed_part(c), &next, &end);
        if (next > last || (next == end && document->units[next].is_free))
            break;
        if (c->verdict != UNFIX_APPLIED)
            continue;
        last = end;
        to = i + 1;
    }
    for (size_t i = first; i <= last; i++) {
        if (writer->owners[i] == 0)
            writer->owners[i] = owner;
    }
    return to;
}

static void
write_repairs(struct writer *writer, const struct corrections *list,
              size_t *ends)
{
    const size_t count = list->count;
    size_t number = 0;

    for (size_t i = 0; i < count; i = ends[i], number++) {
        ends[i] = i + 1;
        if (list->items[i]->verdict == UNFIX_APPLIED)
            ends[i] = find_group(writer, list, i, number + 1);
    }
    for (size_t i = 0; i < count && !writer->repaired->failed; i = ends[i])
        write_repair(writer, list, i, ends[i]);
}

static int
compare_edits(const void *left, const void *right)
{
    const struct edit *a = *(const struct edit *const *)left;
    const struct edit *b = *(const struct edit *const *)right;

    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return a < b ? -1 : a > b;
}

/* The edits that are to be made, in the file's order; NULL without memory. */
static struct edit **
sort_edits(struct repaired *repaired, size_t *count)
{
    struct edit **sorted = malloc((repaired->edit_count + 1) * sizeof(*sorted));

    *count = 0;
    if (sorted == NULL)
        return NULL;
    for (size_t i = 0; i < repaired->count; i++) {
        const struct repair *repair = &repaired->repairs[i];

        for (size_t k = 0; k < repair->edits; k++) {
            if (repair->shown.verdict == UNFIX_APPLIED)
                sorted[(*count)++] = &repaired->edits[repair->edit + k];
        }
    }
    qsort(sorted, *count, sizeof(struct edit *), compare_edits);
    return sorted;
}

/* Puts the edits in; false where two of them overlap, and the second one's
 * repair is held back. */
static bool
splice(struct repaired *repaired, const struct document *document,
       const char *bytes, size_t length, struct edit *const *edits,
       size_t count)
{
    size_t at = 0;

    buffer_clear(&repaired->output);
    for (size_t i = 0; i < count; i++) {
        struct edit *edit = edits[i];

        if (edit->start < at) {
            hold_back(&repaired->repairs[edit->repair], crosses);
            return false;
        }
        buffer_append(&repaired->output, bytes + at, edit->start - at);
        edit->out = repaired->output.length;
        encoding_write(&document->encoding, repaired->strings.data + edit->text,
                       edit->length, &repaired->output);
        at = edit->end;
    }
    buffer_append(&repaired->output, bytes + at, length - at);
    repaired->failed |= repaired->output.failed;
    return true;
}

/* Where a place of the file is in the output: edits that begin before it have
 * moved it, and one that reaches over it has taken it to its end.  *next is the
 * number of the first edit that may begin later. */
static uint64_t
output_place(struct edit *const *edits, size_t count, size_t *next,
             uint64_t place)
{
    const struct edit *last;

    while (*next < count && edits[*next]->start < place)
        (*next)++;
    if (*next == 0)
        return place;
    last = edits[*next - 1];
    return last->out + last->written +
           (place > last->end ? place - last->end : 0);
}

/* The repairs' places in the output. */
static void
place_repairs(struct repaired *repaired, struct edit *const *edits,
              size_t count)
{
    size_t next = 0;

    for (size_t i = 0; i < repaired->count; i++) {
        unfix_correction *shown = &repaired->repairs[i].shown;
        size_t behind;

        shown->out_offset = output_place(edits, count, &next, shown->offset);
        behind = next;
        shown->out_length =
            output_place(edits, count, &behind, shown->offset + shown->length) -
            shown->out_offset;
    }
}

static int
compare_repairs(const void *left, const void *right)
{
    const struct repair *a = left;
    const struct repair *b = right;

    if (a->shown.offset != b->shown.offset)
        return a->shown.offset < b->shown.offset ? -1 : 1;
    return a->edit < b->edit ? -1 : a->edit > b->edit;
}

static void
finish(const struct document *document, const char *bytes, size_t length,
       struct repaired *repaired)
{
    struct edit **edits;
    size_t count;
    bool is_done = false;

    while (!is_done && !repaired->failed) {
        edits = sort_edits(repaired, &count);
        if (edits == NULL) {
            repaired->failed = true;
            return;
        }
        is_done = splice(repaired, document, bytes, length, edits, count);
        if (is_done) {
            qsort(repaired->repairs, repaired->count,
                  sizeof(*repaired->repairs), compare_repairs);
            place_repairs(repaired, edits, count);
        }
        free(edits);
    }
}

static bool
open_writer(struct writer *writer, const struct corrections *list)
{
    size_t others = 1;

    const struct document *document = writer->document;
    struct repaired *repaired = writer->repaired;

    repaired->repairs = calloc(list->count + 1, sizeof(*repaired->repairs));
    repaired->capacity = list->count + 1;
    for (size_t i = 0; i < list->count; i++)
        others += list->items[i]->alternative_count;
    repaired->others = calloc(others, sizeof(*repaired->others));
    repaired->other_capacity = others;
    memcpy(repaired->encoding, document->encoding.name, ENCODING_NAME_SIZE);
    repaired->is_text = document->format->is_sections;
    buffer_append(&repaired->text, document->text.data, document->text.length);
    writer->owners = calloc(document->unit_count + 1, sizeof(*writer->owners));
    writer->left = calloc(document->line + 1, sizeof(*writer->left));
    writer->firsts = calloc(document->line + 1, sizeof(*writer->firsts));
    writer->added = calloc(document->line + 1, sizeof(*writer->added));
    if (repaired->repairs == NULL || repaired->others == NULL ||
        writer->owners == NULL || writer->left == NULL ||
        writer->firsts == NULL || writer->added == NULL)
        return false;
    for (size_t i = 0; i < document->unit_count; i++) {
        const size_t line = document->units[i].line;

        if (writer->left[line]++ == 0)
            writer->firsts[line] = i;
    }
    return true;
}

bool
format_write(const struct document *document, const struct corrections *list,
             bool keeps_empty, struct repaired *repaired)
{
    const size_t count = list->count;
    struct writer writer = {
        .document = document, .repaired = repaired, .keeps_empty = keeps_empty};
    size_t *ends = calloc(count + 1, sizeof(*ends));

    *repaired = (struct repaired){0};
    if (ends == NULL || !open_writer(&writer, list))
        repaired->failed = true;
    else if (document->unit_count > 0)
        write_repairs(&writer, list, ends);
    finish(document, document->file, document->file_length, repaired);
    free(ends);
    free(writer.owners);
    free(writer.left);
    free(writer.firsts);
    free(writer.added);
    return !repaired->failed;
}
