/* SPDX-License-Identifier: MPL-2.0 */
/* slow [SECONDS [SEED]]: breeds texts that take long.
 *
 * A text is a few atoms, repeated over a paragraph of the longest kind.  Those
 * that are the most work a byte (counted.h) live on, are cut, joined and
 * changed; in the end the worst are shown, with how much dearer a byte of a
 * long paragraph is than one of a short one: far above 1 something is looked at
 * again and again. */
#include "fuzz.h"

#include "base/limits.h"
#include "counted.h"

#include <time.h>

#define LONG_TEXT (UFX_PARAGRAPH_BYTES - 200)
#define SHORT_TEXT (LONG_TEXT / 8)
#define ATOMS_MOST 8
#define ALIVE 24
#define SHOWN 12

/* Something for each producer. */
static const char *const atoms[] = {" ",
                                    " ",
                                    " ",
                                    "\n",
                                    "a",
                                    "de",
                                    "la",
                                    "y",
                                    "o",
                                    "l",
                                    "I",
                                    "1",
                                    "11",
                                    "2",
                                    "0",
                                    "9",
                                    "de?",
                                    "la!",
                                    "\xC2\xBF",
                                    "\xC2\xA1",
                                    "\"",
                                    "'",
                                    "\xE2\x80\x9C",
                                    "\xE2\x80\x9D",
                                    "\xC2\xAB",
                                    "\xC2\xBB",
                                    "(",
                                    ")",
                                    "[",
                                    "]",
                                    "{",
                                    "-",
                                    "\xE2\x80\x93",
                                    "-\n",
                                    ".",
                                    ",",
                                    ";",
                                    ":",
                                    "...",
                                    "*",
                                    "_",
                                    "/",
                                    "\\",
                                    "|",
                                    "&",
                                    "&amp;",
                                    "%",
                                    "#",
                                    "<b>",
                                    "<",
                                    ">",
                                    "~",
                                    "^",
                                    "=",
                                    "+",
                                    "$",
                                    "@",
                                    "\xC2\xAC",
                                    "\xC2\xAD",
                                    "\xC2\xB7",
                                    "\xC2\xBA",
                                    "\xC2\xAA",
                                    "\xC2\xB2",
                                    "\xCC\x81",
                                    "\xC3\xB3",
                                    "http://a.b",
                                    "a@b.c",
                                    "A/RES/52",
                                    "A/CONF.157/24",
                                    "E/CN.4",
                                    "cap. IlI",
                                    "XVIII",
                                    "VlI",
                                    "442 sesion",
                                    "53*",
                                    "1a.",
                                    "enero",
                                    "de 1997",
                                    "Estado(",
                                    "p\xC3\xA1rr.",
                                    "the",
                                    "of",
                                    "sesi\xC3\xA9n",
                                    "cooperaci6n",
                                    "aqu\xC3\xAD",
                                    "delaley",
                                    "Sra.",
                                    "N\xC2\xBA",
                                    "\xE2\x80\xA2",
                                    "I.",
                                    "a)",
                                    "4.",
                                    "rn",
                                    "c e n t r o"};
#define ATOM_COUNT (sizeof atoms / sizeof *atoms)

struct breed {
    unsigned char genes[ATOMS_MOST];
    size_t count;
    double cost; /* a byte of a long text */
};

static uint64_t seed;

static size_t
below(size_t n)
{
    seed += UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)((seed ^ seed >> 31) * UINT64_C(0xBF58476D1CE4E5B9) >> 33) %
           n;
}

/* ---- What it takes ---- */

/* What a byte takes, of that many.  Each in a context of its own: one that
 * remembers tokens would be cheaper the second time. */
static double
cost_of(const struct breed *b, size_t length)
{
    static char text[LONG_TEXT + 64];
    unfix_result *result = fuzz_result();
    unfix_context *context;
    size_t used = 0, i = 0;
    uint64_t work;

    while (used < length) {
        const char *atom = atoms[b->genes[i++ % b->count]];

        memcpy(text + used, atom, strlen(atom));
        used += strlen(atom);
    }
    FUZZ_HOLDS(unfix_context_new(fuzz_model(), NULL, NULL, NULL, &context,
                                 NULL) == UNFIX_OK);
    work = counted_work();
    FUZZ_HOLDS(unfix_correct(context, text, used, result, NULL) == UNFIX_OK);
    work = counted_work() - work;
    unfix_context_free(context);
    unfix_result_free(result);
    return (double)work / (double)used;
}

/* ---- Breeding ---- */

static void
make_up(struct breed *b)
{
    size_t i;

    b->count = 1 + below(4);
    for (i = 0; i < b->count; i++)
        b->genes[i] = (unsigned char)below(ATOM_COUNT);
}

static void
vary(struct breed *b, const struct breed *other)
{
    size_t at = below(b->count);

    switch (below(5)) {
    case 0:
        b->genes[at] = (unsigned char)below(ATOM_COUNT);
        break;
    case 1:
        if (b->count < ATOMS_MOST)
            b->genes[b->count++] = (unsigned char)below(ATOM_COUNT);
        break;
    case 2:
        if (b->count > 1)
            b->genes[at] = b->genes[--b->count];
        break;
    case 3:
        b->genes[at] = other->genes[below(other->count)];
        break;
    default:
        while (b->count < ATOMS_MOST && at < other->count)
            b->genes[b->count++] = other->genes[at++];
    }
}

static int
is_new(const struct breed *alive, const struct breed *b)
{
    size_t i;

    for (i = 0; i < ALIVE; i++)
        if (alive[i].count == b->count &&
            memcmp(alive[i].genes, b->genes, b->count) == 0)
            return 0;
    return 1;
}

/* The dearest first; the last of them makes room. */
static void
take_in(struct breed *alive, const struct breed *b)
{
    size_t at = ALIVE - 1;

    if (b->cost <= alive[at].cost || !is_new(alive, b))
        return;
    for (; at > 0 && alive[at - 1].cost < b->cost; at--)
        alive[at] = alive[at - 1];
    alive[at] = *b;
}

static void
show(const struct breed *b)
{
    size_t i;

    printf("%10.0f a byte, %5.1f times a short one's: \"", b->cost,
           b->cost / cost_of(b, SHORT_TEXT));
    for (i = 0; i < b->count; i++) {
        const char *c = atoms[b->genes[i]];

        for (; *c != '\0'; c++)
            if (*c == '\n')
                fputs("\\n", stdout);
            else
                putchar(*c);
    }
    puts("\"");
}

int
main(int argc, char **argv)
{
    static struct breed alive[ALIVE];
    time_t end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 60);
    size_t tried = 0, i;

    seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    while (time(NULL) < end) {
        struct breed b;

        if (alive[ALIVE - 1].count == 0 || below(4) == 0) {
            make_up(&b);
        } else {
            b = alive[below(ALIVE)];
            vary(&b, &alive[below(ALIVE)]);
        }
        b.cost = cost_of(&b, LONG_TEXT);
        take_in(alive, &b);
        tried++;
    }
    printf("%zu texts were tried\n", tried);
    for (i = 0; i < SHOWN; i++)
        show(&alive[i]);
    unfix_model_release(fuzz_model());
    return 0;
}
