/* SPDX-License-Identifier: MPL-2.0 */
/* Files of each format: what is read as their text, and what repairs of it
 * make of them. */
#include "format/document.h"
#include "format/format.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 16

/* A repair of the text: the first "read" after the one before it. */
struct pair {
    const char *read;
    const char *meant;
};

struct sample {
    const char *format;
    const char *file;
    const char *text;
    struct pair pairs[MOST];
    const char *output;
};

static size_t
make_corrections(const char *text, const struct pair *pairs,
                 unfix_correction *made, const unfix_correction **list)
{
    const char *at = text;
    size_t count = 0;

    for (; count < MOST && pairs[count].read != NULL; count++) {
        at = strstr(at, pairs[count].read);
        ck_assert_msg(at != NULL, "no \"%s\" in \"%s\"", pairs[count].read,
                      text);
        made[count] =
            (unfix_correction){.offset = (uint64_t)(at - text),
                               .length = strlen(pairs[count].read),
                               .original = pairs[count].read,
                               .replacement = pairs[count].meant,
                               .original_length = strlen(pairs[count].read),
                               .replacement_length = strlen(pairs[count].meant),
                               .confidence = 973,
                               .verdict = UNFIX_APPLIED,
                               .reason = "test"};
        list[count] = &made[count];
        at += strlen(pairs[count].read);
    }
    return count;
}

/* The edits of all repairs, put into the file, give the output: what a report
 * holds is enough. */
static void
check_repairs(const struct repaired *repaired, const char *file)
{
    size_t before = 0;

    for (size_t i = 0; i < repaired->count; i++) {
        const struct repair *repair = &repaired->repairs[i];

        ck_assert_uint_ge(repair->shown.offset, before);
        before = (size_t)repair->shown.offset;
        ck_assert_uint_le(before + repair->shown.length, strlen(file));
        ck_assert_uint_le(repair->shown.out_offset + repair->shown.out_length,
                          repaired->output.length);
        ck_assert_int_eq(repair->edits > 0,
                         repair->shown.verdict == UNFIX_APPLIED);
        ck_assert_int_eq(repair->edits > 0, repair->shown.held_back == NULL);
    }
}

static void
check_sample(const struct sample *sample)
{
    unfix_correction made[MOST];
    const unfix_correction *list[MOST];
    struct corrections corrections = {list, 0};
    struct document document;
    struct repaired repaired;
    struct buffer text = {0};

    ck_assert(format_read(&document, format_find(sample->format), NULL,
                          sample->file, strlen(sample->file)));
    buffer_append(&text, document.text.data, document.text.length);
    buffer_append(&text, "", 1);
    ck_assert_str_eq(text.data, sample->text);
    corrections.count = make_corrections(text.data, sample->pairs, made, list);
    ck_assert(format_write(&document, &corrections, false, &repaired));
    buffer_append(&repaired.output, "", 1);
    ck_assert_str_eq(repaired.output.data, sample->output);
    check_repairs(&repaired, sample->file);
    repaired_free(&repaired);
    document_free(&document);
    buffer_free(&text);
}

static void
check_samples(const struct sample *samples, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_sample(&samples[i]);
}

#define CHECK_SAMPLES(samples)                                                 \
    check_samples(samples, sizeof(samples) / sizeof((samples)[0]))

/* ---- hOCR ---------------------------------------------------------------- */

#define HOCR_LINE "<p class='ocr_par'><span class='ocr_line'>"
#define HOCR_END "</span></p>"
#define HOCR_WORD(box, word)                                                   \
    "<span class='ocrx_word' title='bbox " box "'>" word "</span>"
#define HOCR_KEPT(box, word, kept)                                             \
    "<span class='ocrx_word' title='bbox " box "; x_unfix_original \"" kept    \
    "\"; x_unfix_conf 97.3'>" word "</span>"

START_TEST(hocr_words)
{
    static const struct sample samples[] = {
        /* A letter; what is not a word stays, and so do its blanks. */
        {"hocr",
         HOCR_LINE HOCR_WORD("1 2 30 9", " sesién\n")
             HOCR_WORD("40 2 70 9; x_wconf 9",
                       "<strong>pol&iacute;tica</strong>") HOCR_END,
         "sesién política",
         {{"sesién", "sesión"}},
         HOCR_LINE HOCR_KEPT("1 2 30 9", " sesión\n", "sesién")
             HOCR_WORD("40 2 70 9; x_wconf 9",
                       "<strong>pol&iacute;tica</strong>") HOCR_END},
        /* A letter that was an entity is one again. */
        {"hocr",
         HOCR_LINE HOCR_WORD("1 2 30 9", "sesi&eacute;n") HOCR_END,
         "sesién",
         {{"sesién", "sesión"}},
         HOCR_LINE HOCR_KEPT("1 2 30 9", "sesi&oacute;n", "sesién") HOCR_END},
        {"hocr",
         HOCR_LINE HOCR_WORD("1 2 30 9", "sesi&#233;n&amp;") HOCR_END,
         "sesién&",
         {{"sesién&", "sesión&"}},
         HOCR_LINE HOCR_KEPT("1 2 30 9", "sesi&#243;n&amp;", "sesién&amp;")
             HOCR_END},
        /* A word in two. */
        {"hocr",
         HOCR_LINE "<span id='w1' class='ocrx_word' title='bbox 100 2 220 9'>"
                   "Decideseguir</span> " HOCR_WORD("230 2 250 9", "hoy")
                       HOCR_END,
         "Decideseguir hoy",
         {{"Decideseguir", "Decide seguir"}},
         HOCR_LINE
         "<span id='w1' class='ocrx_word' title='bbox 100 2 159 9; "
         "x_unfix_original \"Decideseguir\"; x_unfix_conf 97.3'>Decide</span> "
         "<span id='w1_u2' class='ocrx_word' title='bbox 165 2 220 9'>"
         "seguir</span> " HOCR_WORD("230 2 250 9", "hoy") HOCR_END},
        /* Two words in one, and one that vanishes. */
        {"hocr",
         HOCR_LINE HOCR_WORD("1 2 3 9", "|") " " HOCR_WORD(
             "10 2 30 9", "orga") "\n  " HOCR_WORD("32 1 50 8", "nos") HOCR_END,
         "| orga nos",
         {{"| ", ""}, {"orga nos", "órganos"}},
         HOCR_LINE " " HOCR_KEPT("10 1 50 9", "órganos", "orga nos") HOCR_END},
        /* A script's signs are no tags. */
        {"hocr",
         "<script>if(a<b){}</Script>" HOCR_LINE HOCR_WORD("1 2 3 4", "sesién")
             HOCR_END,
         "sesién",
         {{"sesién", "sesión"}},
         "<script>if(a<b){}</Script>" HOCR_LINE HOCR_KEPT("1 2 3 4", "sesión",
                                                          "sesién") HOCR_END},
        /* Over the end of a line. */
        {"hocr",
         HOCR_LINE HOCR_WORD(
             "1 2 9 9", "deter-") "</span>\n"
                                  "<span class='ocr_line'>" HOCR_WORD(
                                      "1 12 5 19",
                                      "minadas") " " HOCR_WORD("6 12 9 19",
                                                               "las") HOCR_END,
         "deter-\nminadas las",
         {{"deter-\nminadas ", "determinadas\n"}},
         HOCR_LINE HOCR_KEPT("1 2 9 9", "determinadas",
                             "deter- minadas") "</span>\n<span "
                                               "class='ocr_line'> " HOCR_WORD(
                                                   "6 12 9 19", "las")
                                                   HOCR_END},
        /* A word within a word: both cannot be there twice. */
        {"hocr",
         HOCR_LINE "<span class='ocrx_word'><span class='ocrx_word'>de</span>la"
                   "</span>" HOCR_END,
         "dela",
         {{"dela", "de la"}},
         HOCR_LINE
         "<span class='ocrx_word'><span class='ocrx_word'>de </span>la"
         "</span>" HOCR_END},
        /* Nothing but a blank is no word. */
        {"hocr",
         HOCR_LINE HOCR_WORD("1 2 3 4", "a") " " HOCR_WORD("5 2 8 4", "|")
             HOCR_END,
         "a |",
         {{"|", " "}},
         HOCR_LINE HOCR_WORD("1 2 3 4", "a") " " HOCR_KEPT("5 2 8 4", " ", "|")
             HOCR_END},
    };

    CHECK_SAMPLES(samples);
}
END_TEST

START_TEST(hocr_letters)
{
    static const struct sample samples[] = {
        /* A letter for each span. */
        {"hocr",
         HOCR_LINE "<span title=\"bbox 1 1 2 2\">l</span>"
                   "<span title=\"bbox 3 1 4 2\">é</span> y" HOCR_END,
         "lé y",
         {{"lé", "ló"}},
         HOCR_LINE "<span title=\"bbox 1 1 2 2\">l</span>"
                   "<span title=\"bbox 3 1 4 2\">ó</span> y" HOCR_END},
        {"hocr",
         HOCR_LINE
         "<span class='ocrx_word' title='bbox 1 1 9 2'>\n "
         "<span class='ocrx_cinfo'>l</span>\n <span class='ocrx_cinfo'>é</span>"
         "</span>" HOCR_END,
         "lé",
         {{"lé", "lo"}},
         HOCR_LINE
         "<span class='ocrx_word' title='bbox 1 1 9 2; "
         "x_unfix_original \"lé\"; x_unfix_conf 97.3'>\n "
         "<span class='ocrx_cinfo'>l</span>\n <span class='ocrx_cinfo'>o</span>"
         "</span>" HOCR_END},
        /* Text directly in a line, a reading that was not chosen, and what is
         * no XML. */
        {"hocr",
         "<meta name=x><div class=ocr_page><span class=ocr_line>la <b>accién"
         "</b><br>de <del>dos</del> <ins>tres</ins> & <5</span></div>",
         "la accién\nde tres & <5",
         {{"accién", "acción"}},
         "<meta name=x><div class=ocr_page><span class=ocr_line>la <b>acción"
         "</b><br>de <del>dos</del> <ins>tres</ins> & <5</span></div>"},
        /* Pages, paragraphs, words without text. */
        {"hocr",
         "<html><title>t</title><div class='ocr_page'>" HOCR_LINE HOCR_WORD(
             "1 1 2 2", "a") HOCR_WORD("1 1 2 2", " ")
             HOCR_END HOCR_LINE HOCR_WORD("1 1 2 2", "b") HOCR_END
         "</div><div class='ocr_page'>" HOCR_LINE HOCR_WORD("1 1 2 2", "c")
             HOCR_END "</div></html>",
         "a\n\nb\n\fc",
         {{"c", "d"}},
         "<html><title>t</title><div class='ocr_page'>" HOCR_LINE HOCR_WORD(
             "1 1 2 2", "a") HOCR_WORD("1 1 2 2", " ")
             HOCR_END HOCR_LINE HOCR_WORD("1 1 2 2", "b") HOCR_END
         "</div><div class='ocr_page'>" HOCR_LINE HOCR_KEPT("1 1 2 2", "d", "c")
             HOCR_END "</div></html>"},
    };

    CHECK_SAMPLES(samples);
}
END_TEST

/* ---- ALTO ---------------------------------------------------------------- */

#define OLD(text)                                                              \
    "<ALTERNATIVE PURPOSE=\"original; unfix 0.973\">" text "</ALTERNATIVE>"
