/* SPDX-License-Identifier: MPL-2.0 */
#include "unfix.h"

#include "unit_api.h"

#include <stdlib.h>

/* Pages of one book, read by one engine: o as c, and n as ri now and then. */
static const char *const pages[] = {
    "PÁGINA 1\nEl gcbierno presentó el prcgrama del año.  La ccmisión "
    "estudió el presupuestc y la cosecha de trigo.  Los camincs son buenos.\n",
    "PÁGINA 2\nLa ccmisión aprobó el programa del gobierno.  El trabajc de "
    "los obrercs fue lento, y el presupuesto bastó para los caminos.\n",
    "PÁGINA 3\nEl gobierno y la comisión visitaron los caminos.  El prograrria "
    "del añc fue aprobado por los obreros de Villahueca.\n",
    "PÁGINA 4\nEl trabajo de la comisión fue buenc.  Los obreros de "
    "Villahueca pidieron un presupuesto mayor y caminos mejcres.\n",
    "PÁGINA 5\nEl presupuesto del programa bastó.  La cosecha de trigo fue "
    "buena en Sotoalto, y el gcbierno la compró.\n",
};

#define PAGES (sizeof pages / sizeof *pages)

static unfix_model *model;

static void
open_model(void)
{
    ck_assert_int_eq(unfix_model_load(UNFIX_TEST_MODEL, NULL, &model, NULL),
                     UNFIX_OK);
}

static unfix_context *
new_context(void)
{
    unfix_context *context;

    ck_assert_int_eq(unfix_context_new(model, NULL, NULL, NULL, &context, NULL),
                     UNFIX_OK);
    return context;
}

static unfix_collection *
new_collection(void)
{
    unfix_collection *collection;

    ck_assert_int_eq(unfix_collection_new(NULL, &collection), UNFIX_OK);
    return collection;
}

/* Counts the pages whose bit is set. */
static unfix_collection *
count(uint32_t which)
{
    unfix_collection *collection = new_collection();
    unfix_context *context = new_context();
    unfix_result *result;
    size_t i;

    ck_assert_int_eq(unfix_result_new(NULL, &result), UNFIX_OK);
    ck_assert_int_eq(unfix_context_count(context, collection, NULL), UNFIX_OK);
    for (i = 0; i < PAGES; i++)
        if (which >> i & 1)
            ck_assert_int_eq(unfix_correct(context, pages[i], strlen(pages[i]),
                                           result, NULL),
                             UNFIX_OK);
    unfix_result_free(result);
    unfix_context_free(context);
    return collection;
}

