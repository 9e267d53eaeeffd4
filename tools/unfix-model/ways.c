/* SPDX-License-Identifier: MPL-2.0 */
#include "ways.h"

#include "lines.h"
#include "table.h"

#include "base/buffer.h"
#include "base/sort.h"
#include "lang/pieces.h"
#include "text/chars.h"
#include "text/convert.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A letter is one of the language's own if its common words have it so many
 * times for 10,000 of them: pingüino makes ü one of Spanish, façade no ç. */
#define OWN_SHARE 3

#define MOST_LETTERS 128
#define MOST_MARKS 16
#define FIELDS 8

struct mark {
    uint32_t combining;
    uint32_t signs[4];
    size_t sign_count;
    char name[12];
    char tex[4];
};

struct compiler {
    struct ways_built *out;
    size_t way_capacity, row_capacity;
    const struct lines *lines;
    char families[UFX_WAY_FAMILIES][UFX_WAY_NAME];
    size_t family_count;
    uint32_t own[MOST_LETTERS]; /* letters beyond ASCII that words have */
    size_t own_count;
    uint32_t wide[MOST_LETTERS]; /* those of any language written alike */
    size_t wide_count;
    uint32_t signs[MOST_LETTERS];
    size_t sign_count;
    struct mark marks[MOST_MARKS];
    size_t mark_count;
    struct ufx_buffer bytes, text; /* scratch */
};

static bool
contains(const uint32_t *list, size_t count, uint32_t cp)
{
    while (count > 0)
        if (list[--count] == cp)
            return true;
    return false;
}

/* ---- Letters ---- */

static void
add_own(struct compiler *c, uint32_t lower)
{
    uint32_t upper = ufx_char_upper(lower);

    if (c->own_count + 2 > MOST_LETTERS)
        tool_fail("too many letters in the lexicon", NULL);
    c->own[c->own_count++] = lower;
    if (upper != lower)
        c->own[c->own_count++] = upper;
}

static void
find_letters(struct compiler *c, const struct ufx_lexicon_entry *entries,
             size_t count)
{
    size_t with[256] = {0}, words = 0, i, k;
    uint32_t cp, code;

    for (i = 0; i < count; i++) {
        const struct ufx_lexicon_entry *e = &entries[i];

        if (!(e->word.flags & UFX_WORD_KNOWN) ||
            (e->word.flags & (UFX_WORD_CAPITAL | UFX_WORD_FOREIGN |
                              UFX_WORD_ARCHAIC | UFX_WORD_ABBREV)))
            continue;
        words++;
        for (k = 0; k < e->length; k++)
            with[e->letters[k]]++;
    }
    for (code = 0x80; code < 0x100; code++) {
        cp = ufx_char_of_code((uint8_t)code);
        if (with[code] * 10000 > words * OWN_SHARE && ufx_char_is_letter(cp))
            add_own(c, cp);
    }
    for (cp = 0xC0; cp < 0x180 && c->wide_count < MOST_LETTERS; cp++) {
        uint32_t base, mark;

        if (contains(c->own, c->own_count, cp) ||
            (cp < 0x100 ? ufx_char_is_letter(cp)
                        : ufx_char_decompose(cp, &base, &mark) && cp >= 0x160))
            c->wide[c->wide_count++] = cp;
    }
}

/* ---- Rows ---- */

static uint16_t
way_of(struct compiler *c, enum ufx_way_kind kind, const char *family,
       const char *name)
{
    struct ways_built *out = c->out;
    struct ufx_way *way;
    size_t f;

    for (f = 0; f < c->family_count; f++)
        if (strcmp(c->families[f], family) == 0)
            break;
    /* A row of its counts would be taken for a remark. */
    if (*name == '#')
        bad_line(c->lines, "a name that begins with #");
    if (f == UFX_WAY_FAMILIES || strlen(name) >= UFX_WAY_NAME ||
        strlen(family) >= UFX_WAY_NAME)
        bad_line(c->lines, "too many families, or a name too long");
    if (f == c->family_count)
        snprintf(c->families[c->family_count++], UFX_WAY_NAME, "%s", family);
    out->ways = tool_room(out->ways, out->way_count, &c->way_capacity,
                          sizeof *out->ways);
    way = &out->ways[out->way_count];
    memset(way, 0, sizeof *way);
    snprintf(way->name, sizeof way->name, "%s", name);
    way->kind = (uint8_t)kind;
    way->family = (uint8_t)f;
    return (uint16_t)out->way_count++;
}

