/* SPDX-License-Identifier: MPL-2.0 */
/* lib/repair/corrections.c: two passes put together. */
#include "repair/corrections.h"

#include "unit.h"

#include <inttypes.h>
#include <stdio.h>

/* A text on its way through two passes. */
struct bench {
    struct unit_memory memory;
    struct ufx_arena arena;
    struct ufx_buffer input;
    struct ufx_buffer between;
    struct ufx_buffer output;
    struct ufx_corrections first;
    struct ufx_corrections second;
    struct ufx_corrections composed;
};

static void
bench_begin(struct bench *b)
{
    memset(b, 0, sizeof *b);
    unit_memory_init(&b->memory, 0);
    ufx_arena_init(&b->arena, &b->memory.memory);
    ufx_buffer_init(&b->input, &b->memory.memory);
    ufx_buffer_init(&b->between, &b->memory.memory);
    ufx_buffer_init(&b->output, &b->memory.memory);
}

static void
bench_end(struct bench *b)
{
    ufx_corrections_free(&b->first, &b->memory.memory);
    ufx_corrections_free(&b->second, &b->memory.memory);
    ufx_corrections_free(&b->composed, &b->memory.memory);
    ufx_buffer_free(&b->input);
    ufx_buffer_free(&b->between);
    ufx_buffer_free(&b->output);
    ufx_arena_free(&b->arena);
    ck_assert_uint_eq(b->memory.live, 0);
}

/* Splices the corrections into the text; what was only proposed stays. */
static void
splice(const struct ufx_buffer *text, struct ufx_corrections *corrections,
       struct ufx_buffer *out)
{
    size_t i, at = 0;

    ufx_buffer_clear(out);
    ufx_buffer_append(out, "", 0);
    for (i = 0; i < corrections->count; i++) {
        unfix_correction *c = &corrections->list[i];
        bool applied = c->verdict == UNFIX_APPLIED;

        if (c->offset < at || c->offset > text->length ||
            c->length > text->length - c->offset)
            ck_abort_msg("%s: correction %zu at %" PRIu64 "+%" PRIu64,
                         text->data, i, c->offset, c->length);
        ufx_buffer_append(out, text->data + at, (size_t)c->offset - at);
        c->out_offset = out->length;
        c->out_length = applied ? c->replacement_length : c->original_length;
        ufx_buffer_append(out, applied ? c->replacement : c->original,
                          (size_t)c->out_length);
        at = (size_t)(c->offset + c->length);
    }
    ufx_buffer_append(out, text->data + at, text->length - at);
}

static void
add(struct bench *b, struct ufx_corrections *list,
    const struct ufx_buffer *text, size_t offset, size_t length,
    const char *replacement, unfix_verdict verdict, uint32_t confidence)
{
    unfix_correction *c = ufx_corrections_add(list, &b->memory.memory);

    ck_assert_ptr_nonnull(c);
    ck_assert_uint_le(offset + length, text->length);
    c->offset = offset;
    c->length = c->original_length = length;
    c->original = ufx_arena_copy(&b->arena, text->data + offset, length);
    c->replacement_length = strlen(replacement);
    c->replacement =
        ufx_arena_copy(&b->arena, replacement, c->replacement_length);
    c->verdict = verdict;
    c->confidence = confidence;
    c->score = (int32_t)confidence * 10;
    c->known_before = 1;
    c->known_after = 1;
    c->reason = "a test";
}

static void
set_input(struct bench *b, const char *input)
{
    ufx_buffer_clear(&b->input);
    ufx_buffer_append(&b->input, input, strlen(input));
    b->first.count = b->second.count = 0;
}

/* Corrections as a test writes them: `read` is found after the one before. */
struct step {
    const char *read;
    const char *meant;
    uint32_t confidence; /* 0: only proposed, at 999 */
};

static void
add_steps(struct bench *b, struct ufx_corrections *list,
          const struct ufx_buffer *text, const struct step *steps)
{
    const char *at = text->data;

    for (; steps->read != NULL; steps++) {
        at = strstr(at, steps->read);
        ck_assert_ptr_nonnull(at);
        add(b, list, text, (size_t)(at - text->data), strlen(steps->read),
            steps->meant,
            steps->confidence > 0 ? UNFIX_APPLIED : UNFIX_PROPOSED,
            steps->confidence > 0 ? steps->confidence : 999);
        at += strlen(steps->read);
    }
}

