/* SPDX-License-Identifier: MPL-2.0 */
/*
 * G. Myers, "A fast bit-vector algorithm for approximate string matching based
 * on dynamic programming", J. ACM 46 (1999), in the form of H. Hyyrö, "A
 * bit-vector algorithm for computing Levenshtein and Damerau edit distances",
 * Nordic J. Computing 10 (2003), with a[] in as many words as it needs and the
 * carry handed from each to the next.
 *
 * Column j of the matrix D(i, j) is held as two bit vectors: bit i-1 of
 * `plus` is set where D(i, j) - D(i-1, j) is 1, of `minus` where it is -1.
 * D(0, j) is j, so D(i, j) is j plus the bits of `plus` less those of `minus`
 * below i.
 */
#include "align.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* All that one alignment may allocate at a time: beyond it the texts are no
 * pages, and the caller should cut them. */
#define MEMORY_MAX ((size_t)1 << 30)

#define WORD_BITS 64

/* For each symbol of a[] the bit vector of its places.  Row 0 has no bits: it
 * is that of all symbols that a[] lacks. */
struct rows {
    size_t words;      /* of each vector */
    size_t mask;       /* slots - 1 */
    uint32_t *symbols; /* by slot */
    uint32_t *numbers; /* by slot: the row, 0 where the slot is free */
    uint64_t *bits;
};

struct column {
    uint64_t *plus;
    uint64_t *minus;
};

static bool
product_exceeds(size_t a, size_t b, size_t max)
{
    return b != 0 && a > max / b;
}

static size_t
find_slot(const struct rows *rows, uint32_t symbol)
{
    /* Fibonacci hashing; the table is at most half full. */
    size_t slot = (symbol * UINT32_C(2654435769) >> 7) & rows->mask;
    while (rows->numbers[slot] != 0 && rows->symbols[slot] != symbol)
        slot = (slot + 1) & rows->mask;
    return slot;
}

static void
rows_free(struct rows *rows)
{
    free(rows->symbols);
    free(rows->numbers);
    free(rows->bits);
}

/* Numbers the different symbols from 1 and returns how many there are. */
static uint32_t
number_symbols(struct rows *rows, const uint32_t *a, size_t length)
{
    uint32_t count = 0;
    for (size_t i = 0; i < length; i++) {
        size_t slot = find_slot(rows, a[i]);
        if (rows->numbers[slot] == 0) {
            rows->symbols[slot] = a[i];
            rows->numbers[slot] = ++count;
        }
    }
    return count;
}

static unfix_status
rows_init(struct rows *rows, const uint32_t *a, size_t length)
{
    *rows = (struct rows){.words = (length + WORD_BITS - 1) / WORD_BITS};
    if (length > MEMORY_MAX / (8 * sizeof *rows->symbols))
        return UNFIX_ERROR_LIMIT;
    size_t slots = 2;
    while (slots < 2 * length)
        slots *= 2;
    rows->mask = slots - 1;
    rows->symbols = malloc(slots * sizeof *rows->symbols);
    rows->numbers = calloc(slots, sizeof *rows->numbers);
    if (rows->symbols == NULL || rows->numbers == NULL)
        return UNFIX_ERROR_MEMORY;
    size_t count = (size_t)number_symbols(rows, a, length) + 1;
    if (product_exceeds(count, rows->words, MEMORY_MAX / sizeof *rows->bits))
        return UNFIX_ERROR_LIMIT;
    rows->bits = calloc(count * rows->words, sizeof *rows->bits);
    if (rows->bits == NULL)
        return UNFIX_ERROR_MEMORY;
    for (size_t i = 0; i < length; i++) {
        size_t row = rows->numbers[find_slot(rows, a[i])];
        rows->bits[row * rows->words + i / WORD_BITS] |= UINT64_C(1)
                                                         << i % WORD_BITS;
    }
    return UNFIX_OK;
}

static const uint64_t *
rows_get(const struct rows *rows, uint32_t symbol)
{
    return rows->bits + rows->numbers[find_slot(rows, symbol)] * rows->words;
}

/* The next column; `to` may be `from`.  Bits above the length of a[] hold
 * rubbish that never reaches the lower ones. */
static void
advance(const uint64_t *equal, size_t words, struct column from,
        struct column to)
{
    uint64_t carry = 0;
    uint64_t up = 1; /* D(0, j) - D(0, j-1) */
    uint64_t down = 0;
    for (size_t w = 0; w < words; w++) {
        uint64_t plus = from.plus[w];
        uint64_t minus = from.minus[w];
        uint64_t part = (equal[w] & plus) + plus;
        uint64_t sum = part + carry;
        carry = (uint64_t)(part < plus) | (uint64_t)(sum < part);
        uint64_t zero = (sum ^ plus) | equal[w] | minus;
        uint64_t right = minus | ~(zero | plus);
        uint64_t left = zero & plus;
        uint64_t right_in = right << 1 | up;
        uint64_t left_in = left << 1 | down;
        up = right >> (WORD_BITS - 1);
        down = left >> (WORD_BITS - 1);
        to.plus[w] = left_in | ~(zero | right_in);
        to.minus[w] = zero & right_in;
    }
}

static void
first_column(struct column column, size_t words)
{
    memset(column.plus, 0xff, words * sizeof *column.plus);
    memset(column.minus, 0, words * sizeof *column.minus);
}

