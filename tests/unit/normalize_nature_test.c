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

int
main(void)
{
    const TTest *const tests[] = {words_and_signs_have_traits,
                                  one_language_leads, a_place_has_surroundings};

    return unit_run("normalize/nature", tests, sizeof tests / sizeof *tests);
}