/* The character by which a row is found: the rarest, as far as one can tell
 * without counting. */
static uint32_t
trigger_of(const struct compiler *c, const uint32_t *read, size_t count)
{
    uint32_t best = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        uint32_t cp = read[i];

        if (cp == '\\')
            return cp;
        if (cp == ' ' || cp == UFX_WAY_DIGITS ||
            (cp < 0x80 && ufx_char_is_alnum(cp)) ||
            (contains(c->own, c->own_count, cp) && !ufx_char_is_upper(cp)))
            continue;
        if (best == 0 || (best < 0x80 && cp >= 0x80))
            best = cp;
    }
    return best;
}

static void
set_bit(uint8_t *bitmap, uint32_t cp)
{
    bitmap[cp / 8] |= (uint8_t)(1u << cp % 8);
}

/* Adds a row, unless it could not be found, would be too long or changes
 * nothing. */
static void
add_row(struct compiler *c, uint16_t way, const uint32_t *read, size_t count,
        const uint32_t *meant, size_t meant_count)
{
    struct ways_built *out = c->out;
    struct ufx_sequence *row;
    uint32_t trigger = trigger_of(c, read, count);

    bool syntax = out->ways[way].kind == UFX_WAY_SYNTAX;
    size_t i;

    if ((trigger == 0 && !syntax) || count > UFX_WAY_READ ||
        meant_count > UFX_WAY_MEANT ||
        (count == meant_count &&
         (count == 0 || memcmp(read, meant, count * sizeof *read) == 0)))
        return;
    for (i = 0; i < count; i++)
        if (read[i] > 0xFFFF)
            return;
    for (i = 0; i < meant_count; i++)
        if (meant[i] > 0xFFFF)
            return;
    out->rows = tool_room(out->rows, out->row_count, &c->row_capacity,
                          sizeof *out->rows);
    row = &out->rows[out->row_count++];
    memset(row, 0, sizeof *row);
    for (i = 0; i < count; i++) {
        row->read[i] = (uint16_t)read[i];
        if (read[i] == ' ' && !syntax)
            set_bit(out->triggers + UFX_WAY_BITMAP, trigger);
    }
    for (i = 0; i < meant_count; i++)
        row->meant[i] = (uint16_t)meant[i];
    row->read_length = (uint8_t)count;
    row->meant_length = (uint8_t)meant_count;
    row->way = way;
    if (!syntax)
        set_bit(out->triggers, trigger);
}

static size_t
decode_chars(const char *text, size_t length, uint32_t *chars, size_t most)
{
    size_t i = 0, n = 0, size;

    while (i < length && n < most) {
        chars[n++] = ufx_text_decode(text + i, length - i, &size);
        i += size;
    }
    return i < length ? most + 1 : n;
}

/* ---- One encoding read as another ---- */

/* What is lost on the way: controls, and what is not seen. */
static bool
is_fragile(uint32_t cp)
{
    return (cp >= 0x80 && cp <= 0xA0) || cp == 0xAD;
}

/* The row as it is, and as programs have it that show what they cannot print
 * as a replacement character, or not at all. */
static void
add_misreading(struct compiler *c, uint16_t way, const uint32_t *read,
               size_t count, const uint32_t *meant, size_t meant_count)
{
    uint32_t shown[UFX_WAY_READ], left[UFX_WAY_READ];
    size_t i, n = 0;
    bool fragile = false;

    add_row(c, way, read, count, meant, meant_count);
    for (i = 0; i < count; i++) {
        shown[i] = is_fragile(read[i]) ? 0xFFFD : read[i];
        fragile |= is_fragile(read[i]);
        if (!is_fragile(read[i]))
            left[n++] = read[i];
    }
    if (!fragile || count < 2 || meant_count != 1 ||
        !contains(c->own, c->own_count, meant[0]))
        return;
    add_row(c, way, shown, count, meant, meant_count);
    if (n > 0)
        add_row(c, way, left, n, meant, meant_count);
}

/* Puts the characters through the encodings; their number, or 0 where one of
 * them has no such letter. */