#define KEPT(text) ">" OLD(text) "</String>"
#define GLYPH "<Glyph><Shape><Circle/></Shape></Glyph>"

START_TEST(alto_words)
{
    static const struct sample samples[] = {
        {"alto",
         "<alto><TextBlock><TextLine><String CONTENT=\"sesién\" WC=\"0.5\" "
         "CC=\"111111\"/><SP/><String\n HPOS='1' CONTENT='&apos;a'/></TextLine>"
         "<TextLine><String CONTENT=\"b\"/></TextLine></TextBlock></alto>",
         "sesién 'a\nb",
         {{"sesién", "sesión"}, {"'a", "¿a"}},
         "<alto><TextBlock><TextLine><String CONTENT=\"sesión\" WC=\"0.5\" "
         "CC=\"111111\"" KEPT("sesién") "<SP/><String\n HPOS='1' "
                                        "CONTENT='¿a'" KEPT(
                                            "'a") "</TextLine>"
                                                  "<TextLine><String "
                                                  "CONTENT=\"b\"/></TextLine></"
                                                  "TextBlock></alto>"},
        /* A word in two, whose blank is an element. */
        {"alto",
         "<a:alto><a:TextLine><a:String ID=\"s\" HPOS=\"100\" VPOS=\"5\" "
         "WIDTH=\"120.50\" CONTENT=\"Decideseguir\"/><a:SP/><a:String "
         "CONTENT=\"hoy\"><a:Shape/></a:String></a:TextLine></a:alto>",
         "Decideseguir hoy",
         {{"Decideseguir", "Decide seguir"}},
         "<a:alto><a:TextLine><a:String ID=\"s\" HPOS=\"100\" VPOS=\"5\" "
         "WIDTH=\"59.19\" CONTENT=\"Decide\"><a:ALTERNATIVE "
         "PURPOSE=\"original; "
         "unfix 0.973\">Decideseguir</a:ALTERNATIVE></a:String><a:SP "
         "HPOS=\"159\" VPOS=\"5\" WIDTH=\"6.34\"/><a:String ID=\"s_u2\" "
         "HPOS=\"166\" VPOS=\"5\" WIDTH=\"54.96\" CONTENT=\"seguir\"/><a:SP/>"
         "<a:String "
         "CONTENT=\"hoy\"><a:Shape/></a:String></a:TextLine></a:alto>"},
        /* No letter of the encoding, but markup has a way to write it. */
        {"alto",
         "<?xml version='1.0' encoding='US-ASCII'?><alto><String "
         "CONTENT=\"o\"/>"
         "</alto>",
         "o",
         {{"o", "ó"}},
         "<?xml version='1.0' encoding='US-ASCII'?><alto><String CONTENT="
         "\"&#243;\"" KEPT("o") "</alto>"},
        /* The same, where blanks stand about the sign; what only begins like
         * a declaration is none. */
        {"alto",
         "<?xml version='1.0' encoding\t=\n'US-ASCII'?><alto><String "
         "CONTENT=\"o\"/></alto>",
         "o",
         {{"o", "ó"}},
         "<?xml version='1.0' encoding\t=\n'US-ASCII'?><alto><String CONTENT="
         "\"&#243;\"" KEPT("o") "</alto>"},
        {"alto",
         "<?xml-a encoding='US-ASCII'?><alto><String CONTENT=\"o\"/></alto>",
         "o",
         {{"o", "ó"}},
         "<?xml-a encoding='US-ASCII'?><alto><String CONTENT="
         "\"ó\"" KEPT("o") "</alto>"},
        /* A line begins with a word, whatever goes. */
        {"alto",
         "<alto><TextLine><String CONTENT=\"|\"/><SP/> <String CONTENT=\"!\"/>"
         "<SP/><String CONTENT=\"b\"/><SP/><String CONTENT=\"c\"/></TextLine>"
         "</alto>",
         "| ! b c",
         {{"| ", ""}, {"! ", ""}, {" c", ""}},
         "<alto><TextLine><String CONTENT=\"b\"/></TextLine></alto>"},
        /* Two in one. */
        {"alto",
         "<alto><TextLine><String HPOS=\"10\" WIDTH=\"5\" CONTENT=\"6r\"/> "
         "<SP/> "
         "<String HPOS=\"16\" WIDTH=\"8\" "
         "CONTENT=\"ganos\"/></TextLine></alto>",
         "6r ganos",
         {{"6r ganos", "órganos"}},
         "<alto><TextLine><String HPOS=\"10\" WIDTH=\"14\" "
         "CONTENT=\"órganos\"" KEPT("6r ganos") "</TextLine></alto>"},
        /* Behind the word's own shape, before its glyphs. */
        {"alto",
         "<alto><String CONTENT=\"o\"><Shape><Circle/></Shape>" GLYPH
         "</String><String CONTENT=\"u\">" GLYPH "</String></alto>",
         "o u",
         {{"o", "ó"}, {"u", "ú"}},
         "<alto><String CONTENT=\"ó\"><Shape><Circle/></Shape>" OLD("o") GLYPH
         "</String><String CONTENT=\"ú\">" OLD("u") GLYPH "</String></alto>"},
    };

    CHECK_SAMPLES(samples);
}
END_TEST

START_TEST(alto_halves)
{
    static const struct sample samples[] = {
        /* Both halves tell the whole. */
        {"alto",
         "<alto><TextLine><String SUBS_TYPE=\"HypPart1\" SUBS_CONTENT="
         "\"cooperacién\" CONTENT=\"coope\"/><HYP CONTENT=\"\xc2\xad\"/>"
         "</TextLine><TextLine><String CONTENT=\"racién\" "
         "SUBS_TYPE=\"HypPart2\" "
         "SUBS_CONTENT=\"cooperacién\"/></TextLine></alto>",
         "coope-\nracién",
         {{"racién", "ración"}},
         "<alto><TextLine><String SUBS_TYPE=\"HypPart1\" SUBS_CONTENT="
         "\"cooperación\" CONTENT=\"coope\"/><HYP CONTENT=\"\xc2\xad\"/>"
         "</TextLine><TextLine><String CONTENT=\"ración\" "
         "SUBS_TYPE=\"HypPart2\" "
         "SUBS_CONTENT=\"cooperación\"" KEPT("racién") "</TextLine></alto>"},
        /* One tells another thing, one nothing. */
        {"alto",
         "<alto><TextLine><String SUBS_TYPE=\"HypPart1\" SUBS_CONTENT="
         "\"Cooperacién\" CONTENT=\"coope\"/><HYP CONTENT=\"-\"/>"
         "</TextLine><TextLine><String CONTENT=\"racién\" "
         "SUBS_TYPE=\"HypPart2\" "
         "SUBS_CONTENT=\"\"/></TextLine></alto>",
         "coope-\nracién",
         {{"racién", "ración"}},
         "<alto><TextLine><String SUBS_TYPE=\"HypPart1\" SUBS_CONTENT="
         "\"Cooperacién\" CONTENT=\"coope\"/><HYP CONTENT=\"-\"/>"
         "</TextLine><TextLine><String CONTENT=\"ración\" "
         "SUBS_TYPE=\"HypPart2\" "
         "SUBS_CONTENT=\"\"" KEPT("racién") "</TextLine></alto>"},
        /* One word, and no halves any more. */
        {"alto",
         "<alto><TextLine><String SUBS_TYPE=\"HypPart1\" SUBS_CONTENT="
         "\"cooperacién\" CONTENT=\"coope\"/><HYP CONTENT=\"-\"/></TextLine>"
         "<TextLine><String CONTENT=\"racién\" SUBS_TYPE=\"HypPart2\" "
         "SUBS_CONTENT=\"cooperacién\"/> <String CONTENT=\"y\"/></TextLine>"
         "</alto>",
         "coope-\nracién y",
         {{"coope-\nracién ", "cooperación\n"}},
         "<alto><TextLine><String CONTENT=\"cooperación\"" KEPT(
             "coope") "</TextLine><TextLine><String CONTENT=\"y\"/></TextLine>"
                      "</alto>"},
        /* The last word of its line stays, without a text. */
        {"alto",
         "<alto><TextLine><String SUBS_TYPE='HypPart1' SUBS_CONTENT='cosa' "
         "CONTENT='co'/><HYP CONTENT='-'/></TextLine><TextLine><String "
         "CONTENT='sa' SUBS_TYPE='HypPart2' SUBS_CONTENT='cosa'/></TextLine>"
         "</alto>",
         "co-\nsa",
         {{"co-\nsa", "cosa"}},
         "<alto><TextLine><String CONTENT='cosa'" KEPT(
             "co") "</TextLine><TextLine><String "
                   "CONTENT=''/></TextLine></alto>"},
        /* It may be the first half of which nothing is left. */
        {"alto",
         "<alto><TextLine><String CONTENT='la'/> <String CONTENT='co' "
         "SUBS_TYPE="
         "'HypPart1' SUBS_CONTENT='cosa'/><HYP "
         "CONTENT='-'/></TextLine><TextLine>"
         "<String CONTENT='sa' SUBS_TYPE='HypPart2' SUBS_CONTENT='cosa'/>"
         "</TextLine></alto>",
         "la co-\nsa",
         {{" co-\nsa", "\ncosa"}},
         "<alto><TextLine><String CONTENT='la'/></TextLine><TextLine>"
         "<String CONTENT='cosa'" KEPT("sa") "</TextLine></alto>"},
        /* A second half that was glued to the next word ends where that begins,
         * or has what was torn off; a first half that was glued is none any
         * more. */
        {"alto",
         "<alto><TextLine><String CONTENT='co' SUBS_TYPE='HypPart1' "
         "SUBS_CONTENT='cosay'/><HYP CONTENT='-'/></TextLine><TextLine><String "
         "CONTENT='say' SUBS_TYPE='HypPart2' SUBS_CONTENT='cosay'/></TextLine>"
         "</alto>",
         "co-\nsay",
         {{"say", "sa y"}},
         "<alto><TextLine><String CONTENT='co' SUBS_TYPE='HypPart1' "
         "SUBS_CONTENT='cosa'/><HYP CONTENT='-'/></TextLine><TextLine><String "
         "CONTENT='sa' SUBS_TYPE='HypPart2' SUBS_CONTENT='cosa'" KEPT(
             "say") "<String CONTENT='y'/></TextLine></alto>"},
        {"alto",
         "<alto><TextLine><String CONTENT='co' SUBS_TYPE='HypPart1' "
         "SUBS_CONTENT='cos'/><HYP CONTENT='-'/></TextLine><TextLine><String "
         "CONTENT='s' SUBS_TYPE='HypPart2' SUBS_CONTENT='cos'/> <String "
         "CONTENT='a'/></TextLine></alto>",
         "co-\ns a",
         {{"s a", "sa"}},
         "<alto><TextLine><String CONTENT='co' SUBS_TYPE='HypPart1' "
         "SUBS_CONTENT='cosa'/><HYP CONTENT='-'/></TextLine><TextLine><String "
         "CONTENT='sa' SUBS_TYPE='HypPart2' SUBS_CONTENT='cosa'" KEPT(
             "s a") "</TextLine></alto>"},
        {"alto",
         "<alto><TextLine><String CONTENT='laco' SUBS_TYPE='HypPart1' "
         "SUBS_CONTENT='lacosa'/><HYP "
         "CONTENT='-'/></TextLine><TextLine><String "
         "CONTENT='sa' SUBS_TYPE='HypPart2' SUBS_CONTENT='lacosa'/></TextLine>"
         "</alto>",
         "laco-\nsa",
         {{"laco", "la co"}},
         "<alto><TextLine><String CONTENT='la'" KEPT(
             "laco") "<String CONTENT='co'"
                     "/><HYP CONTENT='-'/></TextLine><TextLine><String "
                     "CONTENT='sa'/>"
                     "</TextLine></alto>"},
        /* A whole line in one. */
        {"alto",
         "<alto><TextLine><String CONTENT=\"la accién y la razén\"/></TextLine>"
         "</alto>",
         "la accién y la razén",
         {{"accién", "acción"}, {"y la", "yla"}, {"razén", "razón"}},
         "<alto><TextLine><String CONTENT=\"la acción yla razón\"" KEPT(
             "la accién y la razén") "</TextLine></alto>"},
    };

    CHECK_SAMPLES(samples);
}
END_TEST

