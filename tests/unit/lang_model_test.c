/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/model.h"

#include "small_model.h"

static const struct small_word words[] = {
    {"asamblea", 60, UFX_WORD_KNOWN},
    {"cooperación", 70, UFX_WORD_KNOWN},
    {"la", 20, UFX_WORD_KNOWN},
};
static const char *const rules[] = {"é\tó\t3.5", "6\tó\t4\tstart"};
static const struct ufx_mark_rule marks[] = {{'~', 0, 3000}};
static const int32_t verifier[] = {1, 2, 3};
static const char *const forms[] = {"noun\tsesión\tª\t99", "part\tRES"};

static const struct small_facts facts = {
    .words = words,
    .word_count = sizeof words / sizeof *words,
    .rules = rules,
    .rule_count = sizeof rules / sizeof *rules,
    .marks = marks,
    .mark_count = sizeof marks / sizeof *marks,
    .laid = verifier,
    .laid_count = sizeof verifier / sizeof *verifier,
    .forms = forms,
    .form_count = sizeof forms / sizeof *forms,
};

static char *image;
static size_t length;
static struct ufx_image_header *header;
static struct ufx_image_section *sections;
static struct ufx_language language;

static void
make(void)
{
    image = small_image(&facts, &length);
    header = (void *)image;
    sections = (void *)(image + sizeof *header);
}

/* The status and, for what fails, that the error says the same. */
static unfix_status
open_with(size_t size)
{
    unfix_error error = {.status = UNFIX_OK};
    unfix_status status = ufx_language_open(&language, image, size, &error);

    ck_assert_int_eq(error.status, status);
    ck_assert(status == UNFIX_OK || error.message[0] != '\0');
    ck_assert_int_eq(ufx_language_open(&language, image, size, NULL), status);
    return status;
}

START_TEST(sound_image_opens)
{
    uint32_t first, end;

    make();
    ck_assert_int_eq(open_with(length), UNFIX_OK);
    ck_assert_str_eq(language.tag, "es");
    ck_assert_str_eq(language.data_version, "small-1");
    ck_assert_uint_eq(language.lexicon.word_count, 3);
    ck_assert_uint_eq(small_find(&language.lexicon, "cooperación"), 1);
    ck_assert_uint_eq(language.lexicon.words[1].cost, 70);
    ck_assert_uint_eq(small_find(&language.lexicon, "cooperacion"),
                      UFX_WORD_NONE);
    ck_assert_uint_eq(language.ngrams.unigram_count, 3 + UFX_PIECE_CLASSES);
    ck_assert_uint_eq(
        language.ngrams.unigrams[ufx_language_class(&language, UFX_PIECE_COMMA)]
            .cost,
        SMALL_CLASS_COST);
    ck_assert_uint_eq(language.ngrams.bigram_buckets, 0);
    ck_assert_uint_eq(language.rules.count, 2);
    ufx_rules_range(&language.rules, '6', &first, &end);
    ck_assert_uint_eq(end - first, 1);
    ck_assert_uint_eq(language.rules.rules[first].cost, 4000);
    ck_assert_uint_eq(language.mark_count, 1);
    ck_assert_uint_eq(language.marks[0].read, '~');
    ck_assert_uint_eq(language.verifier_count, 3);
    ck_assert_int_eq(language.verifier[2], 3);
    ck_assert_uint_eq(language.forms.first[UFX_FORM_PART], 1);
    ck_assert_uint_eq(language.forms.first[UFX_FORM_PART + 1], 2);
    ck_assert_uint_eq(language.forms.rows[1].text[2], 'S');
    ck_assert_int_eq(ufx_language_verify(image, length, NULL), UNFIX_OK);
    free(image);
}
END_TEST

START_TEST(other_files_are_no_model)
{
    make();
    ck_assert_int_eq(open_with(0), UNFIX_ERROR_FORMAT);
    ck_assert_int_eq(open_with(7), UNFIX_ERROR_FORMAT);
    memset(image, 'x', length);
    ck_assert_int_eq(open_with(length), UNFIX_ERROR_FORMAT);
    memset(image, 0, length);
    ck_assert_int_eq(open_with(length), UNFIX_ERROR_FORMAT);
    free(image);
}
END_TEST

