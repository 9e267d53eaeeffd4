/* SPDX-License-Identifier: MPL-2.0 */
#include "normalize/nature.h"

#include "base/limits.h"
#include "normalize/lattice.h"
#include "small_pipeline.h"
#include "unit.h"

#define BIT(trait) (UINT32_C(1) << (trait))

static const struct small_facts facts;
static struct pipeline p;

/* The traits of segment `at` of the text. */
static uint32_t
traits(const char *text, uint32_t at)
{
    ck_assert_int_eq(pipeline_segment(&p, text), UNFIX_OK);
    ck_assert_uint_lt(at, p.lattice.segment_count);
    return ufx_nature_traits(&p.lattice, at);
}

START_TEST(words_and_signs_have_traits)
{
    pipeline_begin(&p, &facts);
    ck_assert_uint_eq(traits("inundaci6n", 0), BIT(UFX_TRAIT_WORD) |
                                                   BIT(UFX_TRAIT_UNKNOWN) |
                                                   BIT(UFX_TRAIT_DIGITED));
    ck_assert_uint_ne(traits("dineroCuenta", 0) & BIT(UFX_TRAIT_CASED), 0);
    ck_assert_uint_eq(traits("Cuenta", 0) & BIT(UFX_TRAIT_CASED), 0);
    ck_assert_uint_eq(traits("1984", 0), BIT(UFX_TRAIT_FIGURE));
    ck_assert_uint_eq(traits("http://a.b/c", 0), BIT(UFX_TRAIT_PROTECTED));
    ck_assert_uint_eq(traits("a_b", 1),
                      BIT(UFX_TRAIT_SIGN) | BIT(UFX_TRAIT_ODD));
    ck_assert_uint_eq(traits("sol.luna", 1), BIT(UFX_TRAIT_GLUED));
    ck_assert_uint_eq(traits("sol, luna", 1), 0);
    pipeline_end(&p);
}
END_TEST

/* The language that has most of the words, whatever stands beside it. */
START_TEST(one_language_leads)
{
    struct ufx_nature nature = {{0}, {0}};
    uint32_t kind, first = UFX_KIND_LANGUAGES;

    ck_assert_uint_eq(ufx_nature_foreign(&nature, &kind), 0);
    ck_assert_uint_eq(kind, UFX_KIND_OWN);
    ufx_nature_add(&nature, BIT(UFX_TRAIT_WORD), BIT(first));
    ufx_nature_add(&nature, BIT(UFX_TRAIT_WORD), BIT(first) | BIT(first + 1));
    ufx_nature_add(&nature, BIT(UFX_TRAIT_WORD), BIT(UFX_KIND_OWN));
    ck_assert_uint_eq(ufx_nature_foreign(&nature, &kind), 2);
    ck_assert_uint_eq(kind, first);
    ck_assert_uint_eq(nature.traits[UFX_TRAIT_WORD], 3);
}
END_TEST