/* A second half without a first is a word like others: were all of a line tied
 * together, one repair that cannot be made would hold back all. */
START_TEST(alto_halves_without_a_first)
{
    static const char file[] =
        "<alto><String CONTENT='a'/><String CONTENT='o' SUBS_TYPE='HypPart2'/>"
        "<HYP CONTENT='-'/><String CONTENT='u' SUBS_TYPE='HypPart2'/></alto>";
    struct document document;

    ck_assert(
        format_read(&document, format_find("alto"), NULL, file, strlen(file)));
    ck_assert_uint_eq(document.unit_count, 4);
    for (size_t i = 0; i < document.unit_count; i++)
        ck_assert(!document.units[i].is_tied);
    document_free(&document);
}
END_TEST

/* ---- Tesseract's TSV ----------------------------------------------------- */

#define TSV_HEAD                                                               \
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\t"     \
    "width\theight\tconf\ttext"

START_TEST(tesseract_words)
{
    static const struct sample samples[] = {
        {"tesseract-tsv",
         TSV_HEAD "\r\n4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t\r\n"
                  "5\t1\t1\t1\t1\t1\t10\t0\t60\t9\t93.1\tDecideseguir\r\n"
                  "5\t1\t1\t1\t1\t2\t80\t0\t9\t9\t9\t6r\r\n"
                  "5\t1\t1\t1\t1\t3\t90\t0\t20\t9\t9\tganos\r\n"
                  "5\t1\t1\t2\t1\t1\t90\t0\t20\t9\t9\tb",
         "Decideseguir 6r ganos\n\nb",
         {{"Decideseguir", "Decide seguir"}, {"6r ganos", "órganos"}},
         TSV_HEAD "\r\n4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t\r\n"
                  "5\t1\t1\t1\t1\t1\t10\t0\t29\t9\t93.1\tDecide\r\n"
                  "5\t1\t1\t1\t1\t4\t43\t0\t27\t9\t93.1\tseguir\r\n"
                  "5\t1\t1\t1\t1\t2\t80\t0\t30\t9\t9\tórganos\r\n"
                  "5\t1\t1\t2\t1\t1\t90\t0\t20\t9\t9\tb"},
        /* Two words of a line in several. */
        {"tesseract-tsv",
         TSV_HEAD "\n5\t1\t1\t1\t1\t1\t10\t0\t60\t9\t9\tDecideseguir\n"
                  "5\t1\t1\t1\t1\t2\t80\t0\t80\t9\t9\tyaelotro\n"
                  "5\t1\t1\t1\t2\t1\t10\t0\t60\t9\t9\tDecideseguir",
         "Decideseguir yaelotro\nDecideseguir",
         {{"Decideseguir", "Decide seguir"},
          {"yaelotro", "y a el otro"},
          {"Decideseguir", "Decide seguir"}},
         TSV_HEAD "\n5\t1\t1\t1\t1\t1\t10\t0\t29\t9\t9\tDecide\n"
                  "5\t1\t1\t1\t1\t3\t43\t0\t27\t9\t9\tseguir\n"
                  "5\t1\t1\t1\t1\t2\t80\t0\t9\t9\t9\ty\n"
                  "5\t1\t1\t1\t1\t4\t95\t0\t9\t9\t9\ta\n"
                  "5\t1\t1\t1\t1\t5\t110\t0\t15\t9\t9\tel\n"
                  "5\t1\t1\t1\t1\t6\t130\t0\t30\t9\t9\totro\n"
                  "5\t1\t1\t1\t2\t1\t10\t0\t29\t9\t9\tDecide\n"
                  "5\t1\t1\t1\t2\t2\t43\t0\t27\t9\t9\tseguir"},
        {"tesseract-tsv",
         "\xef\xbb\xbf" TSV_HEAD "\n5\t1\t1\t1\t1\t1\t1\t0\t6\t9\t9\tsesién",
         "sesién",
         {{"sesién", "sesión"}},
         "\xef\xbb\xbf" TSV_HEAD "\n5\t1\t1\t1\t1\t1\t1\t0\t6\t9\t9\tsesión"},
    };

    CHECK_SAMPLES(samples);
}
END_TEST

/* ---- PAGE ---------------------------------------------------------------- */

#define PAGE_2019                                                              \
    "<PcGts xmlns=\"http://schema.primaresearch.org/PAGE/gts/pagecontent/"     \
    "2019-07-15\"><Page><TextRegion id=\"r\">"
#define PAGE_2013                                                              \
    "<PcGts xmlns=\"http://schema.primaresearch.org/PAGE/gts/pagecontent/"     \
    "2013-07-15\"><Page><TextRegion id=\"r\">"
#define EQUIV(text) "<TextEquiv><Unicode>" text "</Unicode></TextEquiv>"
#define NEW_EQUIV(text)                                                        \
    "<TextEquiv index=\"0\" conf=\"0.973\"><Unicode>" text                     \
    "</Unicode></TextEquiv>"
#define OLD_EQUIV(text)                                                        \
    "<TextEquiv index=\"1\"><Unicode>" text "</Unicode></TextEquiv>"
#define PAGE_END "</TextRegion></Page></PcGts>"

#define ORDERED_REGION(id, word)                                               \
    "<TextRegion id=\"" id                                                     \
    "\"><TextLine>" EQUIV(word) "</TextLine></TextRegion>"
#define ORDERED(groups, first, second, third, fourth)                          \
    "<PcGts><Page><ReadingOrder>" groups "</ReadingOrder>" ORDERED_REGION(     \
        "a", first) "<TableRegion "                                            \
                    "id=\"b\">" ORDERED_REGION(                                \
                        "e", second) "</"                                      \
                                     "TableRegion"                             \
                                     ">" ORDERED_REGION("c", third)            \
                                         ORDERED_REGION(                       \
                                             "d", fourth) "</Page></PcGts>"

/* Regions as the file orders them; those that it does not name come last. */
START_TEST(page_regions)
{
    static const char groups[] = ORDERED(
        "<OrderedGroup id=\"g\"><OrderedGroupIndexed index=\"1\">"
        "<RegionRefIndexed index=\"5\" regionRef=\"a\"/>"
        "<RegionRefIndexed index=\"2\" regionRef=\"none\"/>"
        "<RegionRefIndexed index=\"3\" regionRef=\"d\"/>"
        "</OrderedGroupIndexed>"
        "<RegionRefIndexed index=\"0\" regionRef=\"c\"/></OrderedGroup>",
        "uno", "dos", "tres", "sesién");
    static const struct sample samples[] = {
        {"page",
         groups,
         "tres\n\nsesién\n\nuno\n\ndos",
         {{"sesién", "sesión"}, {"uno", "una"}},
         ORDERED("<OrderedGroup id=\"g\"><OrderedGroupIndexed index=\"1\">"
                 "<RegionRefIndexed index=\"5\" regionRef=\"a\"/>"
                 "<RegionRefIndexed index=\"2\" regionRef=\"none\"/>"
                 "<RegionRefIndexed index=\"3\" regionRef=\"d\"/>"
                 "</OrderedGroupIndexed>"
                 "<RegionRefIndexed index=\"0\" "
                 "regionRef=\"c\"/></OrderedGroup>",
                 "una", "dos", "tres", "sesión")},
        /* Without an order of its own a group is as it stands. */
        {"page",
         ORDERED("<UnorderedGroup><RegionRef regionRef=\"d\"/><RegionRef "
                 "regionRef=\"b\"/></UnorderedGroup>",
                 "uno", "dos", "tres", "sesién"),
         "sesién\n\ndos\n\nuno\n\ntres",
         {{"sesién", "sesión"}},
         ORDERED("<UnorderedGroup><RegionRef regionRef=\"d\"/><RegionRef "
                 "regionRef=\"b\"/></UnorderedGroup>",
                 "uno", "dos", "tres", "sesión")},
    };

    CHECK_SAMPLES(samples);
}
END_TEST

/* Whatever tags lack, no region is read twice. */
START_TEST(page_order_of_broken_tags)
{
    static const char file[] =
        "<PcGts><Page><ReadingOrder><RegionRef regionRef='b'></ReadingOrder>"
        "<TextRegion id='a'><TextLine></x>" EQUIV(
            "uno") "</TextLine></TextRegion>"
                   "<TextRegion id='b'><TextLine>" EQUIV("dos") "</TextLine>";
    struct document document;

    ck_assert(
        format_read(&document, format_find("page"), NULL, file, strlen(file)));
    for (size_t i = 1; i < document.anchor_count; i++)
        for (size_t k = 0; k < i; k++)
            ck_assert(document.anchors[i].place != document.anchors[k].place);
    document_free(&document);
}
END_TEST