static unfix_status
compose(struct bench *b)
{
    /* The text ends where it ends, for whoever watches over memory. */
    char *text = malloc(b->between.length + 1);
    unfix_status status;

    memcpy(text, b->between.data, b->between.length);
    text[b->between.length] = '\0';
    status = ufx_corrections_compose(&b->first, &b->second, text, &b->arena,
                                     &b->composed, &b->memory.memory);
    free(text);
    return status;
}

/* What holds whatever was composed: the input with the composed corrections
 * is the second pass of the first. */
static void
check_composed(struct bench *b)
{
    struct ufx_buffer straight;
    size_t i;

    for (i = 0; i < b->composed.count; i++) {
        const unfix_correction *c = &b->composed.list[i];

        ck_assert_uint_eq(c->length, c->original_length);
        ck_assert_uint_le(c->offset + c->length, b->input.length);
        ck_assert_mem_eq(c->original, b->input.data + c->offset,
                         (size_t)c->length);
        ck_assert_int_eq(c->original[c->original_length], '\0');
        ck_assert_int_eq(c->replacement[c->replacement_length], '\0');
    }
    ufx_buffer_init(&straight, &b->memory.memory);
    splice(&b->input, &b->composed, &straight);
    if (straight.length != b->output.length ||
        memcmp(straight.data, b->output.data, straight.length) != 0)
        ck_abort_msg("%s -> %s -> %s, but put together %s", b->input.data,
                     b->between.data, b->output.data, straight.data);
    ufx_buffer_free(&straight);
}

/* The composed corrections: offset, what was read, what was meant, how sure;
 * ? for what is only proposed.  The string lasts until the next call. */
static const char *
composed(const char *input, const struct step *first, const struct step *second)
{
    static char line[1000];
    struct bench b;
    size_t i, used = 0;

    bench_begin(&b);
    set_input(&b, input);
    add_steps(&b, &b.first, &b.input, first);
    splice(&b.input, &b.first, &b.between);
    add_steps(&b, &b.second, &b.between, second);
    splice(&b.between, &b.second, &b.output);
    ck_assert_int_eq(compose(&b), UNFIX_OK);
    check_composed(&b);
    for (i = 0; i < b.composed.count; i++) {
        const unfix_correction *c = &b.composed.list[i];

        used += (size_t)snprintf(
            line + used, sizeof line - used, "%s%" PRIu64 " [%s>%s]%u%s",
            used > 0 ? " " : "", c->offset, c->original, c->replacement,
            (unsigned)c->confidence, c->verdict == UNFIX_APPLIED ? "" : "?");
        ck_assert_uint_lt(used, sizeof line);
    }
    line[used] = '\0';
    bench_end(&b);
    return line;
}

#define STEPS(...) ((const struct step[]){__VA_ARGS__, {NULL, NULL, 0}})
#define NO_STEPS ((const struct step[]){{NULL, NULL, 0}})

START_TEST(one_pass_alone)
{
    ck_assert_str_eq(composed("", NO_STEPS, NO_STEPS), "");
    ck_assert_str_eq(
        composed("la sesién", STEPS({"sesién", "sesión", 950}), NO_STEPS),
        "3 [sesién>sesión]950");
    ck_assert_str_eq(
        composed("la sesién", NO_STEPS, STEPS({"sesién", "sesión", 950})),
        "3 [sesién>sesión]950");
    /* A proposal of the first pass stays, one of the second is not heard. */
    ck_assert_str_eq(
        composed("la sesién", STEPS({"sesién", "sesión", 0}), NO_STEPS),
        "3 [sesién>sesión]999?");
    ck_assert_str_eq(
        composed("la sesién", NO_STEPS, STEPS({"sesién", "sesión", 0})), "");
}
END_TEST

