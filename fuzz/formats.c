/* SPDX-License-Identifier: MPL-2.0 */
/* A file of any format, with a byte before it that says which, and repairs
 * where the bytes say so: without repairs it is what it was, and with them a
 * format of XML is well-formed if it was.  UNFIX_FUZZ_FORMAT=NAME reads all
 * files as that format, so that one reader has all the time. */
#include "fuzz.h"

#include "format/format.h"
#include "format/judge.h"

#define MOST ((size_t)24)

static const char *const replacements[] = {
    "",  " ",  "\n", "\xc3\xb3", "a b", "&<>\"'", "-\nn", "\xe2\x80\x94",
    "x", "ab", " c", "d "};

#define REPLACEMENTS (sizeof(replacements) / sizeof(replacements[0]))

static size_t
character(const char *text, size_t length)
{
    uint32_t value;

    return read_character(text, length, &value);
}

/* Repairs of one to nine characters, here and there. */
static size_t
make(const struct document *document, uint32_t seed, unfix_correction *made,
     const unfix_correction **list)
{
    const char *text = document->text.data;
    const size_t length = document->text.length;
    size_t count = 0, at = 0;

    while (at < length && count < MOST) {
        const char *to = replacements[seed % REPLACEMENTS];
        size_t n = 0;

        seed = seed * 1664525U + 1013904223U;
        for (size_t k = seed >> 8 & 7; k > 0 && at < length; k--)
            at += character(text + at, length - at);
        for (size_t k = seed >> 16 & 7; k > 0 && at + n < length; k--)
            n += character(text + at + n, length - at - n);
        made[count] = (unfix_correction){
            .offset = at,
            .length = n,
            .original = text + at,
            .original_length = n,
            .replacement = to,
            .replacement_length = strlen(to),
            .verdict = seed >> 20 & 1 ? UNFIX_APPLIED : UNFIX_PROPOSED,
            .reason = "fuzz"};
        list[count] = &made[count];
        count++;
        at += n > 0 ? n : 1;
        while (at < length && ((unsigned char)text[at] & 0xc0) == 0x80)
            at++;
    }
    return count;
}

static void
check_edits(const struct repaired *repaired, size_t length)
{
    for (size_t i = 0; i < repaired->edit_count; i++) {
        const struct edit *edit = &repaired->edits[i];

        FUZZ_HOLDS(edit->start <= edit->end && edit->end <= length);
        FUZZ_HOLDS(edit->text + edit->length <= repaired->strings.length);
    }
    for (size_t i = 0; i < repaired->count; i++) {
        const unfix_correction *c = &repaired->repairs[i].shown;

        FUZZ_HOLDS(c->offset + c->length <= length);
        FUZZ_HOLDS(c->out_offset + c->out_length <= repaired->output.length);
        FUZZ_HOLDS(c->verdict != UNFIX_APPLIED ||
                   repaired->repairs[i].edits > 0);
    }
}

/* What the library takes of an engine's confidences and other readings. */
static void
check_said(const struct document *document)
{
    size_t of_unit = 0;

    for (size_t i = 0; i < document->unit_count; i++)
        FUZZ_HOLDS(document->units[i].confidence >= -1 &&
                   document->units[i].confidence <= 1000);
    for (size_t i = 0; i < document->offer_count; i++) {
        const struct offer *offer = &document->offers[i];
        const bool goes_on = i > 0 && offer[-1].unit == offer->unit;

        of_unit = goes_on ? of_unit + 1 : 1;
        FUZZ_HOLDS(of_unit <= OFFERS_MOST && offer->length <= OFFER_LONGEST);
        FUZZ_HOLDS(offer->unit < document->unit_count);
        FUZZ_HOLDS(i == 0 || offer[-1].unit <= offer->unit);
        FUZZ_HOLDS(offer->confidence >= 0 && offer->confidence <= 1000);
        FUZZ_HOLDS(offer->text + offer->length <= document->offered.length);
    }
}

/* Others may hold what happens to be well-formed, and write `<` as it is. */
static bool
is_xml(const struct file_format *format)
{
    static const struct file_format *const of_xml[] = {
        &format_hocr, &format_alto, &format_page,
        &format_bbox, &format_html, &format_xml};

    for (size_t i = 0; i < sizeof(of_xml) / sizeof(of_xml[0]); i++) {
        if (format == of_xml[i])
            return true;
    }
    return false;
}

static void
check(const struct document *document, const char *bytes, size_t length,
      uint32_t seed)
{
    unfix_correction made[MOST];
    const unfix_correction *list[MOST];
    struct corrections corrections = {list, 0};
    struct judgement before, after;
    struct repaired repaired;

    check_said(document);
    FUZZ_HOLDS(format_write(document, &corrections, false, &repaired));
    FUZZ_HOLDS(
        repaired.output.length == length &&
        (length == 0 || memcmp(repaired.output.data, bytes, length) == 0));
    repaired_free(&repaired);
    corrections.count = make(document, seed, made, list);
    FUZZ_HOLDS(format_write(document, &corrections, seed & 1, &repaired));
    check_edits(&repaired, length);
    FUZZ_HOLDS(judge_xml(bytes, length, &before));
    if (before.is_well_formed && is_xml(document->format)) {
        FUZZ_HOLDS(
            judge_xml(repaired.output.data, repaired.output.length, &after));
        FUZZ_HOLDS(after.is_well_formed);
    }
    repaired_finish(&repaired, 0, 0);
    repaired_free(&repaired);
}

/* Which of them a byte says, or the environment. */
static const struct file_format *
find_format(uint8_t number)
{
    const char *name = getenv("UNFIX_FUZZ_FORMAT");
    const struct file_format *format;

    if (name == NULL)
        return format_number(number);
    format = format_find(name);
    if (format == NULL) {
        fprintf(stderr, "no format: %s\n", name);
        exit(2);
    }
    return format;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data + 1, *known;
    const struct file_format *format;
    struct document document;
    uint32_t seed = (uint32_t)size;

    if (size < 1)
        return 0;
    size--;
    for (size_t i = 0; i < size && i < 64; i++)
        seed = seed * 31 + data[size - i];
    FUZZ_HOLDS(format_detect(bytes, size, &format, &known));
    format_needs_more(bytes, size);
    format = find_format(data[0]);
    if (format == NULL)
        return 0;
    if (format_read(&document, format, NULL, bytes, size))
        check(&document, bytes, size, seed);
    document_free(&document);
    return 0;
}