START_TEST(page_words)
{
    static const struct sample samples[] = {
        /* Word, line and region tell the same; a line that does not, stays.
         */
        {"page",
         PAGE_2013
         "<TextLine><Word id=\"w\">" EQUIV("la") "</Word><Word>" EQUIV(
             "acci&#233;n") "</Word>" EQUIV("la  acción") "</"
                                                          "TextLine"
                                                          ">" EQUIV("la"
                                                                    "\na"
                                                                    "cci"
                                                                    "én")
                                                              PAGE_END,
         "la accién",
         {{"accién", "acción"}},
         PAGE_2013
         "<TextLine><Word id=\"w\">" EQUIV("la") "</Word><Word>" EQUIV(
             "acci&#243;n") "</Word>" EQUIV("la  acción") "</"
                                                          "TextLine"
                                                          ">" EQUIV("la"
                                                                    "\na"
                                                                    "cci"
                                                                    "ón")
                                                              PAGE_END},
        /* The reading that was is kept, from 2016 on. */
        {"page",
         PAGE_2019
         "<TextLine><Word>" EQUIV("sesién") "</Word></TextLine>" PAGE_END,
         "sesién",
         {{"sesién", "sesión"}},
         PAGE_2019 "<TextLine><Word>" NEW_EQUIV("sesión")
             OLD_EQUIV("sesién") "</Word></TextLine>" PAGE_END},
        /* Of several the one with the lowest index; glyphs are no words. */
        {"page",
         PAGE_2019 "<TextLine><Word><Glyph>" EQUIV(
             "l") "</Glyph><TextEquiv "
                  "index=\"2\"><Unicode>b</Unicode></TextEquiv><TextEquiv "
                  "index='1' conf='0.2'><PlainText>lé</PlainText><Unicode> "
                  "lé\n"
                  "</Unicode></TextEquiv></Word></TextLine>" PAGE_END,
         "lé",
         {{"lé", "lo"}},
         PAGE_2019 "<TextLine><Word><Glyph>" EQUIV(
             "l") "</Glyph><TextEquiv "
                  "index=\"2\"><Unicode>b</Unicode></TextEquiv><TextEquiv "
                  "index='1' "
                  "conf='0.973'><PlainText>lo</PlainText><Unicode> lo\n"
                  "</Unicode></TextEquiv><TextEquiv index='3' conf='0.2'>"
                  "<PlainText>lé</PlainText><Unicode> "
                  "lé\n</Unicode></TextEquiv>"
                  "</Word></TextLine>" PAGE_END},
        /* Where the first reading is that there is no word, none of the others
         * is one. */
        {"page",
         PAGE_2019 "<TextLine><Word>" EQUIV(
             "a") "</Word><Word>"
                  "<TextEquiv index='1'><Unicode>a</Unicode></TextEquiv>"
                  "<TextEquiv "
                  "index='0'><Unicode/></TextEquiv></Word></TextLine>" PAGE_END,
         "a",
         {{"a", "á"}},
         PAGE_2019 "<TextLine><Word>" NEW_EQUIV("á") OLD_EQUIV(
             "a") "</Word><Word>"
                  "<TextEquiv index='1'><Unicode>a</Unicode></TextEquiv>"
                  "<TextEquiv "
                  "index='0'><Unicode/></TextEquiv></Word></"
                  "TextLine>" PAGE_END},
        /* Two words from one, and one from two; the line follows. */
        {"page",
         PAGE_2013
         "<TextLine><Word id=\"w\"><Coords points=\"10,1 70,1 "
         "70,9 10,9\""
         "/>" EQUIV(
             "Decideseguir") "</Word> <Word><Coords "
                             "points=\"80,1 89,9\"/>" EQUIV(
                                 "6r") "</Word>\n<Word><Coords "
                                       "points=\"90,0 "
                                       "110,8\"/>" EQUIV(
                                           "ganos") "</Word>" EQUIV("Decidesegu"
                                                                    "ir 6r "
                                                                    "ganos") "<"
                                                                             "/"
                                                                             "T"
                                                                             "e"
                                                                             "x"
                                                                             "t"
                                                                             "L"
                                                                             "i"
                                                                             "n"
                                                                             "e"
                                                                             ">" PAGE_END,
         "Decideseguir 6r ganos",
         {{"Decideseguir", "Decide seguir"}, {"6r ganos", "órganos"}},
         PAGE_2013
         "<TextLine><Word id=\"w\"><Coords points=\"10,1 39,1 39,9 10,9\""
         "/>" EQUIV(
             "Decide") "</Word><Word id=\"w_u2\"><Coords "
                       "points=\"43,1 70,1 70,9 43,9\"/>" EQUIV(
                           "seguir") "</Word> <Word>"
                                     "<Coords points=\"80,0 110,0 110,9 "
                                     "80,9\"/>" EQUIV(
                                         "órganos") "</Word>" EQUIV("Decide"
                                                                    " segui"
                                                                    "r "
                                                                    "órgano"
                                                                    "s") "<"
                                                                         "/"
                                                                         "T"
                                                                         "e"
                                                                         "x"
                                                                         "t"
                                                                         "L"
                                                                         "i"
                                                                         "n"
                                                                         "e"
                                                                         ">" PAGE_END},
        /* What tells a word again goes with each. */
        {"page",
         PAGE_2013 "<TextLine><Word><TextEquiv><PlainText> "
                   "delaacci&#243;n</PlainText><Unicode>delaacción</Unicode>"
                   "</TextEquiv></Word></TextLine>" PAGE_END,
         "delaacción",
         {{"delaacción", "de la acción"}},
         PAGE_2013
         "<TextLine><Word><TextEquiv><PlainText> de</PlainText><Unicode>de"
         "</Unicode></TextEquiv></Word><Word><TextEquiv><PlainText> la"
         "</PlainText><Unicode>la</Unicode></TextEquiv></Word><Word><TextEquiv>"
         "<PlainText> acci&#243;n</PlainText><Unicode>acción</Unicode>"
         "</TextEquiv></Word></TextLine>" PAGE_END},
        /* Lines without words, a broken one in two of them. */
        {"page",
         PAGE_2013
         "<TextLine>" EQUIV("la coope-") "</TextLine><TextLine>" EQUIV(
             "racién y la") "</TextLine>" EQUIV("la coope-\nracién y la")
             PAGE_END,
         "la coope-\nracién y la",
         {{"coope-\nracién ", "cooperación\n"}},
         PAGE_2013
         "<TextLine>" EQUIV("la cooperación") "</TextLine><TextLine>" EQUIV(
             "y la") "</TextLine>" EQUIV("la cooperación\ny la") PAGE_END},
        /* What tells lines again has no end of a line. */
        {"page",
         PAGE_2013 "<TextLine><Word>" EQUIV("coope-") "</Word>" EQUIV("coope-") "</TextLine><TextLine><Word>" EQUIV(
             "racién") "</Word><Word>" EQUIV("y") "</Word>" EQUIV("racién y") "</TextLine>" EQUIV("coope-\nracién y")
             PAGE_END,
         "coope-\nracién y",
         {{"coope-\nracién ", "cooperación\n"}},
         PAGE_2013
         "<TextLine><Word>" EQUIV("cooperación") "</Word>" EQUIV("cooperación") "</TextLine><TextLine><Word>" EQUIV(
             "y") "</Word>" EQUIV("y") "</TextLine>" EQUIV("cooperación\ny")
             PAGE_END},
        /* A word that goes to the line where it ends. */
        {"page",
         PAGE_2013 "<TextLine><Word>" EQUIV("la") "</Word> <Word>" EQUIV(
             "co-") "</Word>" EQUIV("la co-") "</"
                                              "TextLine><TextLine><"
                                              "Word>" EQUIV(
                                                  "sa") "</"
                                                        "Word"
                                                        ">" EQUIV(
                                                            "sa") "</"
                                                                  "TextLine"
                                                                  ">" EQUIV("la"
                                                                            " c"
                                                                            "o-"
                                                                            "\n"
                                                                            "s"
                                                                            "a")
                                                                      PAGE_END,
         "la co-\nsa",
         {{" co-\nsa", "\ncosa"}},
         PAGE_2013 "<TextLine><Word>" EQUIV("la") "</Word>" EQUIV(
             "la") "</"
                   "TextLine><"
                   "TextLine><"
                   "Word>" EQUIV("cosa") "</Word>" EQUIV(
                       "cosa") "<"
                               "/"
                               "T"
                               "e"
                               "x"
                               "t"
                               "L"
                               "i"
                               "n"
                               "e"
                               ">" EQUIV("la\ncosa") PAGE_END},
        {"page",
         PAGE_2013 "<TextLine>" EQUIV("la co-") "</TextLine><TextLine>" EQUIV(
             "sa") "</TextLine>" PAGE_END,
         "la co-\nsa",
         {{" co-\nsa", "\ncosa"}},
         PAGE_2013 "<TextLine>" EQUIV("la") "</TextLine><TextLine>" EQUIV(
             "cosa") "</TextLine>" PAGE_END},
    };

    CHECK_SAMPLES(samples);
}
END_TEST

/* ---- What the engine says ------------------------------------------------ */

START_TEST(confidences)
{
    static const struct {
        const char *format;
        const char *file;
        int confidences[5]; /* of the words */
    } samples[] = {
        {"hocr",
         "<p class='ocr_par'><span class='ocr_line' title='x_wconf 7'>"
         "<span class='ocrx_word' title='bbox 1 2 3 4; x_wconf 96'>la</span> "
         "<span class='ocrx_word' title='x_wconf 8.25; bbox 1 2 3 4'>la</span> "
         "<span class='ocrx_word' title='bbox 1 2 3 4'>la</span> "
         "<span class='ocrx_word' title='x_wconf -1'>la</span> "
         "<span class='ocrx_word' title='x_wconf 250'>la</span></span></p>",
         {960, 82, -1, -1, 1000}},
        {"alto",
         "<alto><TextLine><String CONTENT=\"la\" WC=\"0.51\"/>"
         "<String WC='1' CONTENT=\"la\" CC=\"99\"/>"
         "<String CONTENT=\"la\" CC=\"09\"/>"
         "<String CONTENT=\"la\" CC=\"0 0\"/>"
         "<String CONTENT=\"la\" CC=\"\"/></TextLine></alto>",
         {510, 1000, 500, 1000, -1}},
        {"tesseract-tsv",
         TSV_HEAD "\n5\t1\t1\t1\t1\t1\t1\t1\t9\t9\t96.71\tla\n"
                  "5\t1\t1\t1\t1\t2\t1\t1\t9\t9\t-1\tla\n"
                  "5\t1\t1\t1\t1\t3\t1\t1\t9\t9\t0\tla\n"
                  "5\t1\t1\t1\t1\t4\t1\t1\t9\t9\t\tla\n"
                  "5\t1\t1\t1\t1\t5\t1\t1\t9\t9\tx\tla\n",
         {967, -1, 0, -1, -1}},
        {"page",
         "<PcGts><TextLine>"
         "<Word><TextEquiv "
         "conf=\"0.7\"><Unicode>la</Unicode></TextEquiv></Word>"
         "<Word><TextEquiv><Unicode>la</Unicode></TextEquiv></Word>"
         "<Word><TextEquiv index=\"1\" conf=\"0.2\"><Unicode>el</Unicode>"
         "</TextEquiv><TextEquiv index=\"0\" conf=\"0.9\"><Unicode>la</Unicode>"
         "</TextEquiv></Word>"
         "<Word><TextEquiv conf=\"\"><Unicode>la</Unicode></TextEquiv></Word>"
         "<Word><TextEquiv "
         "conf=\"1.0\"><Unicode>la</Unicode></TextEquiv></Word>"
         "</TextLine></PcGts>",
         {700, -1, 900, -1, 1000}},
        {"json-ocr",
         "{\"readResults\":[{\"lines\":[{\"words\":["
         "{\"text\":\"la\",\"confidence\":1e-05},"
         "{\"text\":\"la\",\"confidence\":-1},"
         "{\"text\":\"la\",\"confidence\":9.5E-1},"
         "{\"text\":\"la\",\"confidence\":0.5e+99},"
         "{\"confidence\":0.05e1,\"text\":\"la\"}]}]}]}",
         {0, -1, 950, 1000, 500}},
    };

    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        struct document document;

        ck_assert(format_read(&document, format_find(samples[i].format), NULL,
                              samples[i].file, strlen(samples[i].file)));
        ck_assert_uint_eq(document.unit_count, 5);
        for (int k = 0; k < 5; k++)
            ck_assert_msg(document.units[k].confidence ==
                              samples[i].confidences[k],
                          "%s, word %d: %d", samples[i].format, k,
                          document.units[k].confidence);
        document_free(&document);
    }
}
END_TEST

#define CHOICE(conf, text)                                                     \
    "<span class='ocrx_cinfo' id='choice_1' title='x_confs " conf "'>" text    \
    "</span>"
#define CHOICES(id, letters)                                                   \
    "<span class='ocrx_cinfo' id='lstm_choices_" id "'>" letters "</span>"