START_TEST(apart)
{
    /* What the first pass adds or takes moves what the second finds. */
    ck_assert_str_eq(composed("ab cd ef gh",
                              STEPS({"ab", "aabb", 900}, {"ef", "", 910}),
                              STEPS({"cd", "CCDD", 920}, {"gh", "G", 930})),
                     "0 [ab>aabb]900 3 [cd>CCDD]920 6 [ef>]910 9 [gh>G]930");
    ck_assert_str_eq(composed("ab cd ef", STEPS({"cd", "c", 900}),
                              STEPS({"ab", "aabb", 920}, {"ef", "e", 930})),
                     "0 [ab>aabb]920 3 [cd>c]900 6 [ef>e]930");
    /* So does not what it only proposes. */
    ck_assert_str_eq(
        composed("ab cd", STEPS({"ab", "aabb", 0}), STEPS({"cd", "c", 920})),
        "0 [ab>aabb]999? 3 [cd>c]920");
    /* Proposals of the second pass between its corrections. */
    ck_assert_str_eq(
        composed("ab cd ef gh", STEPS({"ef", "eff", 900}),
                 STEPS({"ab", "a", 920}, {"cd", "c", 0}, {"gh", "g", 930})),
        "0 [ab>a]920 6 [ef>eff]900 9 [gh>g]930");
}
END_TEST

START_TEST(touching)
{
    ck_assert_str_eq(
        composed("xabcdx", STEPS({"ab", "AAA", 900}), STEPS({"cd", "C", 950})),
        "1 [abcd>AAAC]900");
    ck_assert_str_eq(
        composed("xabcdx", STEPS({"cd", "C", 960}), STEPS({"ab", "AAA", 950})),
        "1 [abcd>AAAC]950");
    /* Two of the second pass that touch are one as well. */
    ck_assert_str_eq(
        composed("xabcdx", NO_STEPS, STEPS({"ab", "A", 960}, {"cd", "D", 950})),
        "1 [abcd>AD]950");
    /* Two of the first that nothing touches are not. */
    ck_assert_str_eq(
        composed("xabcdx", STEPS({"ab", "A", 960}, {"cd", "D", 950}), NO_STEPS),
        "1 [ab>A]960 3 [cd>D]950");
    /* A letter in between keeps them apart. */
    ck_assert_str_eq(
        composed("xab cdx", STEPS({"ab", "A", 900}), STEPS({"cd", "C", 950})),
        "1 [ab>A]900 4 [cd>C]950");
    /* What takes nothing may still touch. */
    ck_assert_str_eq(
        composed("abcd", STEPS({"bc", "", 900}), STEPS({"d", "D", 950})),
        "1 [bcd>D]900");
}
END_TEST

START_TEST(overlapping)
{
    ck_assert_str_eq(composed("la abcd de", STEPS({"abc", "xyz", 900}),
                              STEPS({"zd", "w", 950})),
                     "3 [abcd>xyw]900");
    ck_assert_str_eq(composed("la abcd de", STEPS({"bcd", "xyz", 960}),
                              STEPS({"ax", "w", 950})),
                     "3 [abcd>wyz]950");
    /* Within what the first has put, and around it. */
    ck_assert_str_eq(composed("la ab de", STEPS({"ab", "uvwx", 900}),
                              STEPS({"vw", "V", 950})),
                     "3 [ab>uVx]900");
    ck_assert_str_eq(composed("la ab de", STEPS({"ab", "u", 970}),
                              STEPS({"la u de", "L", 950})),
                     "0 [la ab de>L]950");
}
END_TEST

START_TEST(one_over_two)
{
    ck_assert_str_eq(
        composed("la coope ra cién y",
                 STEPS({"coope ra", "coopera", 900}, {"cién", "ción", 910}),
                 STEPS({"coopera ción", "cooperación", 950})),
        "3 [coope ra cién>cooperación]900");
    /* Two over one, two over two in a chain. */
    ck_assert_str_eq(composed("la ab de", STEPS({"ab", "uvwx", 970}),
                              STEPS({"u", "U", 960}, {"x", "X", 950})),
                     "3 [ab>UvwX]950");
    ck_assert_str_eq(composed("abcdefgh",
                              STEPS({"bc", "12", 970}, {"fg", "34", 940}),
                              STEPS({"a1", "A", 960}, {"2de3", "D", 950})),
                     "0 [abcdefg>AD4]940");
    /* What follows counts from the right place. */
    ck_assert_str_eq(composed("ab cd ef gh",
                              STEPS({"ab", "a", 970}, {"cd", "c", 940}),
                              STEPS({"a c", "ac", 960}, {"gh", "g", 950})),
                     "0 [ab cd>ac]940 9 [gh>g]950");
}
END_TEST