START_TEST(other_versions_are_refused)
{
    make();
    header->version++;
    small_seal(image);
    ck_assert_int_eq(open_with(length), UNFIX_ERROR_VERSION);
    header->version -= 2;
    small_seal(image);
    ck_assert_int_eq(open_with(length), UNFIX_ERROR_VERSION);
    header->version = UFX_IMAGE_VERSION;
    header->endian = UINT32_C(0x04030201);
    small_seal(image);
    ck_assert_int_eq(open_with(length), UNFIX_ERROR_VERSION);
    free(image);
}
END_TEST

/* At any length, in memory of just that length. */
START_TEST(cut_short)
{
    size_t size;

    make();
    for (size = 0; size < length; size++) {
        char *cut = aligned_alloc(UFX_IMAGE_ALIGN, small_aligned(size + 1));
        char *exact = realloc(cut, size == 0 ? 1 : size);

        memcpy(exact, image, size);
        if ((uintptr_t)exact % 8 == 0 &&
            ufx_language_open(&language, exact, size, NULL) !=
                UNFIX_ERROR_FORMAT)
            ck_abort_msg("%zu bytes of %zu open", size, length);
        free(exact);
    }
    ck_assert_int_eq(open_with(length), UNFIX_OK);
    free(image);
}
END_TEST

/* Any changed bit of header and table is found at once. */
START_TEST(damage_up_front_is_found)
{
    size_t end = sizeof *header + UFX_SECTION_COUNT * sizeof *sections, i;

    make();
    for (i = 0; i < end * 8; i++) {
        image[i / 8] = (char)(image[i / 8] ^ 1 << i % 8);
        if (ufx_language_open(&language, image, length, NULL) == UNFIX_OK)
            ck_abort_msg("bit %zu of byte %zu", i % 8, i / 8);
        image[i / 8] = (char)(image[i / 8] ^ 1 << i % 8);
    }
    ck_assert_int_eq(open_with(length), UNFIX_OK);
    free(image);
}
END_TEST

/* And any of a section by ufx_language_verify. */
START_TEST(damage_behind_is_found)
{
    size_t s, i, found = 0;

    make();
    for (s = 0; s < UFX_SECTION_COUNT; s++)
        for (i = 0; i < sections[s].size; i++) {
            char *byte = image + sections[s].offset + i;

            *byte ^= 0x10;
            if (ufx_language_verify(image, length, NULL) != UNFIX_ERROR_FORMAT)
                ck_abort_msg("byte %zu of section %zu", i, s);
            *byte ^= 0x10;
            found++;
        }
    ck_assert_uint_gt(found, 400);
    ck_assert_int_eq(ufx_language_verify(image, length, NULL), UNFIX_OK);
    free(image);
}
END_TEST

/* ---- Images that are wrong under a right checksum ---- */

static void
check_refused(const char *what)
{
    small_seal(image);
    ck_assert_msg(open_with(length) == UNFIX_ERROR_FORMAT, "%s", what);
    free(image);
    make();
}

START_TEST(sections_out_of_bounds)
{
    size_t s;

    make();
    for (s = 0; s < UFX_SECTION_COUNT; s++) {
        sections[s].offset = small_aligned(length) + UFX_IMAGE_ALIGN;
        check_refused("offset beyond the end");
        sections[s].offset += 8;
        check_refused("offset not aligned");
        sections[s].size = length - sections[s].offset + 1;
        check_refused("a byte beyond the end");
        sections[s].size = UINT64_MAX;
        check_refused("size too large");
        sections[s].offset = UINT64_MAX - UFX_IMAGE_ALIGN + 1;
        sections[s].size = UFX_IMAGE_ALIGN;
        check_refused("an end that does not fit");
    }
    free(image);
}
END_TEST

START_TEST(sections_that_do_not_fit)
{
    make();
    sections[UFX_SECTION_UNIGRAMS].size -= 4;
    check_refused("unigrams");
    header->word_count++;
    check_refused("word count");
    header->word_count = UINT32_MAX;
    check_refused("largest word count");
    header->word_count = UINT32_MAX - UFX_PIECE_CLASSES + 1;
    check_refused("word count that wraps");
    header->root =
        (uint32_t)(sections[UFX_SECTION_ARCS].size / sizeof(struct ufx_arc));
    check_refused("root");
    sections[UFX_SECTION_CONTEXTS].size = sizeof(uint16_t);
    check_refused("contexts of letters");
    header->section_count--;
    check_refused("section count");
    header->size--;
    check_refused("size");
    free(image);
}
END_TEST