/* The readings of the first word that an engine offers, and nothing of them in
 * its text. */
START_TEST(other_readings)
{
    static const struct {
        const char *format;
        const char *file;
        const char *text;
        const char *offers; /* text=confidence, each with a blank after it */
    } samples[] = {
        {"hocr",
         "<p class='ocr_par'><span class='ocr_line'>"
         "<span class='ocrx_word' title='x_wconf 9'>v&#105;o&amp;\n" CHOICES(
             "1", CHOICE("90", " ") CHOICE("7", ":"))
             CHOICES("2", CHOICE("99", "v") CHOICE("0", "y")) CHOICES(
                 "3", CHOICE("80.5", "i") CHOICE("23.854523", "í")
                          CHOICE("8", "&#108;") CHOICE("8", " "))
                 CHOICES("4", CHOICE("50", "c") CHOICE("40", "o")) CHOICES(
                     "5",
                     CHOICE("90", "&amp;") CHOICE(
                         "250", "8")) "</span> <span class='ocrx_word' "
                                      "title='x_wconf 9'>la</span></span></p>",
         "vio& la", "vío&=238 vlo&=80 vic&=500 vio8=1000 "},
        {"alto",
         "<alto><TextLine><String CONTENT=\"tos\" WC=\"0.5\">"
         "<ALTERNATIVE PURPOSE=\"original; unfix 0.973\">t0s</ALTERNATIVE>"
         "<ALTERNATIVE PURPOSE=\"OCR\"> los &amp; </ALTERNATIVE>"
         "<ALTERNATIVE/><ALTERNATIVE></ALTERNATIVE></String>"
         "<String CONTENT=\"la\"/></TextLine></alto>",
         "tos la", "los &=500 "},
    };

    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        struct document document;
        char offers[200] = "";

        ck_assert(format_read(&document, format_find(samples[i].format), NULL,
                              samples[i].file, strlen(samples[i].file)));
        ck_assert_uint_eq(document.text.length, strlen(samples[i].text));
        ck_assert(memcmp(document.text.data, samples[i].text,
                         document.text.length) == 0);
        for (size_t k = 0; k < document.offer_count; k++) {
            const struct offer *offer = &document.offers[k];

            ck_assert_uint_eq(offer->unit, 0);
            snprintf(offers + strlen(offers), sizeof(offers) - strlen(offers),
                     "%.*s=%d ", (int)offer->length,
                     document.offered.data + offer->text, offer->confidence);
        }
        ck_assert_str_eq(offers, samples[i].offers);
        document_free(&document);
    }
}
END_TEST

/* What an engine offers beyond measure is left out. */
START_TEST(offers_are_bounded)
{
    struct document document = {0};
    char text[OFFER_LONGEST + 1];

    memset(text, 'a', sizeof(text));
    document_offer(&document, text, 1, 5);
    ck_assert_uint_eq(document.offer_count, 0);
    for (int unit = 0; unit < 2; unit++) {
        ck_assert_ptr_nonnull(document_begin_unit(&document, 0));
        document_add(&document, text, 1, (struct span){0, 1}, SPELLING_PLAIN,
                     false);
        document_offer(&document, text, sizeof(text), 5);
        for (int i = 0; i < 2 * OFFERS_MOST; i++)
            document_offer(&document, text, 1, 5);
        document_end_unit(&document, 1);
    }
    ck_assert_uint_eq(document.offer_count, 2 * OFFERS_MOST);
    /* Without text there is no unit, and nothing to read otherwise. */
    ck_assert_ptr_nonnull(document_begin_unit(&document, 0));
    document_offer(&document, text, 1, 5);
    document_end_unit(&document, 0);
    ck_assert_uint_eq(document.offer_count, 2 * OFFERS_MOST);
    document_free(&document);
}
END_TEST

/* ---- Other pages and prose ----------------------------------------------- */

START_TEST(bbox_words)
{
    static const struct sample samples[] = {
        {"bbox",
         "<html><page><block><line><word xMin=\"10.000000\" yMin=\"1.0\" "
         "xMax=\"70.000000\" yMax=\"9.0\">Decideseguir</word>\n<word "
         "xMin=\"80.0\" "
         "yMin=\"1.0\" xMax=\"89.0\" yMax=\"9.0\">6r</word>\n<word "
         "xMin=\"90.0\" "
         "yMin=\"0.5\" xMax=\"110.0\" yMax=\"8.0\">g&amp;</word></line></block>"
         "<block><line><word>b</word></line></block></page></html>",
         "Decideseguir 6r g&\n\nb",
         {{"Decideseguir", "Decide seguir"}, {"6r g&", "órg&"}},
         "<html><page><block><line><word xMin=\"10.000000\" yMin=\"1.0\" "
         "xMax=\"39.473684\" yMax=\"9.0\">Decide</word> <word "
         "xMin=\"42.631578\" "
         "yMin=\"1.0\" xMax=\"70.000000\" yMax=\"9.0\">seguir</word>\n<word "
         "xMin=\"80.0\" yMin=\"0.5\" xMax=\"110.0\" "
         "yMax=\"9.0\">órg&amp;</word>"
         "</line></block>"
         "<block><line><word>b</word></line></block></page></html>"},
    };

    CHECK_SAMPLES(samples);
}
END_TEST

START_TEST(prose)
{
    static const struct sample samples[] = {
        {"html",
         "<html><head><style>p{n}</style><title>La "
         "accién</title></head><body><p "
         "title='accién'>La <b>acci&eacute;n</b> y<sup>1</sup> <code>accién"
         "</code>\n<br>otra &lt;a</p><p>b</body></html>",
         "La accién\n\nLa accién y 1\n\notra <a\n\nb",
         {{"accién", "acción"}, {"accién", "acción"}, {"a\n", "o\n"}},
         "<html><head><style>p{n}</style><title>La "
         "acción</title></head><body><p "
         "title='accién'>La <b>acci&oacute;n</b> y<sup>1</sup> <code>accién"
         "</code>\n<br>otra &lt;o</p><p>b</body></html>"},
        /* Where a script ends is not told by the signs within it. */
        {"html",
         "<p>La accién<script>for(i=0;i<n;i++){a='</scripts'}</SCRIPT\n>"
         "<p>otra accién<pre>a <b </PRE>más<style>accién",
         "La accién\n\notra accién\n\nmás",
         {{"accién", "acción"}, {"accién", "acción"}},
         "<p>La acción<script>for(i=0;i<n;i++){a='</scripts'}</SCRIPT\n>"
         "<p>otra acción<pre>a <b </PRE>más<style>accién"},
        /* HTML that is well-formed by chance is HTML. */
        {"html",
         "<HTML><BODY><P>La ac<B>cién</B></P><PRE>accién</PRE></BODY></HTML>",
         "La accién",
         {{"accién", "acción"}},
         "<HTML><BODY><P>La ac<B>ción</B></P><PRE>accién</PRE></BODY></HTML>"},
        {"html",
         "<html><P>La ac<B>cién</B></P><SCRIPT>accién</SCRIPT></html>",
         "La accién",
         {{"accién", "acción"}},
         "<html><P>La ac<B>ción</B></P><SCRIPT>accién</SCRIPT></html>"},
        /* A byte order mark is no text: nothing may come before the tags. */
        {"xml",
         "\xef\xbb\xbf<?xml version=\"1.0\"?><a>accién</a>",
         "accién",
         {{"accién", "acción"}},
         "\xef\xbb\xbf<?xml version=\"1.0\"?><a>acción</a>"},
        {"xml",
         "<TEI><p>La <hi>acc</hi>ién y</p><p>la</p>\n<p><![CDATA[accién & b]]>"
         "</p></TEI>",
         "La accién y\n\nla\n\naccién & b",
         {{"accién", "acción"}, {"accién", "acción"}},
         "<TEI><p>La <hi>acc</hi>ión y</p><p>la</p>\n<p><![CDATA[acción & b]]>"
         "</p></TEI>"},
        /* Lines of TEI end without a blank, but for those that end within a
         * word. */
        {"xml",
         "<p>la<lb/>coope-<lb/>racién<lb n='1' break='no'/>es y<pb/>la cá-<lb "
         "break=\"no\"/>mara</p>",
         "la\ncoope-\nraciénes y\nla cá-\nmara",
         {{"raciénes", "raciones"}, {"la", "lo"}},
         "<p>la<lb/>coope-<lb/>racion<lb n='1' break='no'/>es y<pb/>lo cá-<lb "
         "break=\"no\"/>mara</p>"},
        /* Notes and their figures are beside the text. */
        {"xml",
         "<p>la<note>La nota<sup>1</sup></note> "
         "otra<superscript>2</superscript>"
         "</p>",
         "la\n\nLa nota 1\n\notra 2",
         {{"otra", "otro"}},
         "<p>la<note>La nota<sup>1</sup></note> "
         "otro<superscript>2</superscript>"
         "</p>"},
        /* What is wrong in a quotation is to be so. */
        {"xml",
         "<p>a <t:sic>acc<hi>ié</hi>n</t:sic> b "
         "<orig>accién</orig><sic/>acción</p>",
         "a\n\nb\n\nacción",
         {{"b", "d"}},
         "<p>a <t:sic>acc<hi>ié</hi>n</t:sic> d "
         "<orig>accién</orig><sic/>acción</p>"},
        {"markdown",
         "# La accién\r\n\r\nUna `accién` y [accién](accién) "
         "más\r\n```\naccién\n```"
         "\nla  accién",
         "# La accién\n\nUna `accién` y [accién](accién) más\nla  accién",
         {{"accién", "acción"},
          {"`accién", "`acción"},
          {"[accién", "[acción"},
          {"(accién", "(acción"},
          {"la  accién", "la acción"}},
         "# La acción\r\n\r\nUna `accién` y [acción](accién) "
         "más\r\n```\naccién\n```"
         "\nla acción"},
        /* Fences end with as many of their signs, code with as many. */
        {"markdown",
         "\xef\xbb\xbf````md\n```\naccién\n~~~~\n```` accién\n  `````\t\nla "
         "accién\n~~~\naccién\n```\n~~~\n``` a`b accién\n`` a`accién`` "
         "accién\n\\`accién` accién\n``accién` accién\n",
         "la accién\n``` a`b accién\n`` a`accién`` accién\n\\`accién` "
         "accién\n``accién` accién",
         {{"la accién", "la acción"},
          {"b accién", "b acción"},
          {"a`accién", "a`acción"},
          {" accién", " acción"},
          {"accién", "acción"},
          {"accién", "acción"},
          {"accién", "acción"},
          {"accién", "acción"}},
         "\xef\xbb\xbf````md\n```\naccién\n~~~~\n```` accién\n  `````\t\nla "
         "acción\n~~~\naccién\n```\n~~~\n``` a`b acción\n`` a`accién`` "
         "acción\n\\`acción` acción\n``acción` acción\n"},
        /* Fences in lists and quotations; a quotation ends those in it. */
        {"markdown",
         "- ```c\n  accién\n  ```\n1) ~~~\n   accién\n   ~~~\n  accién\n> - "
         "```\n"
         "> > accién\n>\n>   ```\n> accién\n> ```\n> accién\naccién\n```\n> "
         "```\n"
         "- ```\naccién\n```\n-``` a\n1.``` b",
         "accién\n> accién\naccién\n-``` a\n1.``` b",
         {{"accién", "acción"}, {"accién", "acción"}, {"accién", "acción"}},
         "- ```c\n  accién\n  ```\n1) ~~~\n   accién\n   ~~~\n  acción\n> - "
         "```\n"
         "> > accién\n>\n>   ```\n> acción\n> ```\n> accién\nacción\n```\n> "
         "```\n"
         "- ```\naccién\n```\n-``` a\n1.``` b"},
        {"srt",
         "1\n00:00:01,000 --> 00:00:02,000\n<i>La "
         "accién</i>\nque\n\n2\n00:00:03,000 "
         "--> 00:00:04,000\n{\\an8}aprobé",
         "La accién\nque\naprobé",
         {{"accién", "acción"}, {"aprobé", "aprobó"}},
         "1\n00:00:01,000 --> 00:00:02,000\n<i>La "
         "acción</i>\nque\n\n2\n00:00:03,000 "
         "--> 00:00:04,000\n{\\an8}aprobó"},
        {"srt",
         "1\n00:00:01,000 --> 00:00:02,000\nla co-\nsa\n\n2\n00:00:03,000 --> "
         "00:00:04,000\na\n",
         "la co-\nsa\na",
         {{" co-\nsa", "\ncosa"}},
         "1\n00:00:01,000 --> 00:00:02,000\nla\ncosa\n\n2\n00:00:03,000 --> "
         "00:00:04,000\na\n"},
        /* A time begins a cue, whatever stands before it. */
        {"srt",
         "1\n00:00:01,000 --> 00:00:02,000\na\n00:00:03,000 --> 00:00:04,000\n"
         "b\n",
         "a\nb",
         {{"a", "o"}},
         "1\n00:00:01,000 --> 00:00:02,000\no\n00:00:03,000 --> 00:00:04,000\n"
         "b\n"},
        {"vtt",
         "WEBVTT accién\n\nNOTE accién\n\n00:01.000 --> 00:02.000\nLa accién\n",
         "La accién",
         {{"accién", "acción"}},
         "WEBVTT accién\n\nNOTE accién\n\n00:01.000 --> 00:02.000\nLa "
         "acción\n"},
        /* Quotes are doubled; without quotes none can be put in. */
        {"csv",
         "id;text\r\n1;\"la \"\"accién\"\"; "
         "y\nno\"\r\n2;accién\r\n3;accién\r\n",
         "la \"accién\"; y\nno\n\naccién\n\naccién",
         {{"accién\"", "acción\""},
          {"y", "\"y\""},
          {"accién", "acc;ón"},
          {"accién", "acción"}},
         "id;text\r\n1;\"la \"\"acción\"\"; \"\"y\"\"\nno\"\r\n2;accién\r\n3;"
         "acción\r\n"},
        {"csv",
         "\xef\xbb\xbf\"a; \"\"b\"\"; c;\nd; e\",text\n1,accién;\n",
         "accién;",
         {{"accién", "acción"}},
         "\xef\xbb\xbf\"a; \"\"b\"\"; c;\nd; e\",text\n1,acción;\n"},
        {"csv",
         "5\", 6;a;text\n1;2;accién,\n",
         "accién,",
         {{"accién", "acción"}},
         "5\", 6;a;text\n1;2;acción,\n"},
        {"tsv",
         "text\tn\nla \"accién\t1\n",
         "la \"accién",
         {{"accién", "acción"}},
         "text\tn\nla \"acción\t1\n"},
    };

    CHECK_SAMPLES(samples);
}
END_TEST

