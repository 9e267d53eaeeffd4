/* SPDX-License-Identifier: MPL-2.0 */
/*
 * libunfix: repairs what OCR did to Spanish text.
 *
 *     unfix_model *model;
 *     unfix_context *context;
 *     unfix_result *result;
 *     size_t length;
 *
 *     if (unfix_model_load(NULL, NULL, &model, NULL) == UNFIX_OK &&
 *         unfix_context_new(model, NULL, NULL, NULL, &context, NULL) ==
 *             UNFIX_OK &&
 *         unfix_result_new(NULL, &result) == UNFIX_OK &&
 *         unfix_correct(context, bytes, nbytes, result, NULL) == UNFIX_OK)
 *         fwrite(unfix_result_text(result, &length), 1, length, stdout);
 *
 * Objects.  A model is what is known of a language; it never changes after
 * loading and any number of threads may share it.  An overlay holds a user's
 * own words and confusions; once frozen it is shared like a model.  A context
 * does the work and belongs to one thread at a time.  A result owns everything
 * it shows and may be used again.  A stream feeds a context piece by piece.
 *
 * Text is bytes, meant to be UTF-8.  Bytes that are not valid UTF-8 come out
 * as they went in; for other encodings see unfix_decode.  All offsets and
 * lengths count bytes.
 *
 * Errors.  A function that can fail returns an unfix_status and, where it takes
 * an unfix_error, fills that in as well (NULL is allowed everywhere).  Odd text
 * is never an error.  On failure output parameters are set to NULL or left
 * unchanged, as said, and every object that existed before stays usable.
 *
 * Determinism.  The same input, model, overlay and options give the same bytes
 * on any machine.  What another version of the library or of the model makes of
 * the same input is not promised.
 *
 * Nothing in the library prints, exits, starts threads, reads the environment
 * or the locale, or keeps global state but a lock around Hunspell's opening.
 */
#ifndef UNFIX_H
#define UNFIX_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(UNFIX_BUILDING) && defined(__GNUC__)
#define UNFIX_API __attribute__((visibility("default")))
#else
#define UNFIX_API
#endif

/* What a call returns says whether it failed: compilers warn where that is
 * thrown away. */
#ifdef __GNUC__
#define UNFIX_MUST_USE __attribute__((warn_unused_result))
#else
#define UNFIX_MUST_USE
#endif

#define UNFIX_VERSION_MAJOR 0
#define UNFIX_VERSION_MINOR 2
#define UNFIX_VERSION_PATCH 0
#define UNFIX_VERSION_STRING "0.2.0"

/* For `#if UNFIX_VERSION_NUMBER >= UNFIX_VERSION_MAKE(0, 2, 0)`.  What may
 * change from one version to the next says docs/abi.md.  Since 0.2. */
#define UNFIX_VERSION_MAKE(major, minor, patch)                                \
    ((major)*65536 + (minor)*256 + (patch))
#define UNFIX_VERSION_NUMBER                                                   \
    UNFIX_VERSION_MAKE(UNFIX_VERSION_MAJOR, UNFIX_VERSION_MINOR,               \
                       UNFIX_VERSION_PATCH)

/* The version of the library that runs, "MAJOR.MINOR.PATCH".  Static storage.
 * Since 0.1. */
UNFIX_API const char *unfix_version(void);

/* The same as UNFIX_VERSION_NUMBER has it.  Since 0.2. */
UNFIX_API uint32_t unfix_version_number(void);

/* ---- Status: what failed, and why --------------------------------------- */

typedef enum unfix_status {
    UNFIX_OK = 0,
    UNFIX_ERROR_MEMORY = 1, /* an allocation failed */
    UNFIX_ERROR_ARGUMENT =
        2,                  /* NULL or out of range where that is not allowed */
    UNFIX_ERROR_IO = 3,     /* a file could not be opened or read */
    UNFIX_ERROR_FORMAT = 4, /* damaged model; bad line in a user's table */
    UNFIX_ERROR_VERSION =
        5,                 /* a model made for another version of the library */
    UNFIX_ERROR_LIMIT = 6, /* more than a documented limit allows */
    UNFIX_ERROR_STATE = 7, /* out of order: an overlay frozen or not */
    UNFIX_ERROR_CALLBACK = 8, /* a caller's own function asked to stop */
    UNFIX_ERROR_EXTERNAL = 9  /* ICU or Hunspell failed */
} unfix_status;

/* A short English description of a status, without a full stop.  Static
 * storage; never NULL, also for numbers that are no status.  Since 0.1. */
UNFIX_API const char *unfix_strerror(unfix_status status);

/* Where and why a call failed.  Filled in only on failure.  Since 0.1. */
typedef struct unfix_error {
    unfix_status status;
    char message[244]; /* English, one line, NUL-terminated */
    uint64_t offset;   /* byte in the file or table, 0 if unknown */
    uint64_t line;     /* line in the table, from 1; 0 if not a table */
} unfix_error;

/* ---- Memory: allocators of callers -------------------------------------- */

