/* SPDX-License-Identifier: MPL-2.0 */
/* The built model, damaged as disks and networks do it: it does not open, or
 * repairs oddly, but nothing worse; and asked to, the library finds it. */
#include "unfix.h"

#include "../read_file.h"
#include "unit_api.h"

static const char sample[] =
    "La cooperacidn internacional y los 6rganos de la Asamblea, en su\n"
    "53* periodo de sesiones, aprob6 la resolucion A/ICONF.157/24 relati-\n"
    "va al dialogo; Decideseguir exa minando la cuestién, cap. IlI,y l997.\n";

/* Aligned as a mapping is, so that the ends are guarded under a sanitizer. */
static char *sound;
static size_t sound_length;

static const size_t front =
    sizeof(struct ufx_image_header) +
    UFX_SECTION_COUNT * sizeof(struct ufx_image_section);

/* Opens it and, if that goes, repairs with it. */
static bool
use(const char *image, size_t length)
{
    unfix_model *model = (unfix_model *)&sound;
    unfix_context *context;
    unfix_result *result;
    unfix_error error = {.status = UNFIX_OK};
    unfix_status status =
        unfix_model_load_memory(image, length, NULL, &model, &error);

    if ((status == UNFIX_OK) != (model != NULL) || error.status != status)
        ck_abort_msg("status %d and error %d do not agree", (int)status,
                     (int)error.status);
    if (status != UNFIX_OK) {
        if (status != UNFIX_ERROR_FORMAT && status != UNFIX_ERROR_VERSION)
            ck_abort_msg("status %d: %s", (int)status, error.message);
        return false;
    }
    if (unfix_context_new(model, NULL, NULL, NULL, &context, &error) !=
            UNFIX_OK ||
        unfix_result_new(NULL, &result) != UNFIX_OK ||
        unfix_correct(context, sample, sizeof sample - 1, result, &error) !=
            UNFIX_OK)
        ck_abort_msg("repairing: %s", error.message);
    api_check_whole(sample, sizeof sample - 1, result);
    unfix_result_free(result);
    unfix_context_free(context);
    unfix_model_release(model);
    return true;
}

START_TEST(sound_model_works)
{
    ck_assert(use(sound, sound_length));
    ck_assert_int_eq(ufx_language_verify(sound, sound_length, NULL), UNFIX_OK);
}
END_TEST

/* In a block of its own length. */
static void
check_cut(size_t length)
{
    char *cut = malloc(length == 0 ? 1 : length);

    memcpy(cut, sound, length);
    if (use(cut, length))
        ck_abort_msg("a model of %zu bytes opens", length);
    free(cut);
}

START_TEST(cut_anywhere_it_does_not_open)
{
    uint64_t seed = 11;
    size_t length, i;

    for (length = 0; length <= front + 1; length++)
        check_cut(length);
    for (length = 1; length < sound_length; length *= 2) {
        check_cut(length - 1);
        check_cut(length);
        check_cut(length + 1);
    }
    for (i = 0; i < 50; i++)
        check_cut(unit_below(&seed, sound_length));
    check_cut(sound_length - 1);
}
END_TEST

START_TEST(longer_it_does_not_open)
{
    char *longer = malloc(sound_length + 64);

    memcpy(longer, sound, sound_length);
    memset(longer + sound_length, 0, 64);
    ck_assert(!use(longer, sound_length + 1));
    ck_assert(!use(longer, sound_length + 64));
    free(longer);
}
END_TEST

/* Header and section table are covered by a checksum that opening checks. */
START_TEST(each_byte_up_front_counts)
{
    size_t at;
    int bit;

    for (at = 0; at < front; at++) {
        for (bit = 0; bit <= 8; bit++) {
            char was = sound[at];

            sound[at] = (char)(was ^ (bit == 8 ? 0xFF : 1 << bit));
            if (use(sound, sound_length))
                ck_abort_msg("byte %zu: damage is not seen", at);
            sound[at] = was;
        }
    }
}
END_TEST

/* Flips so many bits at a time, so often. */
static void
flip(uint64_t seed, size_t times, size_t bits)
{
    struct {
        size_t at;
        char was;
    } flips[64];
    size_t i, k;

    for (i = 0; i < times; i++) {
        for (k = 0; k < bits; k++) {
            flips[k].at = front + unit_below(&seed, sound_length - front);
            flips[k].was = sound[flips[k].at];
            sound[flips[k].at] =
                (char)(flips[k].was ^ 1 << unit_below(&seed, 8));
        }
        use(sound, sound_length);
        while (k-- > 0)
            sound[flips[k].at] = flips[k].was;
    }
}

/* Opening does not read the sections, so such damage is in use. */
START_TEST(flipped_bits_do_no_harm)
{
    flip(1, 100, 1);
    flip(3, 100, 10);
    flip(2, 200, 45);
}
END_TEST

/* Where most of the reading is: lexicon, rules, verifier. */
START_TEST(flipped_bits_in_small_sections_do_no_harm)
{
    const struct ufx_image_section *s =
        (const void *)(sound + sizeof(struct ufx_image_header));
    uint64_t seed = 3;
    size_t section, i, k;

    for (section = 0; section < UFX_SECTION_COUNT; section++) {
        size_t size = (size_t)s[section].size;
        char *bytes = sound + s[section].offset;
        char *was = malloc(size + 1);

        memcpy(was, bytes, size);
        for (i = 0; size > 0 && i < 40; i++) {
            for (k = 0; k < (i < 20 ? 5 : size / 50 + 1); k++)
                bytes[unit_below(&seed, size)] ^=
                    (char)(1 << unit_below(&seed, 8));
            use(sound, sound_length);
            memcpy(bytes, was, size);
        }
        free(was);
    }
}
END_TEST

START_TEST(any_flipped_bit_is_found_when_asked)
{
    const struct ufx_image_section *s =
        (const void *)(sound + sizeof(struct ufx_image_header));
    uint64_t seed = 5;
    size_t section, i;

    for (section = 0; section < UFX_SECTION_COUNT; section++) {
        for (i = 0; s[section].size > 0 && i < 3; i++) {
            char *at = sound + s[section].offset +
                       unit_below(&seed, (size_t)s[section].size);
            char was = *at;

            *at ^= (char)(1 << unit_below(&seed, 8));
            if (ufx_language_verify(sound, sound_length, NULL) !=
                UNFIX_ERROR_FORMAT)
                ck_abort_msg("section %zu: damage is not found", section);
            *at = was;
        }
    }
}
END_TEST

int
main(void)
{
    const TTest *const tests[] = {
        sound_model_works,
        cut_anywhere_it_does_not_open,
        longer_it_does_not_open,
        each_byte_up_front_counts,
        flipped_bits_do_no_harm,
        flipped_bits_in_small_sections_do_no_harm,
        any_flipped_bit_is_found_when_asked,
    };
    char *bytes = read_file(UNFIX_TEST_MODEL, &sound_length);
    int status;

    if (bytes == NULL) {
        fprintf(stderr, "damage_test: %s cannot be read\n", UNFIX_TEST_MODEL);
        return 2;
    }
    sound = aligned_alloc(UFX_IMAGE_ALIGN, small_aligned(sound_length));
    memcpy(sound, bytes, sound_length);
    free(bytes);
    status = unit_run("damage", tests, sizeof tests / sizeof *tests);
    free(sound);
    return status;
}