/* What is no UTF-8 is a byte by itself: forms that are too long or cut off,
 * surrogates, what is beyond the last character. */
/* ---- What is written is read again --------------------------------------- */

/* One repair: `length` bytes of the text at `at` become `meant`. */
static void
check_read_back(const struct document *document, size_t at, size_t length,
                const char *meant)
{
    const unfix_correction made = {.offset = at,
                                   .length = length,
                                   .original = document->text.data + at,
                                   .original_length = length,
                                   .replacement = meant,
                                   .replacement_length = strlen(meant),
                                   .verdict = UNFIX_APPLIED,
                                   .reason = "test"};
    const unfix_correction *const list[] = {&made};
    const struct corrections corrections = {list, 1};
    const size_t end = at + length;
    struct repaired repaired;
    struct document again;
    struct buffer wanted = {0};

    ck_assert(format_write(document, &corrections, false, &repaired));
    ck_assert(format_read(&again, document->format, NULL, repaired.output.data,
                          repaired.output.length));
    buffer_append(&wanted, document->text.data, at);
    if (repaired.repairs[0].shown.verdict == UNFIX_APPLIED)
        buffer_append(&wanted, meant, strlen(meant));
    else
        buffer_append(&wanted, made.original, length);
    buffer_append(&wanted, document->text.data + end,
                  document->text.length - end);
    buffer_append(&wanted, "", 1);
    buffer_append(&again.text, "", 1);
    ck_assert_str_eq(again.text.data, wanted.data);
    buffer_free(&wanted);
    document_free(&again);
    repaired_free(&repaired);
}

/* Wherever a letter is put in or becomes two. */
START_TEST(read_back)
{
    static const char *const files[][2] = {
        {"alto", "<alto><TextLine><String CONTENT='la'/><SP/><String CONTENT="
                 "'c&#243;o' SUBS_TYPE='HypPart1' SUBS_CONTENT='cóora'/><HYP "
                 "CONTENT='='/></TextLine><TextLine><String CONTENT='ra' "
                 "SUBS_TYPE='HypPart2' SUBS_CONTENT='cóora'/> <String CONTENT="
                 "'y a'/></TextLine><TextLine><String CONTENT='b'/></TextLine>"
                 "</alto>"},
        {"hocr", HOCR_LINE HOCR_WORD("1 2 3 4", "l&amp;") " " HOCR_WORD(
                     "5 2 9 4", "<b>c<i>o</i>-</b>") HOCR_END HOCR_LINE
         "ra <i>m</i>a" HOCR_END},
        {"page",
         PAGE_2019 "<TextLine><Word>" EQUIV("la") "</Word><Word>" EQUIV("co-") "</Word>" EQUIV(
             "la co-") "</TextLine><TextLine>" EQUIV("<![CDATA[ra "
                                                     "y]]>") "</"
                                                             "TextLine"
                                                             ">" EQUIV(
                                                                 "la  co-\nra "
                                                                 "y") PAGE_END},
        {"json-ocr", "{\"fullTextAnnotation\":{\"words\":[{"
                     "\"symbols\":[{\"text\":\"c\"},"
                     "{\"text\":\"o\",\"property\":{\"detectedBreak\":"
                     "{\"type\":\"HYPHEN\"}}}"
                     "]},{\"symbols\":[{\"text\":\"\\u00f1\"},{"
                     "\"text\":\"a\",\"property\":{"
                     "\"detectedBreak\":{\"type\":\"SPACE\"}}}]}],"
                     "\"text\":\"co-\\n\\u00f1a"
                     "\\n\"}}"},
        {"html", "<html>la <b>c&oacute;</b>sa<br>y<p>a &lt; b<!-- c -->d"},
        {"xml", "<p>la<lb/>co<hi>sa</hi> y<note>a</note><![CDATA[b]]></p>"},
        {"csv", "text,a\n\"la \"\"cosa\"\"\",b\ny a,c\n"},
        {"vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>la "
                "<i>co</i>sa\ny\n"},
        {"markdown", "la `b` cosa\n\n> y\n"}};

    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        struct document document;

        ck_assert(format_read(&document, format_find(files[i][0]), NULL,
                              files[i][1], strlen(files[i][1])));
        for (size_t at = 0, n; at < document.text.length; at += n) {
            uint32_t character;

            n = read_character(document.text.data + at,
                               document.text.length - at, &character);
            check_read_back(&document, at, 0, "x");
            if (character > ' ')
                check_read_back(&document, at, n, "ex");
        }
        document_free(&document);
    }
}
END_TEST

START_TEST(characters)
{
    static const struct {
        const char *text;
        size_t length;
        uint32_t character;
    } cases[] = {{"a", 1, 'a'},
                 {"\xc3\xb3n", 2, 0xf3},
                 {"\xe2\x82\xac", 3, 0x20ac},
                 {"\xf0\x9f\x98\x80", 4, 0x1f600},
                 {"\xb3", 1, 0xfffd},
                 {"\xc3n", 1, 0xfffd},
                 {"\xe2\x82", 1, 0xfffd},
                 {"\xc0\xaf", 1, 0xfffd},
                 {"\xe0\x80\xaf", 1, 0xfffd},
                 {"\xf0\x80\x80\xaf", 1, 0xfffd},
                 {"\xed\xa0\x80", 1, 0xfffd},
                 {"\xf4\x90\x80\x80", 1, 0xfffd},
                 {"\xff", 1, 0xfffd}};

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        uint32_t character;
        const size_t length =
            read_character(cases[i].text, strlen(cases[i].text), &character);

        ck_assert_uint_eq(length, cases[i].length);
        ck_assert_uint_eq(character, cases[i].character);
    }
}
END_TEST

/* A long line in which nothing closes takes no time: with a search for each
 * sign to the line's end it is a minute. */
START_TEST(lines_of_what_is_open)
{
    static const char *const formats[] = {"markdown", "markdown", "srt"};
    static const char *const signs[] = {"<", "](", "{<"};
    const size_t size = (size_t)1024 * 1024;

    for (int i = 0; i < 3; i++) {
        struct document document;
        struct buffer file = {0};

        buffer_append(&file, "00:00:01 --> 00:00:02\n", 22);
        while (file.length < size)
            buffer_append(&file, signs[i], strlen(signs[i]));
        ck_assert(format_read(&document, format_find(formats[i]), NULL,
                              file.data, file.length));
        ck_assert_uint_ge(document.text.length, size - 22);
        document_free(&document);
        buffer_free(&file);
    }
}
END_TEST

START_TEST(names)
{
    char list[256];

    snprintf(list, sizeof(list), "%s", format_names());
    for (size_t i = 0; format_number(i) != NULL; i++) {
        const char *name = format_number(i)->name;

        ck_assert_ptr_eq(format_find(name), format_number(i));
        ck_assert_ptr_nonnull(strstr(list, name));
    }
    ck_assert_ptr_null(format_find("text"));
}
END_TEST

/* ---- What the bytes are ---------------------------------------------------
 */