static size_t
misread(struct compiler *c, const uint32_t *meant, size_t meant_count,
        char *encodings, uint32_t *read, size_t most)
{
    char list[256], *write, *rest = list;
    size_t i;

    snprintf(list, sizeof list, "%s", encodings);
    ufx_buffer_clear(&c->text);
    for (i = 0; i < meant_count; i++)
        ufx_buffer_append_char(&c->text, meant[i]);
    while ((write = strtok_r(rest, " ", &rest)) != NULL) {
        char *as = strtok_r(rest, " ", &rest);
        unfix_status status;

        if (as == NULL)
            bad_line(c->lines, "encodings want to be in pairs");
        ufx_buffer_clear(&c->bytes);
        status = ufx_convert(write, "UTF-8", c->text.data, c->text.length,
                             &c->bytes, NULL);
        ufx_buffer_clear(&c->text);
        if (status == UNFIX_OK)
            status = ufx_convert("UTF-8", as, c->bytes.data, c->bytes.length,
                                 &c->text, NULL);
        if (status == UNFIX_ERROR_ARGUMENT)
            bad_line(c->lines, "no such encoding");
        if (status != UNFIX_OK)
            return 0;
    }
    i = decode_chars(c->text.data, c->text.length, read, most);
    return i > most ? 0 : i;
}

/* A mark that stands at a word's edge. */
static bool
is_edge_mark(uint32_t cp)
{
    switch (ufx_piece_mark(cp)) {
    case UFX_PIECE_QUOTE:
    case UFX_PIECE_QUESTION_OPEN:
    case UFX_PIECE_EXCLAMATION_OPEN:
    case UFX_PIECE_DASH:
        return true;
    default:
        return false;
    }
}

static void
add_bytes(struct compiler *c, uint16_t way, char *encodings)
{
    uint32_t read[UFX_WAY_READ];
    size_t i, n;

    for (i = 0; i < c->wide_count; i++) {
        n = misread(c, &c->wide[i], 1, encodings, read, UFX_WAY_READ);
        /* One sign for a letter that the language does not have is rather
         * that sign. */
        if (n > 1 || contains(c->own, c->own_count, c->wide[i]))
            add_misreading(c, way, read, n, &c->wide[i], 1);
    }
    for (i = 0; i < c->sign_count; i++) {
        n = misread(c, &c->signs[i], 1, encodings, read, UFX_WAY_READ);
        if (n > 1 || is_edge_mark(c->signs[i]))
            add_misreading(c, way, read, n, &c->signs[i], 1);
    }
}

/* Encodings of two bytes take the next letter along. */
static void
add_pairs(struct compiler *c, uint16_t way, char *encodings)
{
    uint32_t read[UFX_WAY_READ], pair[2];
    size_t i, n;

    for (i = 0; i < c->own_count; i++)
        for (pair[1] = 'A'; pair[1] <= 'z'; pair[1]++) {
            pair[0] = c->own[i];
            if (!ufx_char_is_letter(pair[1]))
                continue;
            n = misread(c, pair, 2, encodings, read, UFX_WAY_READ);
            if (n == 1)
                add_row(c, way, read, n, pair, 2);
        }
}

/* ---- Spelt out ---- */

struct letter {
    uint32_t cp;
    uint32_t base;
    uint32_t sign; /* the one that is spelt now */
    const struct mark *mark;
};

static bool
find_parts(const struct compiler *c, uint32_t cp, struct letter *letter)
{
    uint32_t mark;
    size_t i;

    memset(letter, 0, sizeof *letter);
    letter->cp = cp;
    if (!ufx_char_decompose(cp, &letter->base, &mark))
        return false;
    for (i = 0; i < c->mark_count; i++)
        if (c->marks[i].combining == mark)
            letter->mark = &c->marks[i];
    return letter->mark != NULL;
}

#define IS(text) (length == strlen(text) && memcmp(name, text, length) == 0)

/* A placeholder of a letter with a mark; false at another. */
static bool
put_marked(struct ufx_buffer *out, const struct letter *l, const char *name,
           size_t length)
{
    if (IS("base"))
        ufx_buffer_append_char(out, l->base);
    else if (l->base == 'i' && (IS("dotless") || IS("dotless-name")))
        ufx_buffer_append_char(out, IS("dotless") ? 0x131 : 'i');
    else if (IS("name"))
        ufx_buffer_append(out, l->mark->name, strlen(l->mark->name));
    else if (IS("tex"))
        ufx_buffer_append(out, l->mark->tex, strlen(l->mark->tex));
    else if (IS("mark"))
        ufx_buffer_append_char(out, l->mark->combining);
    else if (IS("sign"))
        ufx_buffer_append_char(out, l->sign);
    else
        return false;
    return true;
}