START_TEST(taken_back)
{
    ck_assert_str_eq(
        composed("la ab de", STEPS({"ab", "x", 900}), STEPS({"x", "ab", 950})),
        "");
    ck_assert_str_eq(composed("la ab de", STEPS({"ab", "xyz", 900}),
                              STEPS({"xyz d", "ab d", 950}, {"e", "E", 960})),
                     "3 [ab de>ab dE]900");
    /* The others stay, at their places. */
    ck_assert_str_eq(
        composed("ab cd ef",
                 STEPS({"ab", "a", 900}, {"cd", "xyz", 910}, {"ef", "e", 920}),
                 STEPS({"xyz", "cd", 950})),
        "0 [ab>a]900 6 [ef>e]920");
    ck_assert_str_eq(composed("ab cd ef", STEPS({"ab", "abab", 900}),
                              STEPS({"abab", "ab", 910}, {"ef", "e", 920})),
                     "6 [ef>e]920");
}
END_TEST

START_TEST(proposals_are_dropped)
{
    ck_assert_str_eq(composed("la abcd de", STEPS({"bc", "x", 0}),
                              STEPS({"abcd", "A", 950})),
                     "3 [abcd>A]950");
    ck_assert_str_eq(
        composed("la abcd de", STEPS({"ab", "x", 0}), STEPS({"bc", "B", 950})),
        "4 [bc>B]950");
    ck_assert_str_eq(
        composed("la abcd de", STEPS({"cd", "x", 0}), STEPS({"bc", "B", 950})),
        "4 [bc>B]950");
    /* One that goes on beyond, to where the next one is. */
    ck_assert_str_eq(
        composed("abcdefgh", STEPS({"abcdef", "x", 0}),
                 STEPS({"b", "BB", 950}, {"d", "", 960}, {"h", "H", 970})),
        "1 [b>BB]950 3 [d>]960 7 [h>H]970");
    /* Others stay; and none makes the whole less sure. */
    ck_assert_str_eq(composed("ab cd ef gh",
                              STEPS({"ab", "x", 0}, {"cd", "cc", 960},
                                    {"ef", "x", 0}, {"gh", "x", 0}),
                              STEPS({"cc ef", "C", 950})),
                     "0 [ab>x]999? 3 [cd ef>C]950 9 [gh>x]999?");
}
END_TEST

/* What a correction says beside its text. */
START_TEST(parts_weaken_the_whole)
{
    static const unfix_alternative others[] = {{.text = "z", .length = 1}};
    struct bench b;
    unfix_correction *a, *c;

    bench_begin(&b);
    set_input(&b, "ab cd");
    add(&b, &b.first, &b.input, 0, 2, "xx", UNFIX_APPLIED, 900);
    splice(&b.input, &b.first, &b.between);
    add(&b, &b.second, &b.between, 1, 2, "yy", UNFIX_APPLIED, 950);
    add(&b, &b.second, &b.between, 4, 1, "zz", UNFIX_APPLIED, 940);
    splice(&b.between, &b.second, &b.output);
    a = &b.first.list[0];
    a->known_before = 0;
    b.second.list[0].alternatives = b.second.list[1].alternatives = others;
    b.second.list[0].alternative_count = b.second.list[1].alternative_count = 1;
    b.second.list[0].kind = UNFIX_CLASS_LOST;
    b.second.list[0].known_after = 0;
    ck_assert_int_eq(compose(&b), UNFIX_OK);
    check_composed(&b);
    ck_assert_uint_eq(b.composed.count, 2);
    c = &b.composed.list[0];
    ck_assert_int_eq(c->verdict, UNFIX_APPLIED);
    ck_assert_uint_eq(c->confidence, 900);
    ck_assert_int_eq(c->score, 9000);
    ck_assert_uint_eq(c->known_before, 0);
    ck_assert_uint_eq(c->known_after, 0);
    ck_assert_uint_eq(c->alternative_count, 0);
    ck_assert_ptr_null(c->alternatives);
    ck_assert_int_eq(c->kind, UNFIX_CLASS_LOST);
    ck_assert_str_eq(c->reason, "a test");
    /* What stands alone keeps all it had. */
    c = &b.composed.list[1];
    ck_assert_uint_eq(c->confidence, 940);
    ck_assert_int_eq(c->score, 9400);
    ck_assert_uint_eq(c->known_before, 1);
    ck_assert_uint_eq(c->known_after, 1);
    ck_assert_uint_eq(c->alternative_count, 1);
    ck_assert_ptr_eq(c->alternatives, others);
    bench_end(&b);
}
END_TEST

/* ---- Any two passes ---- */

/* Corrections of the text at random places, with at least `gap` bytes between
 * two of them.  Few letters, so that much is taken back by chance. */