START_TEST(detection)
{
    static const struct {
        const char *bytes;
        const struct file_format *format;
        const char *known;
    } cases[] = {
        {"", NULL, NULL},
        {"La acción <b>sigue</b>.", NULL, NULL},
        {"<5 años, <6 años", NULL, NULL},
        {"<p>La acción", NULL, NULL},
        {"[1] La acción", NULL, NULL},
        {"{La acción}", NULL, NULL},
        {"\xef\xbb\xbf<?xml version='1.0'?><!-- a --><alto/>", &format_alto,
         NULL},
        {"<a:alto xmlns:a='b'>", &format_alto, NULL},
        {"<PcGts>", &format_page, NULL},
        {"{\"Blocks\":[{\"BlockType\":\"PAGE\"}]}\n", &format_json_ocr, NULL},
        {"{\n\"readResults\": []}", &format_json_ocr, NULL},
        {"{\"responses\":[{\"textAnnotations\":[]}]}", &format_json_ocr, NULL},
        {"{\"BlockType\":1}\n{\"text\":\"a\"}\n", &format_jsonl, NULL},
        {"<TEI>", &format_xml, NULL},
        {"<?xml version='1.0'?><svg/>", NULL, "XML"},
        {"<!DOCTYPE html><html><p>La", &format_html, NULL},
        {"<!DOCTYPE html><html><p class=ocr_par>", &format_hocr, NULL},
        {"<div class='ocr_page'>", &format_hocr, NULL},
        {"<html><page><word xMin=\"1\">", &format_bbox, NULL},
        {"{\"text\": \"a\"}\n{\"text\": \"b\"}\n", &format_jsonl, NULL},
        {"{\n \"text\": \"a\"}", NULL, "JSON"},
        {"[{\"text\": \"a\"}]", NULL, "JSON"},
        {"WEBVTT\n\n", &format_vtt, NULL},
        {"1\r\n00:00:01,000 --> 00:00:02,000\r\nLa", &format_srt, NULL},
        {"1\nLa 00:00", NULL, NULL},
        {"\\documentclass{a}", NULL, "LaTeX"},
        {"<!-- a --><svg xmlns='http://a'><path d='M8 7l3.2'/></svg>", NULL,
         "XML"},
        {"<svg><path d='M8 7l3.2'/> xmlns</svg>", NULL, NULL},
        {"#!/bin/sh\n", NULL, "a program"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct file_format *format;
        const char *known;
        const size_t n = strlen(cases[i].bytes);

        ck_assert(format_detect(cases[i].bytes, n, &format, &known));
        ck_assert_ptr_eq(format, cases[i].format);
        if (cases[i].known == NULL)
            ck_assert_ptr_null(known);
        else
            ck_assert_str_eq(known, cases[i].known);
    }
    ck_assert(!format_needs_more("La", 2));
    ck_assert(format_needs_more("<", 1));
    ck_assert(format_needs_more("level\tpage", 10));
}
END_TEST

/* What begins as UTF-16 and is not is no markup, whatever its bytes look like.
 */
START_TEST(broken_utf16)
{
    static const char bytes[] = "\xff\xfe<\0a\0>\0\0\xd8x\0<\0/\0a\0>\0";
    const struct encoding_wish latin = {"ISO-8859-1", true};
    struct document document;

    ck_assert(!format_read(&document, format_find("xml"), NULL, bytes,
                           sizeof(bytes) - 1));
    ck_assert_str_eq(document.fault, "its bytes are not in that encoding");
    document_free(&document);
    /* Who asks for another one gets it. */
    ck_assert(format_read_encoded(&document, format_find("html"), NULL, &latin,
                                  "\xff\xfe<p>a", 6));
    document_free(&document);
}
END_TEST

/* Only what begins with a tag says what it is in, and only where it is true. */
START_TEST(declarations)
{
    static const struct {
        const char *bytes;
        const char *name;
    } cases[] = {
        {"<?xml version=\"1.0\" encoding='ISO-8859-1'?><a>\xf1</a>",
         "ISO-8859-1"},
        {"\n <html><META CHARSET = latin1>\xf1", "latin1"},
        {"<meta http-equiv=\"Content-Type\" content=\"text/html; "
         "charset=windows-1252\">\xf1",
         "windows-1252"},
        {"<meta/charset='latin1'>", "latin1"},
        {"<script charset=\"windows-1252\" src=a.js></script>"
         "<meta charset=\"utf-8\">",
         "utf-8"},
        {"<form accept-charset=latin1><meta data-charset=koi8-r "
         "charset=latin2>",
         "latin2"},
        {"<!-- <meta charset=latin1> --><meta charset=latin2>", "latin2"},
        {"<meta name=d content='a \" charset=latin1'><p>charset=latin1", ""},
        {"<metal charset=latin1>", ""},
        {"<meta charset", ""},
        {"<meta charset='latin1", "latin1"},
        {"<!-- <meta charset=latin1>", ""},
        {"{\"a\":\"<meta charset=latin1>\"}", ""},
        {"La <meta charset=latin1>", ""},
        /* No letters beyond ASCII, UTF-8, not all of it, cut at the end. */
        {"<meta charset=latin1>a", "latin1"},
        {"<meta charset=latin1>\xc3\xb1", ""},
        {"<meta charset=latin1>\xc3\xb1\xf1o", "latin1"},
        {"<meta charset=latin1>\xc3\xb1\xe2\x82", ""},
        {"<meta charset=latin1>\xc3", "latin1"},
        {"<?xml version='1.0' encoding='latin1'?><a>\xc3\xb1</a>", ""},
        {"<?xml version='1.0' encoding='UTF-16'?><a>a</a>", ""},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const size_t n = strlen(cases[i].bytes);
        char name[ENCODING_NAME_SIZE];
        char *bytes = malloc(n); /* so that reading beyond its end shows */

        ck_assert_ptr_nonnull(bytes);
        memcpy(bytes, cases[i].bytes, n);
        encoding_declared(name, bytes, n);
        ck_assert_msg(strcmp(name, cases[i].name) == 0, "%s: %s",
                      cases[i].bytes, name);
        free(bytes);
    }
}
END_TEST

/* ---- Records ------------------------------------------------------------- */

#define TEXTRACT(first, second, third)                                         \
    "{\"DocumentMetadata\":{\"Pages\":1},\"Blocks\":[{\"BlockType\":\"PAGE\"}" \
    ","                                                                        \
    "{\"BlockType\":\"LINE\",\"Confidence\":91.5,\"Text\":\"" first            \
    "\"},\n{\"Text\":\"" second "\",\"BlockType\":\"LINE\"},"                  \
    "{\"BlockType\":\"WORD\",\"Confidence\":91.5,\"Text\":\"" third "\"},"     \
    "{\"BlockType\":\"WORD\",\"Confidence\":40,\"Text\":\"de\"},"              \
    "{\"BlockType\":\"WORD\",\"Text\":\"hoy\"}]}\n"

START_TEST(json_of_engines)
{
    static const struct sample samples[] = {
        /* Words, and the lines that tell them again. */
        {"json-ocr",
         TEXTRACT("sesién de", "hoy", "sesién"),
         "sesién de\nhoy",
         {{"sesién", "sesión"}},
         TEXTRACT("sesión de", "hoy", "sesión")},
        /* A line that tells something else stays. */
        {"json-ocr",
         TEXTRACT("Sesién de", "hoy", "sesién"),
         "sesién de hoy",
         {{"sesién", "sesión"}},
         TEXTRACT("Sesién de", "hoy", "sesión")},
        /* A word that becomes two. */
        {"json-ocr",
         TEXTRACT("delos de", "hoy", "delos"),
         "delos de\nhoy",
         {{"delos", "de los"}},
         TEXTRACT("de los de", "hoy", "de los")},
        {"json-ocr",
         "\xef\xbb\xbf" TEXTRACT("ses\\u0069on de", "hoy", "ses\\u0069on"),
         "sesion de\nhoy",
         {{"sesion", "sesión"}},
         "\xef\xbb\xbf" TEXTRACT("ses\\u0069\\u00f3n de", "hoy",
                                 "ses\\u0069\\u00f3n")},
        /* Azure: its lines have their words. */
        {"json-ocr",
         "{\"analyzeResult\":{\"readResults\":[{\"lines\":[{\"text\":\"la "
         "sesién\",\"words\":[{\"text\":\"la\",\"confidence\":0.9},"
         "{\"text\":\"sesién\",\"confidence\":0.5}]}]}]}}",
         "la sesién",
         {{"sesién", "sesión"}},
         "{\"analyzeResult\":{\"readResults\":[{\"lines\":[{\"text\":\"la "
         "sesión\",\"words\":[{\"text\":\"la\",\"confidence\":0.9},"
         "{\"text\":\"sesión\",\"confidence\":0.5}]}]}]}}"},
        /* Lines alone. */
        {"json-ocr",
         "{\"readResults\":[{\"lines\":[{\"text\":\"la sesi\\u00e9n\"},"
         "{\"text\":\"de hoy\"}]}]}",
         "la sesién\nde hoy",
         {{"sesién", "sesión"}},
         "{\"readResults\":[{\"lines\":[{\"text\":\"la sesi\\u00f3n\"},"
         "{\"text\":\"de hoy\"}]}]}"},
        /* docling: what was read stays as it calls it. */
        {"json-ocr",
         "{\"schema_name\": \"DoclingDocument\", \"name\": \"sesién\", "
         "\"texts\": [{\"orig\": \"La sesién\", \"text\": \"La sesién\"}, "
         "{\"text\": \"de hoy\"}]}",
         "La sesién\n\nde hoy",
         {{"sesién", "sesión"}},
         "{\"schema_name\": \"DoclingDocument\", \"name\": \"sesién\", "
         "\"texts\": [{\"orig\": \"La sesién\", \"text\": \"La sesión\"}, "
         "{\"text\": \"de hoy\"}]}"},
    };

    CHECK_SAMPLES(samples);
}
END_TEST

#define SYMBOL(text) "{\"text\":\"" text "\"}"
#define LAST(text, follows)                                                    \
    "{\"property\":{\"detectedBreak\":{\"type\":\"" follows                    \
    "\"}},\"text\":\"" text "\",\"confidence\":0.9}"
#define VISION_WORD(symbols) "{\"symbols\":[" symbols "],\"confidence\":0.75}"
#define VISION(word, words, whole)                                                                                         \
    "{\"responses\": [{\"textAnnotations\":[{\"locale\":\"es\","                                                           \
    "\"description\":\"" whole "\"},{\"description\":\"La\"},{"                                                            \
    "\"description\":\"" word "\"},{\"description\":\".\"},"                                                               \
    "{\"description\":\"coope\"},{\"description\":\"raria\"}],\n"                                                          \
    "\"fullTextAnnotation\":{\"pages\":[{\"blocks\":[{\"paragraphs\":["                                                    \
    "{\"words\":[" VISION_WORD(                                                                                            \
        SYMBOL(                                                                                                            \
            "L") "," LAST("a",                                                                                             \
                          "SPACE")) "," words                                                                              \
                                    "," VISION_WORD(LAST(".", "LINE_BREAK")) "]},{\"words\":[" VISION_WORD(                \
                                        SYMBOL("co") "," LAST(                                                             \
                                            "ope",                                                                         \
                                            "HYPHEN")) "," VISION_WORD(LAST("raria",                                       \
                                                                            "EOL_SURE_SPACE")) "]}]}]}],\"text\":\"" whole \
                                                                                               "\"}}]}"

#define TWO(first, second, whole)                                              \
    "{\"textAnnotations\":[{\"description\":\"" whole                          \
    "\"},{\"description\":\"" first "\"},{\"description\":\"" second           \
    "\"}],\"fullTextAnnotation\":{\"pages\":[{\"words\":[" VISION_WORD(SYMBOL( \
        first)) "," VISION_WORD(LAST(second, "SPACE")) "]}],\"text\":\"" whole \
                                                       "\"}}"
#define NUMBERED                                                               \
    "{\"full_text_annotation\":{\"pages\":[{\"words\":[{\"symbols\":[{"        \
    "\"text\":\"co\",\"property\":{\"detected_break\":{\"type\": 4}}}]},"      \
    "{\"symbols\":[{\"text\":\"mun\"}]},{\"symbols\":[{\"text\":\",\"}]}"      \
    "]}]}}"

/* A word is its symbols, and three texts tell it again. */
START_TEST(json_of_vision)
{
    static const struct sample samples[] = {
        {"json-ocr",
         VISION("sesién",
                VISION_WORD(SYMBOL("s") "," SYMBOL("esi") "," SYMBOL(
                    "\\u00e9") "," SYMBOL("n")),
                "La sesién.\\ncoope-\\nraria"),
         "La sesién.\n\ncoope-\nraria",
         {{"sesién", "sesión"}},
         VISION("sesión",
                VISION_WORD(SYMBOL("s") "," SYMBOL("esi") "," SYMBOL(
                    "\\u00f3") "," SYMBOL("n")),
                "La sesión.\\ncoope-\\nraria")},
        /* One letter less: its symbol is there still. */
        {"json-ocr",
         VISION("sesiión",
                VISION_WORD(SYMBOL("sesi") "," SYMBOL("i") "," SYMBOL("ón")),
                "La sesiión.\\ncoope-\\nraria"),
         "La sesiión.\n\ncoope-\nraria",
         {{"sesiión", "sesión"}},
         VISION("sesión",
                VISION_WORD(SYMBOL("sesi") "," SYMBOL("") "," SYMBOL("ón")),
                "La sesión.\\ncoope-\\nraria")},
        /* A repair that goes over two words. */
        {"json-ocr",
         TWO("no", "x", "nox"),
         "nox",
         {{"ox", "a,"}},
         TWO("na", ",", "na,")},
        /* As other programs write it, without what follows a symbol. */
        {"json-ocr",
         "{\"full_text_annotation\":{\"pages\":[{\"words\":["
         "{\"symbols\":[{\"text\":\"l\"},{\"text\":\"a\"}]},"
         "{\"symbols\":[{\"text\":\"é\"}]}]}],\"text\":\"otra cosa\"}}",
         "la é",
         {{"la", "el"}},
         "{\"full_text_annotation\":{\"pages\":[{\"words\":["
         "{\"symbols\":[{\"text\":\"e\"},{\"text\":\"l\"}]},"
         "{\"symbols\":[{\"text\":\"é\"}]}]}],\"text\":\"otra cosa\"}}"},
        /* Names of breaks as numbers; a hyphen that is no symbol stays. */
        {"json-ocr", NUMBERED, "co-\nmun,", {{"co-\nmun", "común"}}, NUMBERED},
    };

    CHECK_SAMPLES(samples);
}
END_TEST

START_TEST(json_of_engines_is_bounded)
{
    static const char *const bad[] = {"[]", "{\"readResults\":[}", "{", ""};
    struct buffer deep = {0};
    struct document document;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        ck_assert(!format_read(&document, format_find("json-ocr"), NULL, bad[i],
                               strlen(bad[i])));
        document_free(&document);
    }
    buffer_append(&deep, "{\"lines\":", 9);
    for (int i = 0; i < 100; i++)
        buffer_append(&deep, "[", 1);
    for (int i = 0; i < 100; i++)
        buffer_append(&deep, "]", 1);
    buffer_append(&deep, "}", 1);
    ck_assert(!format_read(&document, format_find("json-ocr"), NULL, deep.data,
                           deep.length));
    document_free(&document);
    buffer_free(&deep);
}
END_TEST

