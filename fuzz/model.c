/* SPDX-License-Identifier: MPL-2.0 */
/* A model that an attacker made: an image of a few words with damage, its
 * checksum made right.  It does not open, or gives odd repairs, but nothing
 * worse.
 *
 * The input lists the damage, four bytes each: what is done, where (two bytes),
 * with what.  So seeds outlive a change of the format. */
#include "fuzz.h"

#include "../tests/unit/small_model.h"
#include "verify/evidence.h"

static const struct small_word words[] = {
    {"a", 40, UFX_WORD_KNOWN},
    {"agua", 70, UFX_WORD_KNOWN},
    {"asamblea", 60, UFX_WORD_KNOWN},
    {"cooperación", 70, UFX_WORD_KNOWN},
    {"cooperation", 100, UFX_WORD_FOREIGN},
    {"de", 15, UFX_WORD_KNOWN},
    {"general", 60, UFX_WORD_KNOWN},
    {"internacional", 60, UFX_WORD_KNOWN},
    {"la", 15, UFX_WORD_KNOWN},
    {"sesión", 65, UFX_WORD_KNOWN},
    {"órganos", 75, UFX_WORD_KNOWN},
};

static const char *const rules[] = {
    "é\tó\t3.5", "6\tó\t3.5\tstart", "o\tó\t3",      "\tó\t6",
    "rn\tm\t2",  "a\ta␣\t4",         "ii\tn\t3\tend"};

static const struct ufx_mark_rule marks[] = {{'~', 0, 2000}, {';', ',', 3000}};

static const char *const forms[] = {"noun\tsesión\tª\t9999",
                                    "nouns\tsesiones\tª",
                                    "sign\t*",
                                    "sign\t2",
                                    "numbered\tcap\t\t50",
                                    "numeral\tD\tI)",
                                    "numeral\tl\tI",
                                    "figure\tl\t1",
                                    "odd-figure\tS\t5",
                                    "odd-figure\tS\t8",
                                    "month\tmayo\t\t31",
                                    "part\tA\t/",
                                    "part\tCN\t.",
                                    "part\tCONF\t.",
                                    "part\tE\t/",
                                    "part\tRES",
                                    "bracket\tf\t[",
                                    "bracket\tJ\t]",
                                    "percent\to/o\t%"};

static const int32_t verifier[] = {UFX_FEATURE_COUNT,
                                   1,
                                   100,
                                   2,
                                   -1000,
                                   100,
                                   1000,
                                   990,
                                   3,
                                   2,
                                   5000,
                                   1,
                                   2,
                                   -1,
                                   -500,
                                   0,
                                   0,
                                   -1,
                                   2000,
                                   0,
                                   0};

static const char sample[] =
    "La cooperacién internacional de la Asamblea General.\n\n"
    "La sesién de los 6rganos ~ de la coope- racin inter-\nnacional de la\n"
    "ASAMBLEA GENERAL, sesin decooperacién de 6rganosde y sesién;de agua.\n"
    "En su 53* sesion, cap. IlI, y 442 sesion, A/ICONF.157/24 y E/CN.l/3.\n";

/* N-grams of all pairs and of some triples, as far as there is room. */
static void
fill_ngrams(struct small_facts *facts)
{
    static uint64_t bigrams[4 * UFX_BIGRAMS_PER_BUCKET];
    static uint32_t trigrams[4 * UFX_TRIGRAMS_PER_BUCKET];
    const uint32_t count = sizeof words / sizeof *words;
    uint32_t a, b, i;

    for (a = 0; a < count; a++) {
        for (b = 0; b < count; b++) {
            uint64_t hash = ufx_bigram_hash(a, b);
            uint32_t at = ufx_ngram_bucket(hash, 4) * UFX_BIGRAMS_PER_BUCKET;

            for (i = 0; i < UFX_BIGRAMS_PER_BUCKET && bigrams[at + i] != 0;)
                i++;
            if (i < UFX_BIGRAMS_PER_BUCKET)
                bigrams[at + i] = ufx_bigram_tag(hash) << 16 | UINT64_C(0x2030);
            hash = ufx_trigram_hash(a, b, (a + b) % count);
            at = ufx_ngram_bucket(hash, 4) * UFX_TRIGRAMS_PER_BUCKET;
            for (i = 0; i < UFX_TRIGRAMS_PER_BUCKET && trigrams[at + i] != 0;)
                i++;
            if (i < UFX_TRIGRAMS_PER_BUCKET)
                trigrams[at + i] = ufx_trigram_tag(hash) << 8 | 0x18;
        }
    }
    facts->bigrams = bigrams;
    facts->bigrams_size = sizeof bigrams;
    facts->trigrams = trigrams;
    facts->trigrams_size = sizeof trigrams;
}