/* D(i, j), from column j. */
static size_t
cell(struct column column, size_t i, size_t j)
{
    size_t plus = 0;
    size_t minus = 0;
    for (size_t w = 0; w < i / WORD_BITS; w++) {
        plus += (size_t)__builtin_popcountll(column.plus[w]);
        minus += (size_t)__builtin_popcountll(column.minus[w]);
    }
    if (i % WORD_BITS != 0) {
        uint64_t below = (UINT64_C(1) << i % WORD_BITS) - 1;
        plus +=
            (size_t)__builtin_popcountll(column.plus[i / WORD_BITS] & below);
        minus +=
            (size_t)__builtin_popcountll(column.minus[i / WORD_BITS] & below);
    }
    return j + plus - minus;
}

static unfix_status
distance_by_columns(const uint32_t *a, size_t a_length, const uint32_t *b,
                    size_t b_length, size_t *distance)
{
    struct rows rows;
    uint64_t *memory = NULL;
    unfix_status status = rows_init(&rows, a, a_length);
    if (status != UNFIX_OK)
        goto done;
    memory = malloc(2 * rows.words * sizeof *memory);
    if (memory == NULL) {
        status = UNFIX_ERROR_MEMORY;
        goto done;
    }
    struct column column = {memory, memory + rows.words};
    first_column(column, rows.words);
    for (size_t j = 0; j < b_length; j++)
        advance(rows_get(&rows, b[j]), rows.words, column, column);
    *distance = cell(column, a_length, b_length);
done:
    free(memory);
    rows_free(&rows);
    return status;
}

static size_t
common_suffix(const uint32_t *a, size_t a_length, const uint32_t *b,
              size_t b_length)
{
    size_t n = 0;
    while (n < a_length && n < b_length &&
           a[a_length - 1 - n] == b[b_length - 1 - n])
        n++;
    return n;
}

unfix_status
ufx_align_distance(const uint32_t *a, size_t a_length, const uint32_t *b,
                   size_t b_length, size_t *distance)
{
    size_t suffix = common_suffix(a, a_length, b, b_length);
    a_length -= suffix;
    b_length -= suffix;
    while (a_length != 0 && b_length != 0 && *a == *b) {
        a++;
        b++;
        a_length--;
        b_length--;
    }
    if (a_length == 0 || b_length == 0) {
        *distance = a_length + b_length;
        return UNFIX_OK;
    }
    return distance_by_columns(a, a_length, b, b_length, distance);
}

/* All columns from 0 to b_length, one after the other. */
static unfix_status
all_columns(const uint32_t *a, size_t a_length, const uint32_t *b,
            size_t b_length, uint64_t **columns, size_t *words)
{
    struct rows rows;
    unfix_status status = rows_init(&rows, a, a_length);
    if (status != UNFIX_OK)
        goto done;
    *words = rows.words;
    size_t one = 2 * rows.words;
    if (product_exceeds(b_length + 1, one, MEMORY_MAX / sizeof **columns)) {
        status = UNFIX_ERROR_LIMIT;
        goto done;
    }
    uint64_t *memory = malloc((b_length + 1) * one * sizeof *memory);
    if (memory == NULL) {
        status = UNFIX_ERROR_MEMORY;
        goto done;
    }
    struct column last = {memory, memory + rows.words};
    first_column(last, rows.words);
    for (size_t j = 0; j < b_length; j++) {
        struct column next = {last.plus + one, last.minus + one};
        advance(rows_get(&rows, b[j]), rows.words, last, next);
        last = next;
    }
    *columns = memory;
done:
    rows_free(&rows);
    return status;
}

/* Walks from the end of the matrix, whose last column is given and follows the
 * others in memory, to its beginning.  Writes the matches downwards from
 * pairs[end] and returns the index of the first.  The order of the cases is
 * what makes the alignment unique. */
static size_t
trace_back(const uint32_t *a, size_t i, const uint32_t *b, size_t j,
           struct column column, size_t words, struct ufx_align_pair *pairs,
           size_t end)
{
    size_t here = cell(column, i, j);
    while (i != 0 && j != 0) {
        struct column before = {column.plus - 2 * words,
                                column.minus - 2 * words};
        if (a[i - 1] == b[j - 1]) {
            pairs[--end] = (struct ufx_align_pair){--i, --j};
            column = before;
            continue;
        }
        bool deletion =
            column.plus[(i - 1) / WORD_BITS] >> (i - 1) % WORD_BITS & 1;
        if (deletion) {
            i--;
        } else {
            if (cell(before, i, j - 1) != here - 1)
                i--;
            j--;
            column = before;
        }
        here--;
    }
    return end;
}

unfix_status
ufx_align_match(const uint32_t *a, size_t a_length, const uint32_t *b,
                size_t b_length, struct ufx_align_pair **pairs, size_t *count)
{
    *pairs = NULL;
    *count = 0;
    size_t most = a_length < b_length ? a_length : b_length;
    if (most > MEMORY_MAX / sizeof **pairs)
        return UNFIX_ERROR_LIMIT;
    struct ufx_align_pair *found = malloc((most + 1) * sizeof *found);
    if (found == NULL)
        return UNFIX_ERROR_MEMORY;
    size_t first = most;
    size_t suffix = common_suffix(a, a_length, b, b_length);
    for (size_t n = 1; n <= suffix; n++)
        found[--first] = (struct ufx_align_pair){a_length - n, b_length - n};
    a_length -= suffix;
    b_length -= suffix;
    if (a_length != 0 && b_length != 0) {
        uint64_t *columns = NULL;
        size_t words = 0;
        unfix_status status =
            all_columns(a, a_length, b, b_length, &columns, &words);
        if (status != UNFIX_OK) {
            free(found);
            return status;
        }
        uint64_t *last = columns + 2 * words * b_length;
        first = trace_back(a, a_length, b, b_length,
                           (struct column){last, last + words}, words, found,
                           first);
        free(columns);
    }
    *count = most - first;
    memmove(found, found + first, *count * sizeof *found);
    *pairs = found;
    return UNFIX_OK;
}