START_TEST(json_records)
{
    static const struct sample samples[] = {
        {"jsonl",
         "{\"id\": 7, \"text\" : \"la acci\\u00e9n \\\"y\\\" la sesién\\n\", "
         "\"x\": {\"text\": \"accién\"}}\n",
         "la accién \"y\" la sesién\n",
         {{"accién", "acción"}, {"sesién", "sesión"}},
         "{\"id\": 7, \"text\" : \"la acci\\u00f3n \\\"y\\\" la sesión\\n\", "
         "\"x\": {\"text\": \"accién\"}}\n"},
        {"jsonl", "{\"text\": 5}", "", {{NULL, NULL}}, "{\"text\": 5}"},
        /* Where all is ASCII, so is what is new. */
        {"jsonl",
         "{\"a\": \"\\u00f1\", \"text\": \"segin\"}",
         "segin",
         {{"segin", "según"}},
         "{\"a\": \"\\u00f1\", \"text\": \"seg\\u00fan\"}"},
        {"jsonl",
         "{\"a\": \"\\\\u\", \"text\": \"segin\"}",
         "segin",
         {{"segin", "según"}},
         "{\"a\": \"\\\\u\", \"text\": \"según\"}"},
        {"jsonl",
         "\xef\xbb\xbf{\"text\": \"accién\"}\n\xef\xbb\xbf{\"text\": "
         "\"accién\"}\n",
         "accién\n\naccién",
         {{"accién", "acción"}, {"accién", "acción"}},
         "\xef\xbb\xbf{\"text\": \"acción\"}\n\xef\xbb\xbf{\"text\": "
         "\"acción\"}\n"},
        {"jsonl",
         "\xef\xbb\xbf{\"a\": \"\\u00f1\", \"text\": \"segin\"}",
         "segin",
         {{"segin", "según"}},
         "\xef\xbb\xbf{\"a\": \"\\u00f1\", \"text\": \"seg\\u00fan\"}"},
        /* What a text says of itself is not what the file is in. */
        {"jsonl",
         "{\"html\": \"<meta charset=latin1>\", \"text\": \"año accién\"}",
         "año accién",
         {{"accién", "acción"}},
         "{\"html\": \"<meta charset=latin1>\", \"text\": \"año acción\"}"},
    };

    CHECK_SAMPLES(samples);
}
END_TEST

/* ---- Bytes --------------------------------------------------------------- */

/* Repairs each word with an "n" in it, whatever the text. */
static size_t
make_some(const struct document *document, unfix_correction *made,
          const unfix_correction **list)
{
    size_t count = 0;

    for (size_t i = 0; i < document->text.length && count < MOST; i++) {
        if (document->text.data[i] != 'n')
            continue;
        made[count] = (unfix_correction){.offset = i,
                                         .length = 1,
                                         .original = "n",
                                         .original_length = 1,
                                         .replacement = "\u00f1 x",
                                         .replacement_length = 4,
                                         .verdict = UNFIX_APPLIED,
                                         .reason = "test"};
        list[count] = &made[count];
        count++;
    }
    return count;
}

/* Without repairs a file is what it was; with some, whatever it is, it comes to
 * an end.  Returns whether it was read. */
static bool
run_bytes(const char *format, const char *bytes, size_t length)
{
    unfix_correction made[MOST];
    const unfix_correction *list[MOST];
    struct corrections corrections = {list, 0};
    struct document document;
    struct repaired repaired;
    const bool good =
        format_read(&document, format_find(format), NULL, bytes, length);

    for (int k = 0; good && k < 2; k++) {
        ck_assert(format_write(&document, &corrections, false, &repaired));
        if (corrections.count == 0) {
            ck_assert_uint_eq(repaired.output.length, length);
            ck_assert(length == 0 ||
                      memcmp(repaired.output.data, bytes, length) == 0);
        }
        repaired_free(&repaired);
        corrections.count = make_some(&document, made, list);
    }
    document_free(&document);
    return good;
}

static const struct {
    const char *format;
    const char *file;
} files[] = {
    {"json-ocr", TEXTRACT("se\\u00e9\\n \\\"de", "hoy", "se\\u00e9\\n")},
    {"hocr",
     "\xef\xbb\xbf<?xml version='1.0'?>\r\n<!DOCTYPE html><html><!-- - "
     "--><body>" HOCR_LINE HOCR_WORD("1 2 3 4", "uno &amp; &unknown; "
                                                "don") "<![CDATA[un]]>" HOCR_END
                                                       "</body></html>\r\n\n"},
    {"hocr", "<html><meta a=b><br><div class=ocr_page><p class=ocr_par>x < "
             "5 <? n <span class=ocrx_word>no\xff\xf1n\xc3"},
    {"alto",
     "<?xml version=\"1.0\" encoding='utf-8'?><alto><TextLine><String "
     "HPOS=\"1\" WIDTH=\"9\" CONTENT=\"un\" SUBS_TYPE=\"HypPart1\" "
     "SUBS_CONTENT=\"uno\"/><HYP CONTENT=\"-\"/></TextLine><TextLine>"
     "<String SUBS_TYPE=\"HypPart2\" CONTENT=\"no\" SUBS_CONTENT=\"uno\"/>"
     "<String CONTENT='a n'/></TextLine></alto>"},
    {"tesseract-tsv", TSV_HEAD "\n5\t1\t1\t1\t1\t1\t10\t0\t60\t9\t93.1\tuna\n"
                               "5\t1\t1\t1\t1\t2\tx\t0\t9\t9\t9\tno\n"},
    {"bbox", "<html><page><line><word xMin=\"1.5\" yMin=\"2\" xMax=\"3\" "
             "yMax=\"4\">una</word> <word>no</word></line></page></html>"},
    {"html", "<!DOCTYPE html><p>una <i>no</i><br/>n<script>n</script>n &amp;n"},
    {"xml", "<TEI><p>una <hi>n</hi>n</p>\r\n<p><![CDATA[n]]></p></TEI>"},
    {"markdown", "# una\r\n\n`n` n [n](n) <n>\n```\nn\n"},
    {"srt", "1\n00:00:01,000 --> 00:00:02,000\nuna <i>n</i> {n\n"},
    {"csv", "a,text\r\n\"n\",\"un \"\"no\"\"\"\n1,n"},
    {"jsonl",
     "{\"text\":\"un\\u00f1o \\ud83d\\ude00 n\\t\\\\\",\"x\":[{}]}\r\n"},
};

START_TEST(bytes_stay)
{
    const char *file = files[_i].file;

    ck_assert(run_bytes(files[_i].format, file, strlen(file)));
    for (size_t n = 0; n < strlen(file); n++) {
        /* A copy of its own, so that reading beyond its end shows. */
        char *part = malloc(n > 0 ? n : 1);

        ck_assert_ptr_nonnull(part);
        memcpy(part, file, n);
        run_bytes(files[_i].format, part, n);
        free(part);
    }
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("formats");
    TCase *cases = tcase_create("formats");
    SRunner *runner;
    int failed;

    tcase_add_test(cases, confidences);
    tcase_add_test(cases, other_readings);
    tcase_add_test(cases, offers_are_bounded);
    tcase_add_test(cases, hocr_words);
    tcase_add_test(cases, hocr_letters);
    tcase_add_test(cases, alto_words);
    tcase_add_test(cases, alto_halves);
    tcase_add_test(cases, alto_halves_without_a_first);
    tcase_add_test(cases, tesseract_words);
    tcase_add_test(cases, page_regions);
    tcase_add_test(cases, page_order_of_broken_tags);
    tcase_add_test(cases, page_words);
    tcase_add_test(cases, bbox_words);
    tcase_add_test(cases, prose);
    tcase_add_test(cases, read_back);
    tcase_add_test(cases, characters);
    tcase_add_test(cases, lines_of_what_is_open);
    tcase_add_test(cases, names);
    tcase_add_test(cases, detection);
    tcase_add_test(cases, broken_utf16);
    tcase_add_test(cases, declarations);
    tcase_add_test(cases, json_records);
    tcase_add_test(cases, json_of_engines);
    tcase_add_test(cases, json_of_vision);
    tcase_add_test(cases, json_of_engines_is_bounded);
    tcase_add_loop_test(cases, bytes_stay, 0,
                        (int)(sizeof(files) / sizeof(files[0])));
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