/* A caller's allocator: like realloc(), but told the old size.  With new_size
 * 0 it frees and returns NULL; with pointer NULL it allocates (old_size 0).
 * Returns memory aligned for any object, or NULL.  It must outlive the objects
 * made with it, and be safe to call from every thread that uses them.  ICU and
 * Hunspell keep using malloc().  Functions that take an allocator copy the
 * struct; NULL means malloc().  Since 0.1. */
typedef struct unfix_allocator {
    void *(*allocate)(void *user, void *pointer, size_t old_size,
                      size_t new_size);
    void *user;
} unfix_allocator;

/* ---- Model: what is known of a language --------------------------------- */

typedef struct unfix_model unfix_model;

/* Opens a model image (es.unfix).  `path` NULL means the one installed with
 * the library: the first that is found in the places of unfix_model_place.  A
 * static library knows less of its place; give it the path, which pkg-config
 * --variable=modelfile unfix tells.  The file is mapped read-only and shared
 * between processes; it must not be changed while in use (replace it by
 * renaming).  On success *model holds one reference; on failure it is NULL.
 * Fails with IO, FORMAT, VERSION, MEMORY.  Since 0.1. */
UNFIX_API UNFIX_MUST_USE unfix_status
unfix_model_load(const char *path, const unfix_allocator *allocator,
                 unfix_model **model, unfix_error *error);

/* The same for an image in memory, which is borrowed: it must stay unchanged
 * until the last reference is released, and be aligned to 8 bytes.
 * Since 0.1. */
UNFIX_API UNFIX_MUST_USE unfix_status unfix_model_load_memory(
    const void *image, size_t length, const unfix_allocator *allocator,
    unfix_model **model, unfix_error *error);

/* Adds or drops a reference; the last one frees.  From any thread.  NULL is
 * allowed.  retain returns its argument.  Since 0.1. */
UNFIX_API unfix_model *unfix_model_retain(unfix_model *model);
UNFIX_API void unfix_model_release(unfix_model *model);

/* The file that the model was opened from; NULL for one in memory.  Valid as
 * long as the model.  Since 0.2. */
UNFIX_API const char *unfix_model_path(const unfix_model *model);

/* Where unfix_model_load(NULL, ...) looks, the first place first: writes the
 * path of place `index`, from 0, with NUL and cut to `size` (`path` may be NULL
 * where that is 0), and returns its whole length; 0 beyond the last place.
 * Since 0.2. */
UNFIX_API size_t unfix_model_place(size_t index, char *path, size_t size);

/* The model's BCP 47 language tag ("es") and the version of its data.  Valid
 * as long as the model.  Since 0.1. */
UNFIX_API const char *unfix_model_language(const unfix_model *model);
UNFIX_API const char *unfix_model_data_version(const unfix_model *model);

/* ---- Overlay: a user's own words and confusions ------------------------- */

typedef struct unfix_overlay unfix_overlay;

/* An empty overlay with one reference.  Until it is frozen it belongs to one
 * thread.  Fails with MEMORY, EXTERNAL.  Since 0.1. */
UNFIX_API UNFIX_MUST_USE unfix_status
unfix_overlay_new(const unfix_allocator *allocator, unfix_overlay **overlay);

/* Adds words, one a line; a line that begins with `#` is a comment; blank
 * lines are skipped, and so is a byte order mark.  Words are of letters of any
 * script, with hyphens and apostrophes between them, 64 at most.  A word in
 * lower case is known in every case, one that begins with a capital with any
 * capitals but that one at least, one all in capitals only so.  A word that is
 * known is never repaired into another and may be what others are repaired
 * into.  What is not all of Latin-1 letters is only kept as it is, and its
 * parts between hyphens are words.  Fails with FORMAT, naming the line (nothing
 * of the table is added then), with STATE once frozen, with LIMIT beyond
 * 1,000,000 words, with MEMORY and ARGUMENT.  Since 0.1. */
UNFIX_API UNFIX_MUST_USE unfix_status
unfix_overlay_add_words(unfix_overlay *overlay, const char *table,
                        size_t length, unfix_error *error);

/* Adds confusions, one a line: READ <tab> MEANT <tab> COST, cost in nats with
 * up to three decimals, 0.001 to 20 (the smaller, the likelier; 2 to 6 is
 * usual).  READ or MEANT may be empty, each at most 3 characters.  At most
 * 10,000. Errors as above.  Since 0.1. */
UNFIX_API UNFIX_MUST_USE unfix_status
unfix_overlay_add_confusions(unfix_overlay *overlay, const char *table,
                             size_t length, unfix_error *error);

/* Adds repairs that are not to be made, one a line: a word that stays as it is
 * (Manama); a pair, what is read and what it would become (Manama=Panamá); a
 * series, by its reason (ó read as é, or for short: ó read é).  What is listed
 * in small letters holds for capitals too, and Manama for MANAMA.  Such a
 * change is reported as rejected.  At most 1,000,000.  Errors as above.
 * Since 0.1. */
UNFIX_API UNFIX_MUST_USE unfix_status
unfix_overlay_add_vetoes(unfix_overlay *overlay, const char *table,
                         size_t length, unfix_error *error);

/* Adds a Hunspell dictionary in UTF-8: a word that it accepts is known.  The
 * files are opened when a context is made (about 60 ms each).  Since 0.1. */