/* A copy, to be freed. */
static char *
written(unfix_collection *collection, uint32_t least)
{
    const char *bytes;
    size_t length;
    char *copy;

    ck_assert_int_eq(
        unfix_collection_write(collection, least, &bytes, &length, NULL),
        UNFIX_OK);
    copy = malloc(length + 1);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

START_TEST(facts)
{
    unfix_collection *all;
    char *file;

    open_model();
    all = count((1u << PAGES) - 1);
    ck_assert_uint_eq(unfix_collection_documents(all), PAGES);
    file = written(all, 1);
    ck_assert_ptr_nonnull(strstr(file, "unfix-collection 1\t1\n"));
    /* Documents, times, sum. */
    ck_assert_ptr_nonnull(strstr(file, "\nk\t3\t3\t0\tpresupuesto\n"));
    ck_assert_ptr_nonnull(strstr(file, "\nw\t2\t2\t0\tccmisión\n"));
    ck_assert_ptr_nonnull(strstr(file, "\nn\t2\t2\t0\tVillahueca\n"));
    ck_assert_ptr_nonnull(strstr(file, "\nh\t5\t5\t0\tPÁGINA #\n"));
    ck_assert_ptr_nonnull(strstr(file, "\nt\t5\t5\t0\tdocuments\n"));
    ck_assert_ptr_nonnull(strstr(file, "\tccmisión\tcomisión\n"));
    ck_assert_ptr_nonnull(strstr(file, "\tc\to\n"));
    free(file);
    unfix_collection_release(all);
    unfix_model_release(model);
}
END_TEST

/* The file is UTF-8, whatever heads a page. */
START_TEST(heads_are_utf8)
{
    static const char text[] = "Organizaci\xF3n general\nLa sesión sigue.\n";
    unfix_collection *collection = new_collection();
    unfix_context *context;
    unfix_result *result;
    char *file;

    open_model();
    context = new_context();
    ck_assert_int_eq(unfix_result_new(NULL, &result), UNFIX_OK);
    ck_assert_int_eq(unfix_context_count(context, collection, NULL), UNFIX_OK);
    ck_assert_int_eq(unfix_correct(context, text, strlen(text), result, NULL),
                     UNFIX_OK);
    file = written(collection, 1);
    ck_assert_ptr_nonnull(strstr(file, "\tdocuments\n"));
    ck_assert_ptr_null(strstr(file, "Organizaci"));
    free(file);
    unfix_result_free(result);
    unfix_context_free(context);
    unfix_collection_release(collection);
    unfix_model_release(model);
}
END_TEST

/* What one document alone has is told of no word, and of no name. */
START_TEST(privacy)
{
    unfix_collection *all, *again = new_collection();
    char *file, *same;

    open_model();
    all = count((1u << PAGES) - 1);
    file = written(all, 2);
    ck_assert_ptr_null(strstr(file, "Sotoalto"));
    ck_assert_ptr_null(strstr(file, "mejcres"));
    ck_assert_ptr_nonnull(strstr(file, "Villahueca"));
    ck_assert_int_eq(unfix_collection_read(again, file, strlen(file), NULL),
                     UNFIX_OK);
    same = written(again, 2);
    ck_assert_str_eq(same, file);
    free(same);
    free(file);
    file = written(all, 6);
    ck_assert_ptr_nonnull(strstr(file, "\tdocuments\n"));
    ck_assert_ptr_null(strstr(file, "\nk\t"));
    free(file);
    unfix_collection_release(again);
    unfix_collection_release(all);
    unfix_model_release(model);
}
END_TEST

static uint32_t
draw(uint64_t *state, uint32_t below)
{
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (uint32_t)(*state >> 33) % below;
}

/* Parts as files, put together two by two in any order. */
static char *
merged(uint64_t seed)
{
    unfix_collection *parts[PAGES];
    size_t count_of = 0, i;
    uint32_t which[PAGES] = {0};
    char *file;

    for (i = 0; i < PAGES; i++)
        which[draw(&seed, PAGES)] |= 1u << i;
    for (i = 0; i < PAGES; i++)
        if (which[i] != 0)
            parts[count_of++] = count(which[i]);
    while (count_of > 1) {
        size_t a = draw(&seed, (uint32_t)count_of), b;

        b = (a + 1 + draw(&seed, (uint32_t)count_of - 1)) % count_of;
        file = written(parts[b], 1);
        if (draw(&seed, 2) == 0)
            ck_assert_int_eq(
                unfix_collection_read(parts[a], file, strlen(file), NULL),
                UNFIX_OK);
        else
            ck_assert_int_eq(unfix_collection_merge(parts[a], parts[b], NULL),
                             UNFIX_OK);
        free(file);
        unfix_collection_release(parts[b]);
        parts[b] = parts[--count_of];
    }
    file = written(parts[0], 2);
    unfix_collection_release(parts[0]);
    return file;
}

START_TEST(any_split_and_order)
{
    unfix_collection *all;
    char *file;
    uint64_t seed;

    open_model();
    all = count((1u << PAGES) - 1);
    file = written(all, 2);
    for (seed = 0; seed < 50; seed++) {
        char *other = merged(seed);

        ck_assert_str_eq(other, file);
        free(other);
    }
    free(file);
    unfix_collection_release(all);
    unfix_model_release(model);
}
END_TEST

static void
check_bad(const char *file, uint64_t line)
{
    unfix_collection *collection = new_collection();
    unfix_error error = {0};

    ck_assert_int_eq(
        unfix_collection_read(collection, file, strlen(file), &error),
        UNFIX_ERROR_FORMAT);
    ck_assert_uint_eq(error.line, line);
    ck_assert_uint_eq(unfix_collection_documents(collection), 0);
    unfix_collection_release(collection);
}

START_TEST(bad_files)
{
#define HEAD "unfix-collection 1\t2\nt\t3\t3\t0\tdocuments\n"
    check_bad("", 1);
    check_bad("unfix-collection 2\t2\n", 1);
    check_bad(HEAD "x\t1\t1\t0\tword\n", 3);
    check_bad(HEAD "w\t0\t1\t0\tword\n", 3);
    check_bad(HEAD "w\t1\t1\t0\t\n", 3);
    check_bad(HEAD "w\t1\t-1\t0\tword\n", 3);
    check_bad(HEAD "w\t1\t1\t--1\tword\n", 3);
    check_bad(HEAD "w\t1\t99999999999999999999\t0\tword\n", 3);
    check_bad(HEAD "w\t1\t1\t0\tword", 3);
    check_bad(HEAD "\n", 3);
#undef HEAD
}
END_TEST

/* Counts that say anything add up to no less. */
START_TEST(huge_counts)
{
    static const char file[] = "unfix-collection 1\t1\n"
                               "p\t1000000000000000\t1000000000000000\t"
                               "-1000000000000000\ta\tb\n";
    unfix_collection *collection = new_collection();
    char *sum;
    int i;

    for (i = 0; i < 3000; i++)
        ck_assert_int_eq(
            unfix_collection_read(collection, file, sizeof file - 1, NULL),
            UNFIX_OK);
    sum = written(collection, 1);
    ck_assert_str_eq(sum, "unfix-collection 1\t1\np\t1152921504606846976\t"
                          "1152921504606846976\t-1152921504606846976\ta\tb\n");
    free(sum);
    unfix_collection_release(collection);
}
END_TEST

START_TEST(states)
{
    unfix_collection *collection = new_collection(), *other = new_collection();
    unfix_context *context;
    const char *bytes;
    size_t length;

    open_model();
    context = new_context();
    ck_assert_int_eq(unfix_collection_new(NULL, NULL), UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_context_set_collection(context, collection, NULL),
                     UNFIX_ERROR_STATE);
    ck_assert_int_eq(unfix_context_count(NULL, collection, NULL),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_collection_merge(collection, collection, NULL),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_collection_merge(NULL, other, NULL),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_collection_read(collection, NULL, 0, NULL),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(
        unfix_collection_write(collection, 0, &bytes, &length, NULL),
        UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_collection_freeze(NULL, NULL), UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_collection_freeze(collection, NULL), UNFIX_OK);
    ck_assert_int_eq(unfix_collection_freeze(collection, NULL), UNFIX_OK);
    ck_assert_int_eq(unfix_context_count(context, collection, NULL),
                     UNFIX_ERROR_STATE);
    ck_assert_int_eq(unfix_collection_merge(collection, other, NULL),
                     UNFIX_ERROR_STATE);
    ck_assert_int_eq(unfix_context_set_collection(NULL, collection, NULL),
                     UNFIX_ERROR_ARGUMENT);
    ck_assert_int_eq(unfix_context_set_collection(context, collection, NULL),
                     UNFIX_OK);
    /* The context holds it from now on. */
    unfix_collection_release(collection);
    ck_assert_int_eq(unfix_context_set_collection(context, NULL, NULL),
                     UNFIX_OK);
    ck_assert_ptr_null(unfix_collection_retain(NULL));
    unfix_collection_release(NULL);
    unfix_collection_release(other);
    unfix_context_free(context);
    unfix_model_release(model);
}
END_TEST

START_TEST(no_memory)
{
    unfix_collection *collection;
    struct unit_memory m;
    unsigned k;

    for (k = 1;; k++) {
        static const char file[] = "unfix-collection 1\t1\n"
                                   "w\t1\t1\t0\tpalabra\n";
        unfix_status status;

        unit_memory_init(&m, k);
        if (unfix_collection_new(&m.allocator, &collection) != UNFIX_OK) {
            ck_assert_uint_eq(m.live, 0);
            continue;
        }
        status = unfix_collection_read(collection, file, sizeof file - 1, NULL);
        ck_assert_int_eq(status, m.failed ? UNFIX_ERROR_MEMORY : UNFIX_OK);
        unfix_collection_release(collection);
        ck_assert_uint_eq(m.live, 0);
        if (!m.failed)
            break;
    }
    ck_assert_uint_gt(k, 4);
}
END_TEST

/* The confidence of the repair of a word, 0 if there is none. */
static uint32_t
confidence_of(unfix_context *context, const char *text, const char *word)
{
    uint32_t confidence = 0;
    unfix_result *result;
    size_t i;

    ck_assert_int_eq(unfix_result_new(NULL, &result), UNFIX_OK);
    ck_assert_int_eq(unfix_correct(context, text, strlen(text), result, NULL),
                     UNFIX_OK);
    for (i = 0; i < unfix_result_correction_count(result); i++) {
        const unfix_correction *c = unfix_result_correction(result, i);

        if (strcmp(c->original, word) == 0)
            confidence = c->confidence;
    }
    unfix_result_free(result);
    return confidence;
}

/* What other pages have is surer in a damaged page, and nothing else is; where
 * nothing is damaged, they tell nothing. */
START_TEST(evidence)
{
    static const char good[] = "La señora Prcgrama fue con él a la casa.\n";
    unfix_context *context, *without;
    unfix_collection *all;

    open_model();
    context = new_context();
    without = new_context();
    all = count((1u << PAGES) - 1);
    ck_assert_int_eq(unfix_collection_freeze(all, NULL), UNFIX_OK);
    ck_assert_int_eq(unfix_context_set_collection(context, all, NULL),
                     UNFIX_OK);
    ck_assert_uint_gt(confidence_of(context, pages[0], "prcgrama"),
                      confidence_of(without, pages[0], "prcgrama"));
    ck_assert_uint_eq(confidence_of(context, good, "Prcgrama"),
                      confidence_of(without, good, "Prcgrama"));
    ck_assert_int_eq(unfix_context_set_collection(context, NULL, NULL),
                     UNFIX_OK);
    ck_assert_uint_eq(confidence_of(context, pages[0], "prcgrama"),
                      confidence_of(without, pages[0], "prcgrama"));
    unfix_collection_release(all);
    unfix_context_free(context);
    unfix_context_free(without);
    unfix_model_release(model);
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        facts,     heads_are_utf8, privacy, any_split_and_order,
        bad_files, huge_counts,    states,  no_memory,
        evidence};

    return unit_run("api/collection", tests, sizeof tests / sizeof *tests);
}