static char *
sound_image(size_t *length)
{
    struct small_facts facts = {.words = words,
                                .word_count = sizeof words / sizeof *words,
                                .rules = rules,
                                .rule_count = sizeof rules / sizeof *rules,
                                .marks = marks,
                                .mark_count = sizeof marks / sizeof *marks,
                                .verifier = verifier,
                                .verifier_count =
                                    sizeof verifier / sizeof *verifier,
                                .forms = forms,
                                .form_count = sizeof forms / sizeof *forms};

    fill_ngrams(&facts);
    return small_image(&facts, length);
}

/* Does what four bytes of the input say; *sealed tells whether the checksum
 * will be made right. */
static void
damage(char *image, size_t *length, const uint8_t *order, bool *sealed)
{
    struct ufx_image_header *header = (void *)image;
    size_t at = ((size_t)order[1] << 8 | order[2]) % *length;

    switch (order[0] % 8) {
    case 0:
        image[at] = (char)order[3];
        break;
    case 1:
        image[at] = (char)(image[at] ^ 1 << (order[3] & 7));
        break;
    case 2:
        image[at] = (char)(image[at] + (signed char)order[3]);
        break;
    case 3: /* a number all ones, or zero, or just above one */
        at &= ~(size_t)3;
        if (at + 4 <= *length)
            memset(image + at, order[3] & 1 ? 0xFF : 0, 4);
        if (order[3] & 2)
            image[at] = 1;
        break;
    case 4: /* one place copied to another */
        if (at + 4 <= *length)
            memmove(image + at, image + (at * 7 + order[3]) % (*length - 3), 4);
        break;
    case 5: /* shorter, and it says so */
        if (at >= sizeof *header) {
            *length = at;
            header->size = at;
        }
        break;
    case 6: /* shorter, and it does not */
        if (at >= sizeof *header)
            *length = at;
        break;
    default:
        *sealed = order[3] != 0;
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static unfix_result *result;
    static char *sound, *image;
    static size_t sound_length;
    size_t length, i;
    bool sealed = true;
    unfix_model *model;
    unfix_context *context;
    unfix_error error;
    unfix_status status;

    if (sound == NULL) {
        result = fuzz_result();
        sound = sound_image(&sound_length);
    }
    /* Its own block, so that its ends are guarded. */
    length = sound_length;
    image = aligned_alloc(UFX_IMAGE_ALIGN, length);
    memcpy(image, sound, length);
    for (i = 0; i + 4 <= size; i += 4)
        damage(image, &length, data + i, &sealed);
    if (sealed &&
        length >= sizeof(struct ufx_image_header) +
                      UFX_SECTION_COUNT * sizeof(struct ufx_image_section))
        small_seal(image);
    image = realloc(image, length);
    if ((uintptr_t)image % 8 != 0)
        abort();
    status = unfix_model_load_memory(image, length, NULL, &model, &error);
    FUZZ_HOLDS((status == UNFIX_OK) == (model != NULL));
    FUZZ_HOLDS(status == UNFIX_OK || status == UNFIX_ERROR_FORMAT ||
               status == UNFIX_ERROR_VERSION);
    if (model != NULL) {
        FUZZ_HOLDS(unfix_context_new(model, NULL, NULL, NULL, &context, NULL) ==
                   UNFIX_OK);
        FUZZ_HOLDS(unfix_correct(context, sample, sizeof sample - 1, result,
                                 NULL) == UNFIX_OK);
        fuzz_splice(sample, sizeof sample - 1, result);
        unfix_context_free(context);
        unfix_model_release(model);
    }
    free(image);
    return 0;
}