UNFIX_API UNFIX_MUST_USE unfix_status
unfix_overlay_add_dictionary(unfix_overlay *overlay, const char *aff_path,
                             const char *dic_path, unfix_error *error);

/* Ends the building; from now on the overlay never changes and threads may
 * share it.  Freezing twice does nothing.  Fails with ARGUMENT (NULL), MEMORY,
 * or with LIMIT where the words have more than some four million letters that
 * no two of them share.  Since 0.1. */
UNFIX_API UNFIX_MUST_USE unfix_status
unfix_overlay_freeze(unfix_overlay *overlay, unfix_error *error);

/* As with models: each owner retains, and the last release frees.  Any thread;
 * NULL is passed through and ignored.  Since 0.1. */
UNFIX_API unfix_overlay *unfix_overlay_retain(unfix_overlay *overlay);
UNFIX_API void unfix_overlay_release(unfix_overlay *overlay);

/* ---- Options: classes of repairs, bars and budgets ---------------------- */

/* What kind of repair a correction is.  Since 0.1. */
typedef enum unfix_class {
    UNFIX_CLASS_ACCENT = 0,       /* accents only, within one word */
    UNFIX_CLASS_TILDE = 1,        /* n or what was read for ñ -> ñ */
    UNFIX_CLASS_LETTER = 2,       /* other letters of one word */
    UNFIX_CLASS_LOST = 3,         /* a letter lost or one too many */
    UNFIX_CLASS_SPLIT = 4,        /* one token is several words */
    UNFIX_CLASS_JOIN = 5,         /* several tokens are one word */
    UNFIX_CLASS_CASE = 6,         /* capitals only */
    UNFIX_CLASS_ORDINAL = 7,      /* 442 sesion -> 44ª sesión */
    UNFIX_CLASS_ROMAN = 8,        /* IlI -> III */
    UNFIX_CLASS_SYMBOL = 9,       /* document symbols */
    UNFIX_CLASS_NUMBER = 10,      /* digits read as letters and back */
    UNFIX_CLASS_SPACING = 11,     /* blanks between marks and words */
    UNFIX_CLASS_PUNCTUATION = 12, /* marks and specks */
    UNFIX_CLASS_HYPHEN = 13,      /* a word broken at a line's end */
    UNFIX_CLASS_DATE = 14,        /* day and year beside their month */
    UNFIX_CLASS_LIST = 15,        /* 4, Recalca -> 4. Recalca */
    UNFIX_CLASS_ENCODING = 16     /* comisiÃ³n, comisi&oacute;n, comisi´on */
} unfix_class;
#define UNFIX_CLASS_COUNT 17
#define UNFIX_CLASS_BIT(c) (UINT32_C(1) << (c))
#define UNFIX_CLASSES_ALL (UNFIX_CLASS_BIT(UNFIX_CLASS_COUNT) - 1)

/* The class's name as reports and --only use it ("accent", "split"...); NULL
 * for a number that is no class.  Static storage.  Since 0.1. */
UNFIX_API const char *unfix_class_name(unfix_class c);

typedef struct unfix_options {
    size_t size;             /* sizeof(unfix_options), set by _init */
    uint32_t min_confidence; /* 0-1000: apply at this confidence or above */
    uint32_t classes;        /* UNFIX_CLASS_BIT()s that may be applied */
    uint32_t max_harm;       /* see below; 0, the default: no such bound */
    uint32_t join_hyphens;   /* see below; 0, the default: no */
    uint32_t compose;        /* see below; 0, the default: no */
} unfix_options;

/* max_harm bounds the wrong changes that are to be expected in 10,000 words,
 * counted in 1/1000: 500 is half a change.  By the confidences of what there is
 * to repair, each class gets the lowest bar (not below min_confidence) at which
 * the bound holds; unfix_result_bar tells it.  A damaged text has more to win:
 * each right repair that is to be expected of a class allows it 1/25 of a wrong
 * one besides, which in good text is next to nothing.  Where the bound cannot
 * be held, in a class or in all, nothing is applied there.  It is held for the
 * words of the section so far (see unfix_section_length), window by window.
 * Most: 10,000,000. */

/* A word that a hyphen breaks before a blank (as in editions that keep the
 * breaks of the print) is made whole where the dictionary has it, or the
 * document elsewhere.  One that it breaks at a line's end, or that has a soft
 * hyphen in it, stays broken, and what is misread in its halves is mended; with
 * join_hyphens 1 it is made whole as well.  Such repairs are of the class
 * UNFIX_CLASS_HYPHEN.  The word goes to the line where it begins, or, where a
 * mark follows it without a blank, to the line where it ends; so there are as
 * many lines as before. */

/* Text whose letters are written in two characters, a letter and a combining
 * accent (NFD), is repaired as any and keeps its form: so are its repairs
 * written, where more of the section so far is written so than not.  With
 * compose 1 such letters become one character (NFC), each a repair of the class
 * UNFIX_CLASS_ENCODING. */

/* The defaults: all classes, the confidence that keeps clean text as it is.
 * Call it as unfix_options_init(&options): the macro tells the size that the
 * caller was compiled with, and no more than that is written.  Since 0.1. */
