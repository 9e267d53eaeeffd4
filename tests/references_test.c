/* SPDX-License-Identifier: MPL-2.0 */
/* references_test FILE: references that are right stay, and misread ones come
 * back or stay as they are; none becomes another.
 *
 * In the file each reference is {KIND|TEXT}.  A round misreads every second
 * reference in one of the ways below, drawn by a seed, and repairs the whole
 * text. */
#include "unfix.h"

#include "read_file.h"
#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

#define ROUNDS 12
#define MOST_ITEMS 1000
#define ITEM_BYTES 64

/* Of a hundred misread ones, so many must come back at least. */
#define MENDED_LEAST 80

struct item {
    char kind;
    char text[ITEM_BYTES];
    size_t start; /* in the text as it is given to the library */
    size_t end;
    const char *way; /* how it was misread; NULL: it was not */
};

struct document {
    char *text;
    size_t length;
    struct item items[MOST_ITEMS];
    size_t count;
};

static const char *references;
static uint64_t state;

static size_t
draw(size_t below)
{
    state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (size_t)(state >> 33) % below;
}

/* ---- Ways of misreading ---- */

/* Where `from` is read as `to`, in which kinds of references, and what stands
 * before and behind: . any, # a figure, A a capital, < the beginning, > the
 * end, else the character itself. */
struct way {
    const char *kinds;
    char before;
    const char *from;
    char behind;
    const char *to;
};

static const struct way ways[] = {
    /* figures */
    {"sbqdyn", '.', "1", '#', "l"},
    {"sbqdyn", '#', "1", '.', "l"},
    {"sbqyn", '#', "1", '.', "I"},
    {"sbqdyn", '#', "0", '.', "O"},
    {"y", '<', "1", '9', "/"},
    {"y", '<', "1", '9', "l"},
    {"n", '<', "1", '.', "l"},
    {"sb", '.', "1", '>', "l"},
    /* symbols */
    {"s", 'A', ".", '#', ","},
    {"s", '/', "C", '.', "c"},
    {"s", '/', "C", 'O', "IC"},
    {"s", '/', "L", '.', "IL"},
    {"s", '/', "RES", '/', "IRES"},
    {"s", '.', "Add", '.', "Acd"},
    {"s", '.', "Rev", '.', "rev"},
    {"s", '/', "CONF", '.', "CQNF"},
    {"s", 'A', "/", '#', "l"},
    {"b", '<', "[", 'A', "f"},
    {"b", '<', "[", 'A', "{"},
    {"b", '#', "]", '>', "J"},
    /* ordinals */
    {"mf", '#', "º", '>', "*"},
    {"mf", '#', "º", '>', "\""},
    {"mf", '#', "º", '>', "?"},
    {"mf", '#', "º", '>', "%"},
    {"mf", '#', "º", '>', "¢"},
    {"f", '#', "ª", '>', "*"},
    {"f", '#', "ª", '>', "\""},
    {"f", '#', "ª", '>', "?"},
    {"f", '#', "ª", '>', "”"},
    {"f", '#', "ª", '>', "º"},
    {"f", '#', "ª", '>', "°"},
    {"f", '#', "ª", '>', "2"},
    {"a", '#', "a.", '>', "a,"},
    {"a", '#', "a.", '>', "0."},
    /* numerals */
    {"r", '.', "I", '.', "l"},
    {"r", '.', "II", '.', "Il"},
    {"r", '<', "III", '>', "lll"},
    {"r", '<', "III", '>', "111"},
    {"r", '.', "II", '>', "H"},
    {"r", '.', "V", 'I', "Y"},
    /* per cent */
    {"p", '<', "%", '>', "o/o"},
    {"p", '<', "%", '>', "°/o"},
    /* lists */
    {"l", '#', ".", '>', ","},
    {"l", '#', ".", '>', ":"},
    {"l", '<', "1", '#', "/"},
    {"l", '<', "1", '#', "l"},
    {"k", '.', ")", '>', "}"},
};

static bool
fits(char wanted, const char *text, const char *at)
{
    switch (wanted) {
    case '.':
        return true;
    case '#':
        return at >= text && *at >= '0' && *at <= '9';
    case 'A':
        return at >= text && *at >= 'A' && *at <= 'Z';
    case '<':
        return at < text;
    case '>':
        return *at == '\0';
    default:
        return at >= text && *at == wanted;
    }
}

/* Misreads `text` by one way at one place, drawn from all that there are. */
static const char *
misread(char kind, const char *text, char *out)
{
    const struct way *found = NULL;
    const char *place = NULL, *at;
    size_t n = 0, i;

    for (i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (strchr(ways[i].kinds, kind) == NULL)
            continue;
        for (at = text; (at = strstr(at, ways[i].from)) != NULL; at++)
            if (fits(ways[i].before, text, at - 1) &&
                fits(ways[i].behind, text, at + strlen(ways[i].from)) &&
                draw(++n) == 0) {
                found = &ways[i];
                place = at;
            }
    }
    if (found == NULL) {
        strcpy(out, text);
        return NULL;
    }
    sprintf(out, "%.*s%s%s", (int)(place - text), text, found->to,
            place + strlen(found->from));
    return found->to;
}

/* ---- The document ---- */

