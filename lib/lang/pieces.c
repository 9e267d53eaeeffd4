/* SPDX-License-Identifier: MPL-2.0 */
#include "lang/pieces.h"

#include "text/chars.h"

const char *
ufx_piece_name(enum ufx_piece_class kind)
{
    static const char *const names[UFX_PIECE_CLASSES] = {
        "<s>",      "<unk>",  "<name>",  "<acronym>", "<mixed>", "<num>",
        "<day>",    "<year>", "<ratio>", "<ord-m>",   "<ord-f>", "<roman>",
        "<symbol>", "<url>",  "<mark>",  ",",         ".",       ";",
        ":",        "(",      ")",       "[",         "]",       "\"",
        "'",        "-",      "/",       "?",         "¿",       "!",
        "¡",        "%",      "*"};

    return kind < UFX_PIECE_CLASSES ? names[kind] : NULL;
}

enum ufx_piece_class
ufx_piece_mark(uint32_t cp)
{
    switch (cp) {
    case ',':
        return UFX_PIECE_COMMA;
    case '.':
    case 0x2026:
        return UFX_PIECE_STOP;
    case ';':
        return UFX_PIECE_SEMICOLON;
    case ':':
        return UFX_PIECE_COLON;
    case '(':
        return UFX_PIECE_OPEN;
    case ')':
        return UFX_PIECE_CLOSE;
    case '[':
        return UFX_PIECE_BRACKET_OPEN;
    case ']':
        return UFX_PIECE_BRACKET_CLOSE;
    case '"':
    case 0xAB:
    case 0xBB:
    case 0x201C:
    case 0x201D:
    case 0x201E:
        return UFX_PIECE_QUOTE;
    case '\'':
    case '`':
    case 0xB4:
    case 0x2018:
    case 0x2019:
        return UFX_PIECE_APOSTROPHE;
    case '-':
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
        return UFX_PIECE_DASH;
    case '/':
        return UFX_PIECE_SLASH;
    case '?':
        return UFX_PIECE_QUESTION;
    case 0xBF:
        return UFX_PIECE_QUESTION_OPEN;
    case '!':
        return UFX_PIECE_EXCLAMATION;
    case 0xA1:
        return UFX_PIECE_EXCLAMATION_OPEN;
    case '%':
        return UFX_PIECE_PERCENT;
    case '*':
        return UFX_PIECE_STAR;
    default:
        return UFX_PIECE_OTHER;
    }
}

static inline bool
is_word_char(uint32_t cp)
{
    return cp < 0x100 ? (ufx_char_kinds[cp] & (UFX_CHAR_UPPER | UFX_CHAR_LOWER |
                                               UFX_CHAR_DIGIT)) != 0
                      : ufx_char_far_is_letter(cp);
}

static size_t
digits(const uint32_t *chars, size_t count, size_t i)
{
    size_t start = i;

    while (i < count && ufx_char_is_digit(chars[i]))
        i++;
    return i - start;
}

/* A/RES/52/134, E/CN.4/1998/2, CCPR/C/GC/35: capitals, then at least one
 * slash.  The length, without a full stop or comma at its end, or 0. */
static size_t
symbol_length(const uint32_t *chars, size_t count)
{
    size_t i = 0, slashes = 0;

    if (!ufx_char_is_upper(chars[0]))
        return 0;
    for (; i < count; i++) {
        if (chars[i] == '/')
            slashes++;
        else if (!is_word_char(chars[i]) && chars[i] != '.' && chars[i] != '-')
            break;
        if (slashes == 0 && ufx_char_is_lower(chars[i]))
            return 0;
    }
    while (i > 0 && !is_word_char(chars[i - 1]))
        i--;
    for (count = i, i = 0; i < count; i++)
        if (chars[i] == '/')
            return count;
    return 0;
}