UNFIX_API void unfix_options_init_sized(unfix_options *options, size_t size);
#define unfix_options_init(options)                                            \
    unfix_options_init_sized((options), sizeof(unfix_options))

/* ---- Context: what does the work ---------------------------------------- */

typedef struct unfix_context unfix_context;

/* A context retains the model and the overlay (NULL: none; it must be frozen)
 * and copies the options (NULL: defaults).  One thread at a time.
 * Fails with ARGUMENT, STATE, MEMORY, with EXTERNAL if ICU cannot be used, and
 * with IO, FORMAT or EXTERNAL if a dictionary of the overlay cannot be opened.
 * Any threads may make and free contexts at the same time.  Since 0.1. */
UNFIX_API UNFIX_MUST_USE unfix_status unfix_context_new(
    unfix_model *model, unfix_overlay *overlay, const unfix_options *options,
    const unfix_allocator *allocator, unfix_context **context,
    unfix_error *error);
UNFIX_API void unfix_context_free(unfix_context *context);

/* Other options (NULL: the defaults) for the texts to come; to make a new
 * context for them takes longer.  Not while a stream uses the context.  Fails
 * with ARGUMENT, and the options are then as before.  Since 0.2. */
UNFIX_API UNFIX_MUST_USE unfix_status unfix_context_set_options(
    unfix_context *context, const unfix_options *options, unfix_error *error);

/* Part `i` of a task of several. */
typedef void (*unfix_task)(void *argument, size_t i);

/* Calls task(argument, i) once for each i below `count`, best at the same time
 * in as many threads, and returns when all have returned. */
typedef void (*unfix_run)(void *user, unfix_task task, void *argument,
                          size_t count);

/* From now on up to `count` threads, 256 at most, which the caller lends
 * through `run`, work at each text that the context is given; the result is the
 * same for any number.  0 and 1, and `run` NULL: none but the caller's, as it
 * is at first.  Each takes some 8 MiB, and calls the context's allocator.  With
 * dictionaries in the overlay the context goes on alone.  Fails with STATE
 * while a stream uses the context, and nothing changes then; with ARGUMENT
 * (more than 256) or MEMORY, and the context then works alone.  Since 0.2. */
UNFIX_API UNFIX_MUST_USE unfix_status
unfix_context_use_threads(unfix_context *context, size_t count, unfix_run run,
                          void *user, unfix_error *error);

/* ---- Result: a text, its corrections, their figures --------------------- */

typedef enum unfix_verdict {
    UNFIX_APPLIED = 0,  /* the output has the replacement */
    UNFIX_PROPOSED = 1, /* below the bar, or its class is switched off */
    UNFIX_REJECTED = 2  /* protected, a name, vetoed; never applied */
} unfix_verdict;

/* Another reading of the same place; the original may be among them.  This
 * struct never grows.  Since 0.1. */
typedef struct unfix_alternative {
    const char *text; /* NUL-terminated; the result's */
    size_t length;
    uint32_t confidence; /* 0-1000 */
} unfix_alternative;

/* One repair.  Corrections are sorted by offset and do not overlap; splicing
 * the replacement of each applied one into the input gives the output.  The
 * pointers belong to the result.  Fields may be added at the end: take the
 * distance between two corrections from unfix_result_correction only.
 * Since 0.1. */
typedef struct unfix_correction {
    uint64_t offset;      /* in the input */
    uint64_t length;      /* in the input, may be 0 */
    uint64_t out_offset;  /* in the output */
    uint64_t out_length;  /* in the output: of the replacement if applied, else
                             of the original */
    const char *original; /* NUL-terminated copy of the input's bytes */
    const char *replacement;
    size_t original_length;
    size_t replacement_length;
    uint32_t confidence; /* 0-1000: probability that the change is right */
    int32_t score; /* the verifier's log-odds in 1/1000, before calibration */
    unfix_verdict verdict;
    unfix_class kind;
    const char *reason; /* a short English phrase, e.g. "ó read as é" */
    const unfix_alternative *alternatives; /* best first */
    size_t alternative_count;
    int32_t channel_cost;  /* 1/1000 nat: how odd the misreading is */
    int32_t context_gain;  /* 1/1000 nat: how much better the words fit */
    uint32_t known_before; /* 1 if all words of the original are known */
    uint32_t known_after;
    uint32_t seen_before; /* times the original occurs in its section so far */
    uint32_t seen_after;  /* and the replacement */
    /* Why it was not applied, in a few English words; NULL if it was. */
    const char *held_back;
    /* The confidence it has to have: it was applied if, and only if, it has as
     * much: that of the options or of the budget.  A fifth of its doubt, 1 - (1
     * - that) / 5, for one mark instead of another, in another language, in
     * text of none that is known, and for numbers among codes; a third for what
     * is sure only by other documents; UNFIX_BAR_NONE where none is enough. */
    uint32_t bar;
} unfix_correction;

typedef struct unfix_result unfix_result;

/* A result is one thread's at a time.  With a NULL allocator memory comes from
 * malloc.  Fails with ARGUMENT (`result` NULL) or MEMORY, and *result is then
 * NULL.  Freeing NULL does nothing; all other functions want a result.  Since
 * 0.1. */