/* The text of the file, with one reference in `every` misread (0: none). */
static void
make(struct document *d, const char *source, size_t every)
{
    const char *at = source;

    d->text = malloc(2 * strlen(source) + 1);
    d->length = d->count = 0;
    while (*at != '\0') {
        struct item *item = &d->items[d->count];
        const char *end = strchr(at, '}');
        char shown[2 * ITEM_BYTES];

        if (*at != '{') {
            d->text[d->length++] = *at++;
            continue;
        }
        ck_assert_uint_lt(d->count, MOST_ITEMS);
        ck_assert(end != NULL && end - at > 3 && end - at < ITEM_BYTES);
        item->kind = at[1];
        memcpy(item->text, at + 3, (size_t)(end - at) - 3);
        item->text[end - at - 3] = '\0';
        strcpy(shown, item->text);
        item->way = every > 0 && draw(every) == 0
                        ? misread(item->kind, item->text, shown)
                        : NULL;
        item->start = d->length;
        memcpy(d->text + d->length, shown, strlen(shown));
        d->length += strlen(shown);
        item->end = d->length;
        d->count++;
        at = end + 1;
    }
    d->text[d->length] = '\0';
}

/* The references without the head of the file. */
static char *
read_references(void)
{
    size_t length;
    char *all = read_file(references, &length), *text = all;

    while (*text == '#')
        text = strchr(text, '\n') + 1;
    memmove(all, text, strlen(text) + 1);
    return all;
}

struct tool {
    unfix_model *model;
    unfix_context *context;
    unfix_result *result;
};

static void
open_tool(struct tool *t)
{
    ck_assert_int_eq(unfix_model_load(UNFIX_TEST_MODEL, NULL, &t->model, NULL),
                     UNFIX_OK);
    ck_assert_int_eq(
        unfix_context_new(t->model, NULL, NULL, NULL, &t->context, NULL),
        UNFIX_OK);
    ck_assert_int_eq(unfix_result_new(NULL, &t->result), UNFIX_OK);
}

static void
close_tool(struct tool *t)
{
    unfix_result_free(t->result);
    unfix_context_free(t->context);
    unfix_model_release(t->model);
}

/* What the reference has become: the corrections that touch it applied. */
static void
repaired(const struct tool *t, const struct document *d,
         const struct item *item, char *out)
{
    size_t i, at = item->start, n = 0;

    for (i = 0; i < unfix_result_correction_count(t->result); i++) {
        const unfix_correction *c = unfix_result_correction(t->result, i);

        if (c->verdict != UNFIX_APPLIED || c->offset < at ||
            c->offset + c->length > item->end)
            continue;
        memcpy(out + n, d->text + at, (size_t)c->offset - at);
        n += (size_t)c->offset - at;
        memcpy(out + n, c->replacement, c->replacement_length);
        n += c->replacement_length;
        at = (size_t)(c->offset + c->length);
    }
    memcpy(out + n, d->text + at, item->end - at);
    out[n + item->end - at] = '\0';
}

/* ---- The tests ---- */

static struct document document;

START_TEST(right_ones_stay)
{
    char *source = read_references();
    struct tool t;
    size_t i;

    open_tool(&t);
    make(&document, source, 0);
    ck_assert_uint_ge(document.count, 400);
    ck_assert_int_eq(unfix_correct(t.context, document.text, document.length,
                                   t.result, NULL),
                     UNFIX_OK);
    for (i = 0; i < unfix_result_correction_count(t.result); i++) {
        const unfix_correction *c = unfix_result_correction(t.result, i);

        if (c->verdict == UNFIX_APPLIED)
            ck_abort_msg("%s -> %s", c->original, c->replacement);
    }
    ck_assert_str_eq(unfix_result_text(t.result, NULL), document.text);
    free(document.text);
    free(source);
    close_tool(&t);
}
END_TEST

START_TEST(misread_ones_come_back)
{
    size_t misread_count = 0, mended = 0, wrong = 0, i;
    char *source = read_references(), now[4 * ITEM_BYTES];
    struct tool t;
    int round;

    open_tool(&t);
    for (round = 1; round <= ROUNDS; round++) {
        state = (uint64_t)round;
        make(&document, source, 2);
        ck_assert_int_eq(unfix_correct(t.context, document.text,
                                       document.length, t.result, NULL),
                         UNFIX_OK);
        for (i = 0; i < document.count; i++) {
            const struct item *item = &document.items[i];
            size_t length = item->end - item->start;

            repaired(&t, &document, item, now);
            misread_count += item->way != NULL;
            if (strcmp(now, item->text) == 0) {
                mended += item->way != NULL;
                continue;
            }
            if (strlen(now) == length &&
                memcmp(now, document.text + item->start, length) == 0) {
                if (getenv("UNFIX_TEST_LEFT") != NULL)
                    printf("left: %.*s, should be %s\n", (int)length,
                           document.text + item->start, item->text);
                continue;
            }
            wrong++;
            printf("%.*s became %s and should be %s\n", (int)length,
                   document.text + item->start, now, item->text);
        }
        free(document.text);
    }
    printf("misread %zu, mended %zu, wrong %zu\n", misread_count, mended,
           wrong);
    ck_assert_uint_gt(misread_count, 1000);
    ck_assert_uint_ge(mended * 100, misread_count * MENDED_LEAST);
    ck_assert_uint_eq(wrong, 0);
    free(source);
    close_tool(&t);
}
END_TEST

int
main(int argc, char **argv)
{
    const TTest *const tests[] = {right_ones_stay, misread_ones_come_back};

    if (argc != 2)
        return 2;
    references = argv[1];
    return unit_run("references", tests, sizeof tests / sizeof *tests);
}