/* One placeholder; false if the letter has nothing to put there. */
static bool
put_part(struct ufx_buffer *out, const struct letter *l, const char *name,
         size_t length)
{
    char number[16];

    if (IS("dec"))
        snprintf(number, sizeof number, "%u", (unsigned)l->cp);
    else if (IS("hex"))
        snprintf(number, sizeof number, "%02x", (unsigned)l->cp);
    else if (IS("HEX"))
        snprintf(number, sizeof number, "%02X", (unsigned)l->cp);
    else if (IS("oct"))
        snprintf(number, sizeof number, "%03o", (unsigned)l->cp);
    else
        return l->mark != NULL && put_marked(out, l, name, length);
    ufx_buffer_append(out, number, strlen(number));
    return true;
}

#undef IS

/* Appends the template with its placeholders filled in. */
static bool
put_template(struct ufx_buffer *out, const struct letter *l, const char *text)
{
    while (*text != '\0') {
        const char *end = *text == '<' ? strchr(text, '>') : NULL;

        if (end != NULL && text[1] != 'U') {
            if (!put_part(out, l, text + 1, (size_t)(end - text - 1)))
                return false;
            text = end + 1;
        } else if (strncmp(text, "\xE2\x90\xA3", 3) == 0) {
            ufx_buffer_append_byte(out, ' ');
            text += 3;
        } else {
            ufx_buffer_append_byte(out, *text++);
        }
    }
    return true;
}

static void
add_spelt(struct compiler *c, uint16_t way, const struct letter *letter,
          const char *text)
{
    uint32_t read[UFX_WAY_READ];
    size_t n;

    ufx_buffer_clear(&c->text);
    if (!put_template(&c->text, letter, text))
        return;
    n = decode_chars(c->text.data, c->text.length, read, UFX_WAY_READ);
    if (n <= UFX_WAY_READ)
        add_row(c, way, read, n, &letter->cp, 1);
}

static void
add_spellings(struct compiler *c, uint16_t way, const char *text)
{
    struct letter letter;
    size_t i;

    for (i = 0; i < c->wide_count; i++) {
        find_parts(c, c->wide[i], &letter);
        add_spelt(c, way, &letter, text);
    }
    for (i = 0; i < c->sign_count; i++) {
        memset(&letter, 0, sizeof letter);
        letter.cp = c->signs[i];
        add_spelt(c, way, &letter, text);
    }
}

static void
add_accents(struct compiler *c, uint16_t way, const char *text)
{
    struct letter letter;
    size_t i, k;

    for (i = 0; i < c->own_count; i++) {
        if (!find_parts(c, c->own[i], &letter))
            continue;
        for (k = 0; k < letter.mark->sign_count; k++) {
            letter.sign = letter.mark->signs[k];
            add_spelt(c, way, &letter, text);
            if (strstr(text, "<sign>") == NULL)
                break;
        }
    }
}

/* Signs of accents that the language's letters have. */
static void
add_apart(struct compiler *c, uint16_t way)
{
    size_t i, k;

    for (i = 0; i < c->mark_count; i++) {
        struct letter letter;
        bool used = false;

        for (k = 0; k < c->own_count; k++)
            used |= find_parts(c, c->own[k], &letter) &&
                    letter.mark == &c->marks[i];
        for (k = 0; used && k < c->marks[i].sign_count; k++)
            add_row(c, way, &c->marks[i].signs[k], 1, &c->marks[i].combining,
                    1);
    }
}