UNFIX_API UNFIX_MUST_USE unfix_status
unfix_result_new(const unfix_allocator *allocator, unfix_result **result);
UNFIX_API void unfix_result_free(unfix_result *result);

/* The repaired text, NUL-terminated; its length goes to *length if that is not
 * NULL.  Valid until the result is used again or freed.  Since 0.1. */
UNFIX_API const char *unfix_result_text(const unfix_result *result,
                                        size_t *length);

/* Applied, proposed and rejected ones together.  Since 0.1. */
UNFIX_API size_t unfix_result_correction_count(const unfix_result *result);

/* Correction number `index`, from 0; NULL beyond the last.  Since 0.1. */
UNFIX_API const unfix_correction *
unfix_result_correction(const unfix_result *result, size_t index);

/* Words that the result covers: tokens of letters, as in the profile that the
 * library makes of a document.  Since 0.1. */
UNFIX_API uint64_t unfix_result_word_count(const unfix_result *result);

/* Bytes of the input that were left alone because their readings would have
 * taken too long to look for: where nearly every token is far from any word, as
 * in what is no text.  What is merely dirty is looked at less widely first.
 * Since 0.2. */
UNFIX_API uint64_t unfix_result_unsearched(const unfix_result *result);

/* The confidence from which on changes of a class were applied: the highest
 * where a long document took several bars.  UNFIX_BAR_NONE if no confidence was
 * enough, since the class was switched off or max_harm could not be held; 0
 * where nothing was read as text.  Since 0.1. */
#define UNFIX_BAR_NONE 1001
UNFIX_API uint32_t unfix_result_bar(const unfix_result *result, unfix_class c);

/* Wrong changes, in 1/1000, that are to be expected among those applied: the
 * sum of what their confidences lack.  Since 0.1. */
UNFIX_API uint64_t unfix_result_expected_harm(const unfix_result *result);

/* Repairs a whole document.  `text` is borrowed for the call and may hold any
 * bytes; NULL is allowed with length 0.  What looks binary (more than one byte
 * in fifty of a window is a control character or no UTF-8) is left as it is.
 * The result is emptied first.  Time and memory are linear in `length`.  Fails
 * with ARGUMENT or STATE (the context is busy), and the result is then as it
 * was; with MEMORY or EXTERNAL, and it is then empty.  Since 0.1. */
UNFIX_API UNFIX_MUST_USE unfix_status unfix_correct(unfix_context *context,
                                                    const char *text,
                                                    size_t length,
                                                    unfix_result *result,
                                                    unfix_error *error);

/* ---- Evidence: what the engine says ------------------------------------- */

/* How sure the engine that read a text was of a piece of it, mostly a word: as
 * x_wconf of hOCR or WC of ALTO tell it.  No more is asked of the figure than
 * that it is higher where the engine was surer; what it is worth, the verifier
 * has learned beside everything else that it sees.  This struct never grows.
 * Since 0.2. */
typedef struct unfix_evidence {
    uint64_t offset; /* in the text */
    uint64_t length;
    uint32_t confidence; /* 0-1000 */
    /* What else the engine might have read there: of such a reading, the part
     * that differs becomes a candidate where the word then is a known one.
     * With length and confidence; no NUL is needed.  At most 64 of at most 1024
     * bytes; none: 0, and NULL is allowed. */
    const unfix_alternative *readings;
    size_t reading_count;
} unfix_evidence;

/* unfix_correct with `count` pieces of evidence, which are sorted by offset and
 * do not overlap.  Not every word need have one, and evidence beyond the text
 * is of no account.  They are borrowed for the call.  Fails as unfix_correct
 * does, and with ARGUMENT.  Since 0.2. */
UNFIX_API UNFIX_MUST_USE unfix_status unfix_correct_with_evidence(
    unfix_context *context, const char *text, size_t length,
    const unfix_evidence *evidence, size_t count, unfix_result *result,
    unfix_error *error);

/* ---- Survey: what a text is --------------------------------------------- */

/* Gathers what texts were judged to be: of a document, of its pieces one after
 * another, or of a collection. */
typedef struct unfix_survey unfix_survey;

/* An empty survey, one thread's at a time.  Fails with ARGUMENT (`survey` NULL)
 * or MEMORY, and *survey is then NULL.  Nothing else here can fail; freeing
 * NULL does nothing.  Since 0.2. */
UNFIX_API UNFIX_MUST_USE unfix_status
unfix_survey_new(const unfix_allocator *allocator, unfix_survey **survey);
UNFIX_API void unfix_survey_free(unfix_survey *survey);
UNFIX_API void unfix_survey_clear(unfix_survey *survey);

/* Adds the text of a result, or what another survey has gathered.  Since
 * 0.2. */
UNFIX_API void unfix_survey_add(unfix_survey *survey,
                                const unfix_result *result);
UNFIX_API void unfix_survey_merge(unfix_survey *survey,
                                  const unfix_survey *more);

/* The words that it covers, as unfix_result_word_count counts them.  Since
 * 0.2. */
UNFIX_API uint64_t unfix_survey_words(const unfix_survey *survey);