static void
add_random(struct bench *b, struct ufx_corrections *list,
           const struct ufx_buffer *text, size_t gap, uint64_t *seed)
{
    size_t at = unit_below(seed, 5);

    list->count = 0;
    while (at <= text->length) {
        size_t length = unit_below(seed, 4), n = unit_below(seed, 4), i;
        char replacement[4];

        if (length > text->length - at)
            length = text->length - at;
        for (i = 0; i < n; i++)
            replacement[i] = "ab"[unit_below(seed, 2)];
        replacement[n] = '\0';
        add(b, list, text, at, length, replacement,
            unit_below(seed, 4) == 0 ? UNFIX_PROPOSED : UNFIX_APPLIED,
            (uint32_t)unit_below(seed, 1001));
        at += length + gap + unit_below(seed, 6);
    }
}

static void
random_passes(struct bench *b, size_t gap, uint64_t *seed)
{
    size_t n = unit_below(seed, 40);

    set_input(b, "");
    while (n-- > 0)
        ufx_buffer_append_byte(&b->input, "ab"[unit_below(seed, 2)]);
    add_random(b, &b->first, &b->input, gap, seed);
    splice(&b->input, &b->first, &b->between);
    add_random(b, &b->second, &b->between, gap, seed);
    splice(&b->between, &b->second, &b->output);
}

/* Three passes, put together one after another, as the library does. */
START_TEST(any_passes_compose)
{
    uint64_t seed = 71;
    int round;

    for (round = 0; round < 6000; round++) {
        struct ufx_corrections spare;
        struct bench b;

        bench_begin(&b);
        random_passes(&b, 0, &seed);
        ck_assert_int_eq(compose(&b), UNFIX_OK);
        check_composed(&b);
        spare = b.first;
        b.first = b.composed;
        b.composed = spare;
        splice(&b.input, &b.first, &b.between);
        add_random(&b, &b.second, &b.between, 0, &seed);
        splice(&b.between, &b.second, &b.output);
        ck_assert_int_eq(compose(&b), UNFIX_OK);
        check_composed(&b);
        bench_end(&b);
    }
}
END_TEST

/* The same by the plainest way there is: spread from one correction of the
 * second pass over all that touches, and look at the texts' ends. */
struct whole {
    uint64_t start, end; /* between the passes */
    uint32_t confidence;
};

static bool
spread(struct whole *w, const unfix_correction *c, uint64_t start, uint64_t end)
{
    if (c->verdict != UNFIX_APPLIED || start > w->end || end < w->start)
        return false;
    if (c->confidence < w->confidence)
        w->confidence = c->confidence;
    if (start >= w->start && end <= w->end)
        return false;
    w->start = start < w->start ? start : w->start;
    w->end = end > w->end ? end : w->end;
    return true;
}

static struct whole
whole_around(const struct bench *b, const unfix_correction *c)
{
    struct whole w = {c->offset, c->offset + c->length, c->confidence};
    bool grown = true;
    size_t i;

    while (grown) {
        grown = false;
        for (i = 0; i < b->first.count; i++) {
            const unfix_correction *f = &b->first.list[i];

            grown |=
                spread(&w, f, f->out_offset, f->out_offset + f->out_length);
        }
        for (i = 0; i < b->second.count; i++) {
            const unfix_correction *s = &b->second.list[i];

            grown |= spread(&w, s, s->offset, s->offset + s->length);
        }
    }
    return w;
}

/* Where a place between the passes lies in the input or in the output: before
 * or after what corrections do just there. */
static uint64_t
in_input(const struct bench *b, uint64_t at, bool after)
{
    uint64_t place = at;
    size_t i;

    for (i = 0; i < b->first.count; i++) {
        const unfix_correction *c = &b->first.list[i];

        if (c->out_offset < at || (after && c->out_offset == at))
            place += c->length - c->out_length;
    }
    return place;
}

static uint64_t
in_output(const struct bench *b, uint64_t at, bool after)
{
    uint64_t place = at;
    size_t i;

    for (i = 0; i < b->second.count; i++) {
        const unfix_correction *c = &b->second.list[i];

        if (c->offset < at || (after && c->offset == at))
            place += c->out_length - c->length;
    }
    return place;
}