START_TEST(forms_out_of_order)
{
    struct ufx_form *rows;

    make();
    rows = (void *)(image + sections[UFX_SECTION_FORMS].offset);
    rows[0].kind = UFX_FORM_PERCENT;
    check_refused("kinds not sorted");
    rows = (void *)(image + sections[UFX_SECTION_FORMS].offset);
    rows[1].kind = UFX_FORM_KINDS;
    check_refused("no such kind");
    rows = (void *)(image + sections[UFX_SECTION_FORMS].offset);
    rows[0].count = UFX_FORM_CHARS + 1;
    check_refused("text too long");
    free(image);
}
END_TEST

/* No image is looked at as long as its tables would have it. */
START_TEST(too_many_rows)
{
    static const struct {
        int section;
        size_t most, size;
    } tables[] = {
        {UFX_SECTION_RULES, UFX_MODEL_RULES, sizeof(struct ufx_rule)},
        {UFX_SECTION_MARKS, UFX_MODEL_MARKS, sizeof(struct ufx_mark_rule)},
        {UFX_SECTION_FORMS, UFX_MODEL_FORMS, sizeof(struct ufx_form)},
    };
    size_t i;

    for (i = 0; i < sizeof tables / sizeof *tables; i++) {
        size_t more = (tables[i].most + 1) * tables[i].size, start;

        make();
        /* Zeros, which are rows as good as any, behind all that is there. */
        start =
            (length + UFX_IMAGE_ALIGN - 1) / UFX_IMAGE_ALIGN * UFX_IMAGE_ALIGN;
        image = realloc(image, start + more);
        memset(image + length, 0, start + more - length);
        length = start + more;
        header = (void *)image;
        sections = (void *)(image + sizeof *header);
        header->size = length;
        sections[tables[i].section].offset = start;
        sections[tables[i].section].size = more - tables[i].size;
        small_seal(image);
        ck_assert_int_eq(open_with(length), UNFIX_OK);
        sections[tables[i].section].size = more;
        small_seal(image);
        ck_assert_int_eq(open_with(length), UNFIX_ERROR_FORMAT);
        free(image);
    }
}
END_TEST

START_TEST(no_language)
{
    uint64_t size;

    make();
    size = sections[UFX_SECTION_META].size;
    sections[UFX_SECTION_META].size = 0;
    check_refused("no meta");
    sections[UFX_SECTION_META].size = 3; /* "es" NUL and no version */
    check_refused("one string");
    sections[UFX_SECTION_META].size = 2;
    check_refused("no NUL");
    sections[UFX_SECTION_META].size = 10;
    check_refused("no NUL after the version");
    sections[UFX_SECTION_META].size = 11;
    check_refused("no letters");
    sections[UFX_SECTION_META].size = size;
    image[sections[UFX_SECTION_META].offset + 11] = 'z';
    check_refused("letters that do not rise");
    free(image);
}
END_TEST

START_TEST(checksum_of_bytes)
{
    static const char bytes[] = "The checksum depends on each byte.";
    char changed[sizeof bytes];
    uint64_t sum = ufx_image_checksum(bytes, sizeof bytes);
    size_t i;

    for (i = 0; i < sizeof bytes; i++) {
        ck_assert_uint_ne(ufx_image_checksum(bytes, i), sum);
        memcpy(changed, bytes, sizeof bytes);
        ck_assert_uint_eq(ufx_image_checksum(changed, sizeof bytes), sum);
        changed[i] ^= 1;
        ck_assert_uint_ne(ufx_image_checksum(changed, sizeof bytes), sum);
    }
    /* Zeros count as well. */
    ck_assert_uint_ne(ufx_image_checksum("\0\0", 1),
                      ufx_image_checksum("\0\0", 2));
    ck_assert_uint_eq(ufx_image_checksum(NULL, 0), ufx_image_checksum("", 0));
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        sound_image_opens,
        other_files_are_no_model,
        other_versions_are_refused,
        cut_short,
        damage_up_front_is_found,
        damage_behind_is_found,
        sections_out_of_bounds,
        sections_that_do_not_fit,
        too_many_rows,
        no_language,
        forms_out_of_order,
        checksum_of_bytes,
    };

    return unit_run("lang/model", tests, sizeof tests / sizeof *tests);
}