static struct ufx_piece
number(const uint32_t *chars, size_t count)
{
    size_t n = digits(chars, count, 0), i = n;
    struct ufx_piece piece = {0, (uint32_t)n, UFX_PIECE_NUMBER};
    unsigned long value = 0;

    if (i < count &&
        (chars[i] == 0xBA || chars[i] == 0xB0 || chars[i] == 0xAA)) {
        piece.kind =
            chars[i] == 0xAA ? UFX_PIECE_ORDINAL_F : UFX_PIECE_ORDINAL_M;
        piece.count++;
        return piece;
    }
    if (i < count && chars[i] == '/' && digits(chars, count, i + 1) > 0) {
        piece.kind = UFX_PIECE_RATIO;
        piece.count = (uint32_t)(i + 1 + digits(chars, count, i + 1));
        return piece;
    }
    while (i + 1 < count && (chars[i] == '.' || chars[i] == ',') &&
           ufx_char_is_digit(chars[i + 1]))
        i += 1 + digits(chars, count, i + 1);
    if (i > n) {
        piece.count = (uint32_t)i;
        return piece;
    }
    for (i = 0; i < n && n <= 4; i++)
        value = value * 10 + (chars[i] - '0');
    if (n <= 2 && value >= 1 && value <= 31)
        piece.kind = UFX_PIECE_DAY;
    else if (n == 4 && value >= 1800 && value <= 2099)
        piece.kind = UFX_PIECE_YEAR;
    return piece;
}

bool
ufx_piece_is_roman(const uint32_t *chars, size_t count)
{
    static const char *const forms[] = {"C",  "XC", "L",  "XL", "X",
                                        "IX", "V",  "IV", "I"};
    static const int most[] = {3, 1, 1, 1, 3, 1, 1, 1, 3};
    /* How many of the following forms cannot come after this one. */
    static const size_t skip[] = {0, 3, 1, 1, 0, 3, 1, 1, 0};
    size_t i = 0, k;

    /* Most words are told by their first letter. */
    if (count == 0 || chars[0] > 'X' || chars[0] < 'C')
        return false;
    for (k = 0; k < sizeof most / sizeof *most; k++) {
        size_t n = forms[k][1] == '\0' ? 1 : 2;
        int times = 0;

        while (times < most[k] && i + n <= count &&
               chars[i] == (uint32_t)forms[k][0] &&
               (n == 1 || chars[i + 1] == (uint32_t)forms[k][1])) {
            i += n;
            times++;
        }
        if (times > 0)
            k += skip[k];
    }
    return i == count;
}

enum ufx_piece_class
ufx_piece_unknown(const uint32_t *chars, size_t count)
{
    size_t i, upper = 0;

    for (i = 0; i < count; i++)
        upper += ufx_char_is_upper(chars[i]);
    if (upper == 0)
        return UFX_PIECE_UNKNOWN;
    return upper == count && count > 1 ? UFX_PIECE_ACRONYM : UFX_PIECE_NAME;
}

struct ufx_piece
ufx_piece_next(const uint32_t *chars, size_t count)
{
    struct ufx_piece piece = {0, 1, UFX_PIECE_WORD};
    size_t n, letters = 0;

    if (!is_word_char(chars[0])) {
        piece.kind = ufx_piece_mark(chars[0]);
        return piece;
    }
    n = symbol_length(chars, count);
    if (n > 0) {
        piece.count = (uint32_t)n;
        piece.kind = UFX_PIECE_SYMBOL;
        return piece;
    }
    for (n = 0; n < count && is_word_char(chars[n]); n++)
        letters += !ufx_char_is_digit(chars[n]);
    if (letters == 0)
        return number(chars, count);
    piece.count = (uint32_t)n;
    if (letters < n)
        piece.kind = UFX_PIECE_MIXED;
    /* C and L alone are rather letters than numerals. */
    else if (ufx_piece_is_roman(chars, n) &&
             (n > 1 || chars[0] == 'I' || chars[0] == 'V' || chars[0] == 'X'))
        piece.kind = UFX_PIECE_ROMAN;
    return piece;
}

bool
ufx_piece_letters(const uint32_t *chars, size_t count, uint8_t *letters)
{
    size_t i;

    for (i = 0; i < count; i++) {
        uint32_t code = ufx_char_code(ufx_char_lower(chars[i]));

        if (code == 0)
            return false;
        letters[i] = (uint8_t)code;
    }
    return true;
}

uint32_t
ufx_piece_word(const struct ufx_lexicon *lexicon, const uint32_t *chars,
               size_t count)
{
    uint8_t letters[UFX_TOKEN_CHARS];

    return count > 0 && count <= UFX_TOKEN_CHARS &&
                   ufx_piece_letters(chars, count, letters)
               ? ufx_lexicon_find(lexicon, letters, count)
               : UFX_WORD_NONE;
}