/* The bytes of a letter, each in the template. */
static void
add_byte_spellings(struct compiler *c, uint16_t way, const char *encoding,
                   const char *text)
{
    uint32_t read[UFX_WAY_READ], cp;
    size_t i, k, n;

    for (i = 0; i < c->wide_count + c->sign_count; i++) {
        cp = i < c->wide_count ? c->wide[i] : c->signs[i - c->wide_count];
        ufx_buffer_clear(&c->text);
        ufx_buffer_clear(&c->bytes);
        ufx_buffer_append_char(&c->text, cp);
        switch (ufx_convert(encoding, "UTF-8", c->text.data, c->text.length,
                            &c->bytes, NULL)) {
        case UNFIX_OK:
            break;
        case UNFIX_ERROR_FORMAT:
            continue;
        default:
            bad_line(c->lines, "no such encoding");
        }
        ufx_buffer_clear(&c->text);
        for (k = 0; k < c->bytes.length; k++) {
            struct letter byte = {.cp = (unsigned char)c->bytes.data[k]};

            put_template(&c->text, &byte, text);
        }
        n = decode_chars(c->text.data, c->text.length, read, UFX_WAY_READ);
        /* a=carga: one byte alone is spelt so by chance. */
        if (n <= UFX_WAY_READ &&
            (c->bytes.length > 1 || contains(c->own, c->own_count, cp)))
            add_row(c, way, read, n, &cp, 1);
    }
}

/* ---- Signs ---- */

/* U+XXXX or the character itself. */
static uint32_t
read_char(const struct compiler *c, const char *field)
{
    size_t size, length = strlen(field);
    uint32_t cp;

    if (length >= 6 && length <= 8 && memcmp(field, "U+", 2) == 0 &&
        strspn(field + 2, "0123456789ABCDEF") == length - 2) {
        cp = (uint32_t)strtoul(field + 2, NULL, 16);
        size = length;
    } else {
        cp = length == 0 ? UFX_CHAR_OPAQUE
                         : ufx_text_decode(field, length, &size);
    }
    if (cp >= UFX_CHAR_OPAQUE || size != length)
        bad_line(c->lines, "not one character");
    return cp;
}

/* A field of one character or two, the first and the last of a range. */
static void
read_range(const struct compiler *c, char *field, uint32_t range[2])
{
    char *second = strchr(field, ' ');

    if (second != NULL)
        *second++ = '\0';
    range[0] = read_char(c, field);
    range[1] = second != NULL ? read_char(c, second) : range[0];
}

static void
add_compatible(struct compiler *c, uint16_t way, char *field)
{
    uint32_t range[2], meant[UFX_WAY_MEANT], cp;

    read_range(c, field, range);
    for (cp = range[0]; cp <= range[1]; cp++) {
        size_t n = ufx_char_compatible(cp, meant, UFX_WAY_MEANT);

        if (n > 0)
            add_row(c, way, &cp, 1, meant, n);
    }
}

static void
add_wild(struct compiler *c, uint16_t way, char *field)
{
    static const uint32_t glyph[] = {'(', 'c', 'i', 'd', ':', UFX_WAY_DIGITS,
                                     ')'};
    uint32_t range[2], twice[3], cp;
    size_t i;

    for (i = 0; i < c->own_count && strcmp(field, "(cid:<digits>)") == 0; i++)
        add_row(c, way, glyph, sizeof glyph / sizeof *glyph, &c->own[i], 1);
    if (i > 0)
        return;
    if (strchr(field, ' ') == NULL &&
        decode_chars(field, strlen(field), twice, 3) == 2) {
        for (i = 0; i < c->own_count; i++)
            add_row(c, way, twice, 2, &c->own[i], 1);
        return;
    }
    read_range(c, field, range);
    for (cp = range[0]; cp <= range[1]; cp++)
        for (i = 0; i < c->own_count; i++)
            add_row(c, way, &cp, 1, &c->own[i], 1);
}

/* Pairs of a sign and its letter, apart by blanks. */
static void
add_alike(struct compiler *c, uint16_t way, char *field)
{
    char *pair, *rest = field;
    uint32_t chars[3];

    while ((pair = strtok_r(rest, " ", &rest)) != NULL) {
        if (decode_chars(pair, strlen(pair), chars, 2) != 2)
            bad_line(c->lines, "not a sign and its letter");
        add_row(c, way, chars, 1, chars + 1, 1);
    }
}

static void
add_text(struct compiler *c, uint16_t way, char *read, const char *meant)
{
    uint32_t from[UFX_WAY_READ + 1], to[UFX_WAY_MEANT + 1];
    size_t n, m = decode_chars(meant, strlen(meant), to, UFX_WAY_MEANT);

    if (strncmp(read, "U+", 2) == 0) {
        from[0] = read_char(c, read);
        n = 1;
    } else {
        n = decode_chars(read, strlen(read), from, UFX_WAY_READ);
    }
    if (n == 0 || n > UFX_WAY_READ || m > UFX_WAY_MEANT)
        bad_line(c->lines, "too long");
    add_row(c, way, from, n, to, m);
}