/* So many on either side, and not the place itself. */
START_TEST(a_place_has_surroundings)
{
    struct unit_memory memory;
    struct ufx_surroundings s = {.list = NULL};
    struct ufx_nature nature;
    uint32_t i;

    unit_memory_init(&memory, 0);
    s.memory = memory.memory;
    for (i = 0; i < 100; i++)
        ck_assert(ufx_surroundings_add(&s, i * 10, BIT(UFX_TRAIT_WORD), 0));
    ck_assert(ufx_surroundings_add(&s, 1000, 0, 0));
    ck_assert_uint_eq(s.count, 100);
    ufx_surroundings_count(&s, 500, 509, &nature);
    ck_assert_uint_eq(nature.traits[UFX_TRAIT_WORD],
                      2 * UFX_SURROUNDINGS_WORDS);
    ufx_surroundings_count(&s, 20, 45, &nature);
    ck_assert_uint_eq(nature.traits[UFX_TRAIT_WORD],
                      2 + UFX_SURROUNDINGS_WORDS);
    ufx_surroundings_free(&s);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

static struct ufx_nature
nature_of(uint32_t words, uint32_t own, uint32_t other)
{
    struct ufx_nature nature = {{0}, {0}};

    nature.traits[UFX_TRAIT_WORD] = words;
    nature.kinds[UFX_KIND_OWN] = own;
    nature.kinds[UFX_KIND_LANGUAGES + 2] = other;
    return nature;
}

START_TEST(a_text_has_a_language)
{
    const uint32_t other = UFX_KIND_LANGUAGES + 2;
    struct ufx_nature nature = nature_of(1000, 12, 84);

    ck_assert_uint_eq(ufx_nature_language(&nature), other);
    ck_assert_int_eq(ufx_nature_apart(&nature), UFX_APART_FOREIGN);
    /* Some words of another one are in any text. */
    nature = nature_of(1000, 17, 25);
    ck_assert_uint_eq(ufx_nature_language(&nature), UFX_KIND_OWN);
    nature = nature_of(1000, 30, 84);
    ck_assert_uint_eq(ufx_nature_language(&nature), UFX_KIND_OWN);
    /* Older print has words that are a neighbour's as well. */
    nature = nature_of(1000, 12, 84);
    nature.kinds[UFX_KIND_OLD] = 50;
    ck_assert_uint_eq(ufx_nature_language(&nature), UFX_KIND_OWN);
    ck_assert_int_eq(ufx_nature_apart(&nature), UFX_APART_OLD);
    /* A list has none of either, and words that a dictionary has or not. */
    nature = nature_of(1000, 0, 0);
    ck_assert_uint_eq(ufx_nature_language(&nature), UFX_KIND_OWN);
    nature.traits[UFX_TRAIT_UNKNOWN] = 700;
    ck_assert_uint_eq(ufx_nature_language(&nature), UFX_KINDS);
    ck_assert_int_eq(ufx_nature_apart(&nature), UFX_APART_NONE);
    nature = nature_of(0, 0, 0);
    ck_assert_uint_eq(ufx_nature_language(&nature), UFX_KINDS);
}
END_TEST

START_TEST(a_text_has_a_form)
{
    struct ufx_nature nature = nature_of(1000, 12, 84);

    nature.traits[UFX_TRAIT_SIGN] = 100;
    nature.traits[UFX_TRAIT_GLUED] = 60;
    nature.traits[UFX_TRAIT_PROTECTED] = 60;
    ck_assert(!ufx_nature_is_syntax(&nature));
    nature.traits[UFX_TRAIT_PROTECTED] = 90;
    ck_assert(ufx_nature_is_syntax(&nature));
    ck_assert_int_eq(ufx_nature_apart(&nature), UFX_APART_SYNTAX);
    ck_assert(!ufx_nature_is_figures(&nature));
    nature.traits[UFX_TRAIT_FIGURE] = 300;
    ck_assert(ufx_nature_is_figures(&nature));
    ck_assert(!ufx_nature_is_old(&nature));
    nature.traits[UFX_TRAIT_OLD] = 4;
    nature.kinds[UFX_KIND_OLD] = 6;
    ck_assert(ufx_nature_is_old(&nature));
}
END_TEST

START_TEST(counts_do_not_wrap)
{
    struct ufx_nature nature = nature_of(UINT32_MAX - 1, 1, 0), more;

    more = nature_of(5, 2, 3);
    ufx_nature_join(&nature, &more);
    ck_assert_uint_eq(nature.traits[UFX_TRAIT_WORD], UINT32_MAX);
    ck_assert_uint_eq(nature.kinds[UFX_KIND_OWN], 3);
    ck_assert_uint_eq(nature.kinds[UFX_KIND_LANGUAGES + 2], 3);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        words_and_signs_have_traits, one_language_leads,
        a_place_has_surroundings,    a_text_has_a_language,
        a_text_has_a_form,           counts_do_not_wrap};

    return unit_run("normalize/nature", tests, sizeof tests / sizeof *tests);
}