static void
expect(const unfix_correction *c, uint64_t offset, const char *original,
       size_t original_length, const char *replacement,
       size_t replacement_length, uint32_t confidence, unfix_verdict verdict)
{
    ck_assert_uint_eq(c->offset, offset);
    ck_assert_uint_eq(c->original_length, original_length);
    ck_assert_mem_eq(c->original, original, original_length);
    ck_assert_uint_eq(c->replacement_length, replacement_length);
    ck_assert_mem_eq(c->replacement, replacement, replacement_length);
    ck_assert_uint_eq(c->confidence, confidence);
    ck_assert_int_eq(c->verdict, verdict);
}

/* Expects the whole at `next`, unless it changes nothing; returns how many
 * are expected by now. */
static size_t
expect_whole(const struct bench *b, const struct whole *w, size_t next)
{
    uint64_t from = in_input(b, w->start, false);
    uint64_t out_from = in_output(b, w->start, false);
    size_t length = (size_t)(in_input(b, w->end, true) - from);
    size_t out_length = (size_t)(in_output(b, w->end, true) - out_from);
    const char *original = b->input.data + from;
    const char *replacement = b->output.data + out_from;

    if (length == out_length && memcmp(original, replacement, length) == 0)
        return next;
    ck_assert_uint_lt(next, b->composed.count);
    expect(&b->composed.list[next], from, original, length, replacement,
           out_length, w->confidence, UNFIX_APPLIED);
    return next + 1;
}

/* True if a correction of the second pass reaches this one of the first,
 * whatever lies in between. */
static bool
is_reached(const struct bench *b, const unfix_correction *c)
{
    size_t i;

    for (i = 0; i < b->second.count; i++) {
        const unfix_correction *s = &b->second.list[i];
        struct whole w;

        if (s->verdict != UNFIX_APPLIED)
            continue;
        w = whole_around(b, s);
        if (c->out_offset <= w.end && c->out_offset + c->out_length >= w.start)
            return true;
    }
    return false;
}

static void
check_plainly(const struct bench *b)
{
    size_t i = 0, j = 0, next = 0;
    uint64_t done = 0; /* wholes before here */
    bool any = false;

    while (i < b->first.count || j < b->second.count) {
        const unfix_correction *f = &b->first.list[i], *s = &b->second.list[j];
        struct whole w = {0, 0, 0};

        if (j < b->second.count && s->verdict != UNFIX_APPLIED) {
            j++;
            continue;
        }
        if (j < b->second.count)
            w = whole_around(b, s);
        if (i < b->first.count && is_reached(b, f)) {
            i++;
            continue;
        }
        if (i < b->first.count &&
            (j == b->second.count || f->out_offset < w.start)) {
            ck_assert_uint_lt(next, b->composed.count);
            expect(&b->composed.list[next++], f->offset, f->original,
                   f->original_length, f->replacement, f->replacement_length,
                   f->confidence, f->verdict);
            i++;
            continue;
        }
        if (!any || w.start > done)
            next = expect_whole(b, &w, next);
        any = true;
        done = w.end;
        j++;
    }
    ck_assert_uint_eq(next, b->composed.count);
}

START_TEST(any_passes_compose_as_plainly)
{
    uint64_t seed = 72;
    int round;

    for (round = 0; round < 6000; round++) {
        struct bench b;

        bench_begin(&b);
        random_passes(&b, 1, &seed);
        ck_assert_int_eq(compose(&b), UNFIX_OK);
        check_plainly(&b);
        check_composed(&b);
        bench_end(&b);
    }
}
END_TEST

/* ---- Out of memory ---- */

START_TEST(memory_may_run_out)
{
    struct bench b;
    size_t i, k;

    for (k = 1;; k++) {
        unfix_status status;
        bool failed;

        bench_begin(&b);
        set_input(&b, "");
        for (i = 0; i < 2000; i++)
            ufx_buffer_append(&b.input, "ab cd ef ", 9);
        for (i = 0; i < 2000; i++) {
            add(&b, &b.first, &b.input, 9 * i, 2, "xx", UNFIX_APPLIED, 900);
            add(&b, &b.first, &b.input, 9 * i + 6, 2, "yy", UNFIX_APPLIED, 900);
        }
        splice(&b.input, &b.first, &b.between);
        for (i = 0; i < 2000; i++)
            add(&b, &b.second, &b.between, 9 * i, 4, "z", UNFIX_APPLIED, 900);
        splice(&b.between, &b.second, &b.output);
        unit_memory_fail(&b.memory, k);
        status = compose(&b);
        failed = b.memory.failed;
        unit_memory_fail(&b.memory, 0);
        ck_assert_int_eq(status, failed ? UNFIX_ERROR_MEMORY : UNFIX_OK);
        /* With memory, the same list and arena do. */
        if (failed)
            ck_assert_int_eq(compose(&b), UNFIX_OK);
        check_composed(&b);
        bench_end(&b);
        if (!failed)
            break;
    }
    ck_assert_uint_gt(k, 3);
}
END_TEST

