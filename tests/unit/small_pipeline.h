/* SPDX-License-Identifier: MPL-2.0 */
/* The stages of lib/normalize over a few words. */
#ifndef UFX_TESTS_SMALL_PIPELINE_H
#define UFX_TESTS_SMALL_PIPELINE_H

#include "normalize/decode.h"
#include "normalize/profile.h"

#include "small_model.h"

/* Grown for one paragraph after another. */
struct pipeline {
    struct unit_memory memory;
    void *image;
    struct ufx_language language;
    struct ufx_vocabulary vocabulary;
    struct ufx_surroundings surroundings;
    struct ufx_candidates *candidates;
    struct ufx_profile *profile;
    struct ufx_arena arena;
    struct ufx_paragraph paragraph;
    struct ufx_lattice lattice;
    struct ufx_changes changes;
};

static inline void
pipeline_begin(struct pipeline *p, const struct small_facts *facts)
{
    size_t length;

    memset(p, 0, sizeof *p);
    unit_memory_init(&p->memory, 0);
    p->image = small_image(facts, &length);
    ck_assert_int_eq(ufx_language_open(&p->language, p->image, length, NULL),
                     UNFIX_OK);
    p->vocabulary.language = &p->language;
    p->surroundings.memory = p->memory.memory;
    p->candidates = ufx_candidates_new(&p->memory.memory, &p->vocabulary);
    ck_assert_ptr_nonnull(p->candidates);
    ufx_candidates_start(p->candidates, 1000, 0);
    p->profile = ufx_profile_new(&p->memory.memory, &p->vocabulary);
    ufx_arena_init(&p->arena, &p->memory.memory);
    ck_assert_ptr_nonnull(p->profile);
}

static inline void
pipeline_end(struct pipeline *p)
{
    ufx_candidates_free(p->candidates);
    ufx_profile_free(p->profile);
    ufx_surroundings_free(&p->surroundings);
    ufx_arena_free(&p->arena);
    ck_assert_uint_eq(p->memory.live, 0);
    free(p->image);
}

static inline unfix_status
pipeline_segment(struct pipeline *p, const char *text)
{
    unfix_status status;

    ufx_arena_reset(&p->arena);
    ufx_candidates_start(p->candidates, strlen(text), 0);
    status = ufx_paragraph_read(&p->paragraph, text, strlen(text), &p->arena);
    if (status == UNFIX_OK)
        status = ufx_lattice_segment(&p->lattice, &p->paragraph, &p->vocabulary,
                                     p->candidates, &p->arena);
    return status;
}

/* Counts the text as part of the document. */
static inline void
pipeline_count(struct pipeline *p, const char *text)
{
    ck_assert_int_eq(pipeline_segment(p, text), UNFIX_OK);
    ck_assert_int_eq(
        ufx_profile_search(&p->lattice, &p->vocabulary, p->candidates),
        UNFIX_OK);
    p->surroundings.count = 0;
    ck_assert_int_eq(ufx_profile_count(p->profile, &p->lattice, &p->vocabulary,
                                       0, &p->surroundings),
                     UNFIX_OK);
}

/* Segments, fills and decodes the text. */
static inline unfix_status
pipeline_decode(struct pipeline *p, const char *text)
{
    const struct ufx_habits *habits =
        ufx_profile_habits(p->profile, &p->vocabulary);
    unfix_status status = pipeline_segment(p, text);

    if (status == UNFIX_OK)
        status = ufx_lattice_fill(&p->lattice, &p->vocabulary, habits,
                                  p->candidates);
    if (status == UNFIX_OK)
        status = ufx_decode(&p->lattice, &p->vocabulary, &p->changes);
    return status;
}

/* Characters as UTF-8; the string lasts for four calls. */
static inline const char *
pipeline_show(const uint32_t *chars, size_t count)
{
    static char strings[4][400];
    static size_t next;
    struct ufx_memory memory = ufx_memory_from(NULL);
    struct ufx_buffer buffer;
    char *string = strings[next++ % 4];
    size_t i;

    ufx_buffer_init(&buffer, &memory);
    ufx_buffer_append(&buffer, "", 0);
    for (i = 0; i < count; i++)
        ufx_buffer_append_char(&buffer, chars[i]);
    ck_assert_uint_lt(buffer.length, 400);
    memcpy(string, buffer.data, buffer.length + 1);
    ufx_buffer_free(&buffer);
    return string;
}

/* The reading that says `text`, or NULL. */
static inline const struct ufx_reading *
pipeline_find(const struct ufx_readings *readings, const char *text)
{
    size_t i;

    for (i = 0; i < readings->count; i++)
        if (strcmp(
                pipeline_show(readings->list[i].chars, readings->list[i].count),
                text) == 0)
            return &readings->list[i];
    return NULL;
}

#endif