/* The BCP 47 tag of the language that most of the text is in ("es", "gl"), by
 * the frequent words of the model's language and its neighbours; "und" where
 * too few of any are there, as in tables and lists.  Valid until the survey is
 * changed or freed.  Since 0.2. */
UNFIX_API const char *unfix_survey_language(const unfix_survey *survey);

/* "modern"; "old" where words are spelt as in print before 1900 or so.
 * "prose"; "syntax" for code, markup and logs; "figures" for tables and lists
 * full of them.  "third"; "first" and "second" where many words go with verbs
 * of that person.  Static storage.  Since 0.2. */
UNFIX_API const char *unfix_survey_spelling(const unfix_survey *survey);
UNFIX_API const char *unfix_survey_form(const unfix_survey *survey);
UNFIX_API const char *unfix_survey_person(const unfix_survey *survey);

/* Words that nothing was done to although no dictionary has them, or only older
 * print does, by what they were taken for.  Since 0.2. */
typedef enum unfix_left {
    UNFIX_LEFT_FOREIGN = 0, /* in a passage of another language */
    UNFIX_LEFT_OLD = 1,     /* older spelling */
    UNFIX_LEFT_SYNTAX = 2,  /* addresses, tags; in code, markup, tables */
    UNFIX_LEFT_UNKNOWN = 3  /* all others: names, terms, what is unreadable */
} unfix_left;
#define UNFIX_LEFT_COUNT 4
UNFIX_API uint64_t unfix_survey_left(const unfix_survey *survey,
                                     unfix_left what);

/* What was read for what, and how often that was mended, in one line of UTF-8:
 * "ó read as é 41, as 6 3; í as i 12".  The most frequent first; an empty
 * line where nothing was.  Writes it with NUL, cut to `size` (`line` may be
 * NULL where that is 0), and returns its whole length.  Since 0.2. */
UNFIX_API size_t unfix_survey_damage(const unfix_survey *survey, char *line,
                                     size_t size);

/* ---- Collection: what many documents show together ---------------------- */

/* A digitization has one engine, one operator, one decade: its files together
 * show what no file shows alone.  Counted are, in each document, the words that
 * no dictionary has and those that one has, misreadings, the repairs that were
 * made or proposed, references and first lines; of each, how many documents
 * have it.  Collections can be added to each other: however documents are
 * parted and in whatever order the parts are added, the sum is the same.  A
 * document is what unfix_correct takes or a stream finishes; of a long one each
 * section (see there). */
typedef struct unfix_collection unfix_collection;

/* An empty collection with one reference.  Until it is frozen it belongs to one
 * thread.  Fails with ARGUMENT (`collection` NULL) or MEMORY, and *collection
 * is then NULL.  Since 0.2. */
UNFIX_API UNFIX_MUST_USE unfix_status unfix_collection_new(
    const unfix_allocator *allocator, unfix_collection **collection);

/* Each owner retains, and the last release frees.  Any thread; NULL is passed
 * through and ignored.  Since 0.2. */
UNFIX_API unfix_collection *
unfix_collection_retain(unfix_collection *collection);
UNFIX_API void unfix_collection_release(unfix_collection *collection);

/* What the context repairs from now on is counted (NULL: no more), which costs
 * next to nothing beside the repairing.  The collection is borrowed: it must
 * live until counting ends, and nobody else may use it meanwhile.  A document
 * that fails may be counted in part.  Fails with ARGUMENT, STATE (frozen, or
 * the context is busy).  Since 0.2. */
UNFIX_API UNFIX_MUST_USE unfix_status unfix_context_count(
    unfix_context *context, unfix_collection *collection, unfix_error *error);

/* Adds all that `more` has.  Fails with ARGUMENT, STATE (frozen), MEMORY, and
 * the collection is then of no more use.  Since 0.2. */
UNFIX_API UNFIX_MUST_USE unfix_status
unfix_collection_merge(unfix_collection *collection,
                       const unfix_collection *more, unfix_error *error);

/* Documents that it is of.  Since 0.2. */
UNFIX_API uint64_t
unfix_collection_documents(const unfix_collection *collection);

/* The collection as a file: UTF-8, a fact a line, sorted, the same bytes for
 * the same facts.  What is of words is left out unless `least` documents have
 * it: with 2 no word is told that one document alone has.  To add files to each
 * other without loss, write them with 1.  *bytes is the collection's and valid
 * until it is used again: of a frozen one that threads share, too, only one may
 * write at a time.  Fails with ARGUMENT, MEMORY.  Since 0.2. */
UNFIX_API UNFIX_MUST_USE unfix_status
unfix_collection_write(unfix_collection *collection, uint32_t least,
                       const char **bytes, size_t *length, unfix_error *error);

/* Adds what such a file has.  Fails with FORMAT, naming the line, with ARGUMENT
 * or STATE, and nothing of the file is added then; with MEMORY, and the
 * collection is then of no more use.  Since 0.2. */
UNFIX_API UNFIX_MUST_USE unfix_status
unfix_collection_read(unfix_collection *collection, const char *bytes,
                      size_t length, unfix_error *error);