/* ---- The table ---- */

static void
add_mark(struct compiler *c, char **fields, size_t count)
{
    struct mark *mark = &c->marks[c->mark_count];

    if (count < 5 || c->mark_count == MOST_MARKS ||
        strlen(fields[3]) >= sizeof mark->name ||
        strlen(fields[4]) >= sizeof mark->tex)
        bad_line(c->lines, "not a mark");
    memset(mark, 0, sizeof *mark);
    mark->combining = read_char(c, fields[1]);
    mark->sign_count =
        decode_chars(fields[2], strlen(fields[2]), mark->signs, 4);
    if (mark->sign_count > 4)
        bad_line(c->lines, "too many signs");
    snprintf(mark->name, sizeof mark->name, "%s", fields[3]);
    snprintf(mark->tex, sizeof mark->tex, "%s", fields[4]);
    c->mark_count++;
}

static void
read_signs(struct compiler *c, const char *field)
{
    c->sign_count = decode_chars(field, strlen(field), c->signs, MOST_LETTERS);
    if (c->sign_count > MOST_LETTERS)
        bad_line(c->lines, "too many signs");
}

static size_t
cut_fields(char *line, char **fields)
{
    size_t n = 0;

    while (line != NULL && n < FIELDS) {
        fields[n++] = line;
        line = strchr(line, '\t');
        if (line != NULL)
            *line++ = '\0';
    }
    return n;
}

static void
add_line(struct compiler *c, char **fields, size_t count)
{
    static const struct {
        const char *name;
        enum ufx_way_kind kind;
        size_t fields;
    } kinds[] = {
        {"bytes", UFX_WAY_BYTES, 4},        {"pairs", UFX_WAY_BYTES, 4},
        {"spell", UFX_WAY_SPELLING, 4},     {"byte", UFX_WAY_SPELLING, 5},
        {"accent", UFX_WAY_ACCENT, 4},      {"apart", UFX_WAY_APART, 4},
        {"compat", UFX_WAY_SHAPE, 4},       {"alike", UFX_WAY_SHAPE, 4},
        {"text", UFX_WAY_SHAPE, 5},         {"wild", UFX_WAY_WILD, 4},
        {"invisible", UFX_WAY_INVISIBLE, 4}};
    size_t k = 0;
    uint16_t way;

    while (k < sizeof kinds / sizeof *kinds &&
           strcmp(kinds[k].name, fields[0]) != 0)
        k++;
    if (k == sizeof kinds / sizeof *kinds || count < kinds[k].fields)
        bad_line(c->lines, "no such kind, or a field is missing");
    way = way_of(c, fields[3][0] == '&' ? UFX_WAY_SPELLING : kinds[k].kind,
                 fields[1], fields[2]);
    switch (k) {
    case 0:
        add_bytes(c, way, fields[3]);
        break;
    case 1:
        add_pairs(c, way, fields[3]);
        break;
    case 2:
        add_spellings(c, way, fields[3]);
        break;
    case 3:
        add_byte_spellings(c, way, fields[3], fields[4]);
        break;
    case 4:
        add_accents(c, way, fields[3]);
        break;
    case 5:
        add_apart(c, way);
        break;
    case 6:
        add_compatible(c, way, fields[3]);
        break;
    case 7:
        add_alike(c, way, fields[3]);
        break;
    case 8:
        add_text(c, way, fields[3], fields[4]);
        break;
    case 9:
        add_wild(c, way, fields[3]);
        break;
    default: {
        uint32_t cp = read_char(c, fields[3]);

        add_row(c, way, &cp, 1, NULL, 0);
    }
    }
}

static void
add_syntax(struct compiler *c, char **fields, size_t count)
{
    uint32_t read[UFX_WAY_READ];
    size_t n;

    if (count < 3)
        bad_line(c->lines, "a field is missing");
    n = decode_chars(fields[2], strlen(fields[2]), read, UFX_WAY_READ);
    if (n > UFX_WAY_READ)
        bad_line(c->lines, "too long");
    add_row(c, way_of(c, UFX_WAY_SYNTAX, fields[1], fields[1]), read, n, NULL,
            0);
}