/* An accent is one only if all parts are; the reasons of all are told, each
 * once, and their costs are added up. */
START_TEST(parts_tell_of_the_whole)
{
    static const struct {
        unfix_class first, second, whole;
        const char *first_reason, *second_reason, *reason;
    } rows[] = {
        {UNFIX_CLASS_ACCENT, UNFIX_CLASS_ACCENT, UNFIX_CLASS_ACCENT, "a", "a",
         "a"},
        {UNFIX_CLASS_LETTER, UNFIX_CLASS_ACCENT, UNFIX_CLASS_LETTER, "b", "a",
         "b, a"},
        {UNFIX_CLASS_ACCENT, UNFIX_CLASS_SPLIT, UNFIX_CLASS_SPLIT, "a", "c",
         "a, c"},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench b;
        const unfix_correction *c;

        bench_begin(&b);
        set_input(&b, "la abcd de");
        add_steps(&b, &b.first, &b.input, STEPS({"ab", "xy", 960}));
        splice(&b.input, &b.first, &b.between);
        add_steps(&b, &b.second, &b.between, STEPS({"yc", "zz", 970}));
        splice(&b.between, &b.second, &b.output);
        b.first.list->kind = rows[i].first;
        b.first.list->reason = rows[i].first_reason;
        b.first.list->channel_cost = 100;
        b.first.list->seen_before = 7;
        b.second.list->kind = rows[i].second;
        b.second.list->reason = rows[i].second_reason;
        b.second.list->channel_cost = 20;
        ck_assert_int_eq(compose(&b), UNFIX_OK);
        check_composed(&b);
        ck_assert_uint_eq(b.composed.count, 1);
        c = b.composed.list;
        ck_assert_int_eq(c->kind, rows[i].whole);
        ck_assert_str_eq(c->reason, rows[i].reason);
        ck_assert_int_eq(c->channel_cost, 120);
        ck_assert_uint_eq(c->seen_before, 7);
        bench_end(&b);
    }
}
END_TEST

/* Where a piece of the output comes from. */
static void
check_source(const struct ufx_corrections *made, uint64_t start, uint64_t end,
             uint64_t from, uint64_t to, bool whole)
{
    ck_assert(ufx_corrections_source(made, &start, &end) == whole);
    ck_assert_uint_eq(start, from);
    ck_assert_uint_eq(end, to);
}

START_TEST(places_are_found_again)
{
    /* "0123456789abcdef", of which "23" became "xxxx", "89" became nothing and
     * "cd" was only to become "y". */
    unfix_correction list[] = {
        {.offset = 2, .length = 2, .out_offset = 2, .out_length = 4},
        {.offset = 8, .length = 2, .out_offset = 10, .out_length = 0},
        {.offset = 12,
         .length = 2,
         .out_offset = 12,
         .out_length = 2,
         .verdict = UNFIX_PROPOSED}};
    const struct ufx_corrections made = {list, 3, 3}, none = {NULL, 0, 0};

    check_source(&none, 3, 7, 3, 7, true);
    check_source(&made, 0, 2, 0, 2, true);
    check_source(&made, 1, 3, 1, 4, false);
    check_source(&made, 3, 5, 2, 4, false);
    check_source(&made, 4, 8, 2, 6, false);
    check_source(&made, 6, 8, 4, 6, true);
    check_source(&made, 8, 12, 6, 12, false);
    check_source(&made, 10, 12, 10, 12, true);
    check_source(&made, 12, 16, 12, 16, true);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        parts_tell_of_the_whole,
        one_pass_alone,
        apart,
        touching,
        overlapping,
        one_over_two,
        taken_back,
        proposals_are_dropped,
        parts_weaken_the_whole,
        any_passes_compose,
        any_passes_compose_as_plainly,
        memory_may_run_out,
        places_are_found_again,
    };

    return unit_run("repair/corrections", tests, sizeof tests / sizeof *tests);
}