/* Ends the counting; from now on it never changes and threads may share it.
 * Fails with ARGUMENT (NULL), or MEMORY if something could not be counted.
 * Since 0.2. */
UNFIX_API UNFIX_MUST_USE unfix_status
unfix_collection_freeze(unfix_collection *collection, unfix_error *error);

/* Takes a frozen collection (NULL: none) as evidence for the texts to come: the
 * context retains it.  Fails with ARGUMENT, STATE, MEMORY, and the evidence is
 * then as before.  Since 0.2. */
UNFIX_API UNFIX_MUST_USE unfix_status unfix_context_set_collection(
    unfix_context *context, unfix_collection *collection, unfix_error *error);

/* ---- Sections: one long text, several threads --------------------------- */

/* The library starts no threads, and what it makes of a place depends on what
 * stands before it in the same section.  Only the library knows where the next
 * section begins, so it tells: a program that has threads can share a long text
 * among them, and the output is that of one thread, byte for byte. */

/* The length of the first section of `text`, or 0 if more of the text is needed
 * to tell; with `final` not 0, `text` is all there is.  A section has some
 * 24,000 lines, fewer where they are long: up to 3 MiB, of pages that end with
 * form feeds up to 4.  To repair the sections of a text one by one, in any
 * contexts with the same model, overlay and options, gives what repairing the
 * whole gives, but that offsets count from each section's beginning: see
 * unfix_result_move.  Since 0.1. */
UNFIX_API size_t unfix_section_length(const char *text, size_t length,
                                      int final);

/* Adds to the offsets of all corrections: for a result of a section, the length
 * of what comes before it in the text and in its repair, which is known when
 * the sections before are done.  NULL is allowed.  Since 0.1. */
UNFIX_API void unfix_result_move(unfix_result *result, uint64_t input,
                                 uint64_t output);

/* ---- Explaining: how a place is read ------------------------------------ */

/* A way to read a place, and what it costs, in 1/1000 nat.  This struct never
 * grows.  Since 0.1. */
typedef struct unfix_reading {
    const char *text; /* NUL-terminated */
    size_t length;
    int32_t channel_cost; /* of the misreading, or of an unknown word */
    int32_t context_cost; /* of its words, and of what follows after them */
} unfix_reading;

/* A piece of the text: a word, a number, a mark, or what is read as one.
 * Fields may be added at the end.  Since 0.1. */
typedef struct unfix_place {
    uint64_t offset; /* in the text */
    uint64_t length;
    const char *original; /* NUL-terminated */
    size_t original_length;
    uint32_t known;        /* 1 if all words of the original are known */
    uint32_t is_protected; /* 1 if it has no other reading, whatever it costs */
    const unfix_reading *readings; /* of the best path first; then others, the
                                      best first, the original among them */
    size_t reading_count;          /* at least 1 */
} unfix_place;

/* Takes a place; it is valid during the call.  Anything but 0 ends the
 * explaining with UNFIX_ERROR_CALLBACK. */
typedef int (*unfix_explain_callback)(void *user, const unfix_place *place);

/* Shows how a whole document is read, place by place, before any verdict: what
 * unfix_correct weighs when it goes over the text for the first time, with what
 * was mangled on the way already put right: such a word is at the first place
 * of what it was meant to be, and other places of that have no bytes.  Blanks
 * are no places.  What looks binary has none.  Fails with CALLBACK, MEMORY,
 * EXTERNAL, ARGUMENT.  Since 0.1. */
UNFIX_API UNFIX_MUST_USE unfix_status
unfix_explain(unfix_context *context, const char *text, size_t length,
              unfix_explain_callback callback, void *user, unfix_error *error);

/* ---- Stream: a document piece by piece ---------------------------------- */

/* Takes a piece of the document whose repair is finished: `result` holds its
 * text and its corrections, with offsets from the beginning of the document.
 * It is the stream's and valid during the call.  Anything but 0 ends the
 * stream with UNFIX_ERROR_CALLBACK.  Stream and context are busy meanwhile: to
 * feed, flush or finish it from here, or to use the context, fails with STATE
 * and does nothing.  Since 0.1. */
typedef int (*unfix_stream_callback)(void *user, const unfix_result *result);

typedef struct unfix_stream unfix_stream;

/* A stream over `context`, which it uses until it is freed: do not use the
 * context for anything else meanwhile.  Since 0.1. */
UNFIX_API UNFIX_MUST_USE unfix_status
unfix_stream_new(unfix_context *context, unfix_stream_callback callback,
                 void *user, unfix_stream **stream);

/* Takes the next bytes of the document.  However it is cut into pieces, the
 * output is that of one unfix_correct over the whole.  Memory stays bounded.
 * Since 0.1. */
UNFIX_API UNFIX_MUST_USE unfix_status unfix_stream_feed(unfix_stream *stream,
                                                        const char *text,
                                                        size_t length,
                                                        unfix_error *error);

/* Evidence of what is fed next, with offsets from the beginning of the
 * document: sorted, without overlaps, and all of it beyond what was fed so far
 * and beyond the evidence that was given before.  It is copied, and dropped
 * when the text it is about is finished.  Fails with ARGUMENT (none of it is
 * taken then), STATE, MEMORY.  Since 0.2. */