static int
compare_rows(const void *left, const void *right)
{
    const struct ufx_sequence *a = left, *b = right;
    size_t i;

    for (i = 0; i < a->read_length && i < b->read_length; i++)
        if (a->read[i] != b->read[i])
            return a->read[i] < b->read[i] ? -1 : 1;
    if (a->read_length != b->read_length)
        return a->read_length < b->read_length ? -1 : 1;
    if (a->way != b->way)
        return a->way < b->way ? -1 : 1;
    return memcmp(a->meant, b->meant, sizeof a->meant);
}

/* Of rows that say the same the first way's. */
static void
sort_rows(struct ways_built *out)
{
    size_t i, k, n = 0;

    ufx_sort(out->rows, out->row_count, sizeof *out->rows, compare_rows);
    for (i = 0; i < out->row_count; i++) {
        const struct ufx_sequence *row = &out->rows[i];

        for (k = n; k > 0; k--) {
            const struct ufx_sequence *other = &out->rows[k - 1];

            if (other->read_length != row->read_length ||
                memcmp(other->read, row->read, sizeof row->read) != 0) {
                k = 0;
                break;
            }
            if (memcmp(other->meant, row->meant, sizeof row->meant) == 0 &&
                out->ways[other->way].kind != UFX_WAY_SYNTAX)
                break;
        }
        if (k == 0)
            out->rows[n++] = *row;
    }
    out->row_count = n;
}

/* The family's first way, SITUATION, RIGHT, WRONG. */
static void
read_counts(struct compiler *c, const char *folder)
{
    struct ways_built *out = c->out;
    char opened[4096], *line, *fields[FIELDS];
    struct lines lines;
    size_t length, w;

    out->count_count = c->family_count * UFX_WAY_SITUATIONS;
    out->counts = tool_allocate((out->count_count + 1) * sizeof *out->counts);
    memset(out->counts, 0, (out->count_count + 1) * sizeof *out->counts);
    if (!lines_open(&lines, folder, "ways-counted.tsv", opened, false))
        return;
    while ((line = lines_next(&lines, &length)) != NULL) {
        uint64_t situation, right, wrong;

        if (cut_fields(line, fields) < 4)
            bad_line(&lines, "not WAY, SITUATION, RIGHT, WRONG");
        for (w = 0; w < out->way_count; w++)
            if (strcmp(out->ways[w].name, fields[0]) == 0)
                break;
        if (w == out->way_count)
            bad_line(&lines, "no such way");
        situation = lines_number(&lines, &fields[1], 0, UFX_WAY_SITUATIONS - 1);
        right = lines_number(&lines, &fields[2], 0, UINT32_MAX);
        wrong = lines_number(&lines, &fields[3], 0, UINT32_MAX);
        out->counts[out->ways[w].family * UFX_WAY_SITUATIONS + situation] =
            (struct ufx_way_count){(uint32_t)right, (uint32_t)wrong};
    }
}

void
ways_build(struct ways_built *built, const char *folder,
           const struct ufx_lexicon_entry *entries, size_t entry_count)
{
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct compiler c = {.out = built};
    char opened[4096], *line, *fields[FIELDS];
    struct lines lines;
    size_t length, n;

    memset(built, 0, sizeof *built);
    if (!lines_open(&lines, folder, "../common/ways.tsv", opened, false))
        return;
    built->triggers = tool_allocate((size_t)2 * UFX_WAY_BITMAP);
    memset(built->triggers, 0, (size_t)2 * UFX_WAY_BITMAP);
    ufx_buffer_init(&c.bytes, &memory);
    ufx_buffer_init(&c.text, &memory);
    find_letters(&c, entries, entry_count);
    c.lines = &lines;
    while ((line = lines_next(&lines, &length)) != NULL) {
        n = cut_fields(line, fields);
        if (strcmp(fields[0], "mark") == 0)
            add_mark(&c, fields, n);
        else if (strcmp(fields[0], "signs") == 0 && n > 1)
            read_signs(&c, fields[1]);
        else if (strcmp(fields[0], "syntax") == 0)
            add_syntax(&c, fields, n);
        else
            add_line(&c, fields, n);
    }
    sort_rows(built);
    read_counts(&c, folder);
    ufx_buffer_free(&c.bytes);
    ufx_buffer_free(&c.text);
}

void
ways_free(struct ways_built *built)
{
    free(built->ways);
    free(built->rows);
    free(built->triggers);
    free(built->counts);
}
