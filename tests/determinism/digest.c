/* SPDX-License-Identifier: MPL-2.0 */
/*
 * digest [-l LOCALE] [-t THREADS] [-c SEED] [-d BASE] [-w] MODEL FILE...
 *
 * Prints a digest of all that the library says of each file: text, corrections
 * and alternatives.  The options change what must not matter: the program's
 * locale, threads that work at the same time, pieces that the text comes in, a
 * dictionary beside (BASE.aff, BASE.dic), and a context that has seen all
 * files before.
 */
#include "unfix.h"

#include "../read_file.h"

#include <inttypes.h>
#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST_THREADS 16

static unfix_model *model;
static unfix_overlay *overlay;
static char **files;
static int file_count;
static uint32_t chunk_seed;
static int is_warm;

/* Hunspell wants its handles made and freed one at a time. */
static pthread_mutex_t making = PTHREAD_MUTEX_INITIALIZER;

static void
need(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "digest: %s\n", what);
        exit(2);
    }
}

/* ---- FNV-1a, of 64 bits ---- */

static void
put(uint64_t *digest, const void *data, size_t length)
{
    const unsigned char *bytes = data;
    size_t i;

    for (i = 0; i < length; i++)
        *digest = (*digest ^ bytes[i]) * UINT64_C(0x100000001B3);
}

static void
put_number(uint64_t *digest, int64_t number)
{
    unsigned char bytes[8];
    size_t i;

    for (i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)number >> (8 * i));
    put(digest, bytes, sizeof bytes);
}

/* The text and the corrections have a digest each: a stream hands them out
 * piece by piece. */
struct digest {
    uint64_t text;
    uint64_t corrections;
};

static int
take(void *user, const unfix_result *result)
{
    struct digest *digest = user;
    uint64_t *d = &digest->corrections;
    size_t length, i, k;
    const char *text = unfix_result_text(result, &length);

    put(&digest->text, text, length);
    for (i = 0; i < unfix_result_correction_count(result); i++) {
        const unfix_correction *c = unfix_result_correction(result, i);

        put_number(d, (int64_t)c->offset);
        put_number(d, (int64_t)c->out_offset);
        put(d, c->original, c->original_length + 1);
        put(d, c->replacement, c->replacement_length + 1);
        put_number(d, c->confidence);
        put_number(d, c->score);
        put_number(d, (int64_t)c->verdict);
        put_number(d, (int64_t)c->kind);
        put(d, c->reason, strlen(c->reason) + 1);
        put_number(d, c->channel_cost);
        put_number(d, c->context_gain);
        put_number(d, c->seen_before);
        put_number(d, c->seen_after);
        for (k = 0; k < c->alternative_count; k++) {
            put(d, c->alternatives[k].text, c->alternatives[k].length + 1);
            put_number(d, c->alternatives[k].confidence);
        }
    }
    return 0;
}

/* ---- Work ---- */

static void
feed(unfix_context *context, const char *text, size_t length,
     struct digest *digest)
{
    uint32_t seed = chunk_seed;
    unfix_stream *stream;
    size_t at = 0;

    need(!unfix_stream_new(context, take, digest, &stream), "no stream");
    while (at < length) {
        size_t n;

        seed = seed * 1664525U + 1013904223U;
        n = (seed >> 8) % 5000;
        if (n > length - at)
            n = length - at;
        need(!unfix_stream_feed(stream, text + at, n, NULL), "cannot feed");
        at += n;
    }
    need(!unfix_stream_finish(stream, NULL), "cannot finish");
    unfix_stream_free(stream);
}

static void
digest_file(unfix_context *context, unfix_result *result, const char *path,
            struct digest *digest)
{
    size_t length = 0;
    char *text = read_file(path, &length);

    need(text != NULL, path);
    digest->text = digest->corrections = UINT64_C(0xCBF29CE484222325);
    if (chunk_seed != 0) {
        feed(context, text, length, digest);
    } else {
        need(!unfix_correct(context, text, length, result, NULL),
             "cannot repair");
        take(digest, result);
    }
    free(text);
}

/* Returns the digests of all files. */
static void *
work(void *unused)
{
    struct digest *digests = calloc((size_t)file_count, sizeof *digests);
    unfix_context *context;
    unfix_result *result;
    int round, i;

    (void)unused;
    need(digests != NULL, "out of memory");
    pthread_mutex_lock(&making);
    need(!unfix_context_new(model, overlay, NULL, NULL, &context, NULL) &&
             !unfix_result_new(NULL, &result),
         "no context");
    pthread_mutex_unlock(&making);
    for (round = 0; round <= is_warm; round++)
        for (i = 0; i < file_count; i++)
            digest_file(context, result, files[i], &digests[i]);
    unfix_result_free(result);
    pthread_mutex_lock(&making);
    unfix_context_free(context);
    pthread_mutex_unlock(&making);
    return digests;
}

static void
open_dictionary(const char *base)
{
    char aff[4096], dic[4096];

    snprintf(aff, sizeof aff, "%s.aff", base);
    snprintf(dic, sizeof dic, "%s.dic", base);
    need(!unfix_overlay_new(NULL, &overlay) &&
             !unfix_overlay_add_dictionary(overlay, aff, dic, NULL) &&
             !unfix_overlay_freeze(overlay, NULL),
         base);
}

int
main(int argc, char **argv)
{
    pthread_t threads[MOST_THREADS];
    struct digest *digests, *others;
    int thread_count = 1, option, i;
    void *returned;

    while ((option = getopt(argc, argv, "l:t:c:d:w")) != -1) {
        switch (option) {
        case 'l':
            need(setlocale(LC_ALL, optarg) != NULL, optarg);
            break;
        case 't':
            thread_count = (int)strtol(optarg, NULL, 10);
            need(thread_count >= 1 && thread_count <= MOST_THREADS, "-t");
            break;
        case 'c':
            chunk_seed = (uint32_t)strtoul(optarg, NULL, 10);
            break;
        case 'd':
            open_dictionary(optarg);
            break;
        case 'w':
            is_warm = 1;
            break;
        default:
            return 2;
        }
    }
    need(argc - optind >= 2, "usage: digest [OPTION]... MODEL FILE...");
    need(!unfix_model_load(argv[optind], NULL, &model, NULL), argv[optind]);
    files = argv + optind + 1;
    file_count = argc - optind - 1;
    for (i = 1; i < thread_count; i++)
        need(pthread_create(&threads[i], NULL, work, NULL) == 0, "no thread");
    digests = work(NULL);
    for (i = 1; i < thread_count; i++) {
        need(pthread_join(threads[i], &returned) == 0, "no thread");
        others = returned;
        need(memcmp(digests, others, (size_t)file_count * sizeof *digests) == 0,
             "threads do not agree");
        free(others);
    }
    for (i = 0; i < file_count; i++) {
        const char *slash = strrchr(files[i], '/');

        printf("%016" PRIx64 " %016" PRIx64 " %s\n", digests[i].text,
               digests[i].corrections, slash == NULL ? files[i] : slash + 1);
    }
    free(digests);
    unfix_overlay_release(overlay);
    unfix_model_release(model);
    return 0;
}