UNFIX_API UNFIX_MUST_USE unfix_status
unfix_stream_evidence(unfix_stream *stream, const unfix_evidence *evidence,
                      size_t count, unfix_error *error);

/* Repairs and hands out all that was fed, as if a page ended here.  Where it is
 * called shows in the output: it is for interactive use.  Since 0.1. */
UNFIX_API UNFIX_MUST_USE unfix_status unfix_stream_flush(unfix_stream *stream,
                                                         unfix_error *error);

/* Ends the document.  The stream may then be fed another one.  After a failure,
 * a callback's stop included, feed and flush return that status again, and so
 * does finish, once.  Since 0.1. */
UNFIX_API UNFIX_MUST_USE unfix_status unfix_stream_finish(unfix_stream *stream,
                                                          unfix_error *error);
UNFIX_API void unfix_stream_free(unfix_stream *stream);

/* ---- Encodings ---------------------------------------------------------- */

/* All else in this header is UTF-8.  Bytes in another encoding are read with
 * unfix_decode, repaired as UTF-8, and written back correction by correction:
 * the replacement of each goes through unfix_encode to the place in the bytes
 * that unfix_encoding_offset tells.  What is not repaired then stays byte for
 * byte, and one that the encoding cannot write is left out.
 *
 *     if (unfix_encoding_detect(model, bytes, n, &name, NULL) == UNFIX_OK &&
 *         name != NULL &&
 *         unfix_encoding_new(name, NULL, &encoding, NULL) == UNFIX_OK &&
 *         unfix_decode(encoding, bytes, n, NULL) == UNFIX_OK)
 *         text = unfix_encoding_text(encoding, &length);
 */

typedef struct unfix_encoding unfix_encoding;

/* The encoding of bytes, by ICU's name for it: UTF-16 and UTF-32 by the byte
 * order mark; UTF-8, which ASCII is too; or one of one byte a letter, in which
 * words with accents are words of the model's language, and which no other
 * comes near: ISO-8859-1, windows-1252, ISO-8859-15, IBM437, IBM850, macintosh.
 * Of those that read the text alike the one with the fewest characters.  *name
 * is NULL where that is not plain to see, as in a text of two encodings; it is
 * static storage.  Fails with ARGUMENT, MEMORY, EXTERNAL.  Since 0.2. */
UNFIX_API UNFIX_MUST_USE unfix_status
unfix_encoding_detect(const unfix_model *model, const char *bytes,
                      size_t length, const char **name, unfix_error *error);

/* Both ways of one encoding, for one thread at a time.  The name is any that
 * ICU knows ("latin1", "cp850", "UTF-16LE", "GBK").  Fails with ARGUMENT for
 * others, and for those in which a character is more than its own bytes: with
 * shifts (ISO-2022-JP, UTF-7), or with a mark of the byte order that comes and
 * goes (UTF-16 without LE or BE); with MEMORY and EXTERNAL.  *encoding is then
 * NULL.  Since 0.2. */
UNFIX_API UNFIX_MUST_USE unfix_status
unfix_encoding_new(const char *name, const unfix_allocator *allocator,
                   unfix_encoding **encoding, unfix_error *error);
UNFIX_API void unfix_encoding_free(unfix_encoding *encoding);

/* The name that it was made with.  Valid as long as it.  Since 0.2. */
UNFIX_API const char *unfix_encoding_name(const unfix_encoding *encoding);

/* Reads bytes, up to 4 GiB of them, as UTF-8, which unfix_encoding_text has
 * from then on.  A byte order mark is a character as any.  A character at the
 * end that is not whole is left out; unfix_encoding_offset of the text's length
 * tells how many bytes were read.  Fails with FORMAT where the bytes are not of
 * the encoding (error->offset: about where), with LIMIT, MEMORY, ARGUMENT,
 * EXTERNAL; the text is then empty.  Since 0.2. */
UNFIX_API UNFIX_MUST_USE unfix_status unfix_decode(unfix_encoding *encoding,
                                                   const char *bytes,
                                                   size_t length,
                                                   unfix_error *error);

/* What was read last, NUL-terminated; its length goes to *length if that is not
 * NULL.  Valid until the next unfix_decode.  Since 0.2. */
UNFIX_API const char *unfix_encoding_text(const unfix_encoding *encoding,
                                          size_t *length);

/* Where in the bytes the character stands that is at `offset` of the text.
 * Since 0.2. */
UNFIX_API uint64_t unfix_encoding_offset(const unfix_encoding *encoding,
                                         uint64_t offset);

/* Writes UTF-8 in the encoding: *bytes and *bytes_length, valid until the next
 * unfix_encode.  Fails with FORMAT where it has no such character or the text
 * is no UTF-8, with MEMORY, ARGUMENT; *bytes is then as it was.  Since 0.2. */
UNFIX_API UNFIX_MUST_USE unfix_status
unfix_encode(unfix_encoding *encoding, const char *text, size_t length,
             const char **bytes, size_t *bytes_length, unfix_error *error);

#ifdef __cplusplus
}
#endif

#endif /* UNFIX_H */
