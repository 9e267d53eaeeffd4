/* SPDX-License-Identifier: MPL-2.0 */
#include "ahead.h"

#include "messages.h"

#include <stdlib.h>
#include <string.h>

/* How long to wait for input while something else may get done, in
 * milliseconds. */
#define PATIENCE 20

/* Records go to a thread by so many bytes. */
#define RECORDS_BLOCK ((size_t)256 * 1024)

/* All threads share one text, if there is no other and it has so many bytes. */
#define SHARED ((size_t)16 * 1024)

struct file {
    struct input input;
    bool is_open;
    bool is_tried;
    bool is_broken; /* a read failed */
};

struct ahead {
    const struct options *options;
    const unfix_model *model;
    const struct names *names;
    struct jobs *jobs;
    struct file *files;   /* one for each name */
    size_t reading;       /* the file that is being read */
    size_t writing;       /* and the one whose sections are taken; one more */
    struct intake intake; /* of the file that is being read */
    bool is_begun;
    size_t tried;   /* so much of its buffer holds no whole section */
    bool is_cut;    /* sections were made of it before */
    bool is_at_end; /* all of the file was read */
    bool has_more;  /* what was read may have another section */
    bool failed;
};

struct ahead *
ahead_open(const struct engine *engine, const struct options *options)
{
    struct ahead *ahead = calloc(1, sizeof(*ahead));

    if (ahead != NULL) {
        ahead->names = &options->files;
        ahead->options = options;
        ahead->model = engine->model;
        ahead->files = calloc(options->files.count + 1, sizeof(*ahead->files));
    }
    if (ahead == NULL || ahead->files == NULL)
        message_error(NULL, "%s", unfix_strerror(UNFIX_ERROR_MEMORY));
    else
        ahead->jobs = jobs_open(engine, &options->repair, options->jobs);
    if (ahead != NULL && ahead->jobs == NULL) {
        ahead_close(ahead);
        return NULL;
    }
    return ahead;
}

void
ahead_close(struct ahead *ahead)
{
    if (ahead == NULL)
        return;
    jobs_close(ahead->jobs);
    /* Those that were read ahead in vain. */
    for (size_t i = ahead->writing;
         ahead->files != NULL && i <= ahead->reading && i < ahead->names->count;
         i++) {
        if (ahead->files[i].is_open)
            input_close(&ahead->files[i].input);
    }
    intake_free(&ahead->intake);
    free(ahead->files);
    free(ahead);
}

static void
try_open(struct ahead *ahead, size_t i)
{
    struct file *file = &ahead->files[i];

    if (file->is_tried)
        return;
    file->is_tried = true;
    file->is_open = input_open(&file->input, ahead->names->items[i],
                               ahead->options->in_place);
}

/* Whether sections are made of an open file. */
static bool
is_to_be_read(const struct ahead *ahead, struct file *file)
{
    if (!args_takes_all(ahead->options))
        input_classify(&file->input);
    return file->input.content.kind == CONTENT_TEXT;
}

struct input *
ahead_next_file(struct ahead *ahead)
{
    const size_t i = ahead->writing++;
    struct file *file = &ahead->files[i];

    try_open(ahead, i);
    if (file->is_open && is_to_be_read(ahead, file))
        return &file->input;
    if (ahead->reading == i)
        ahead->reading++;
    return file->is_open ? &file->input : NULL;
}

bool
ahead_is_whole(const struct ahead *ahead)
{
    return !ahead->files[ahead->writing - 1].is_broken;
}

static void
next_file(struct ahead *ahead)
{
    buffer_clear(&ahead->intake.buffer);
    ahead->is_begun = ahead->is_at_end = ahead->has_more = false;
    ahead->tried = 0;
    ahead->reading++;
}

void
ahead_skip_file(struct ahead *ahead)
{
    const size_t i = ahead->writing - 1;
    struct job *job;
    bool is_last = false;

    /* What became a job already. */
    while (!is_last && (job = jobs_take(ahead->jobs, true)) != NULL) {
        is_last = job->is_last;
        job_free(job);
    }
    if (ahead->reading > i)
        return;
    next_file(ahead);
}

/* ---- Reading ------------------------------------------------------------- */

/* Makes a job of the first `length` bytes of the buffer. */
static void
add_section(struct ahead *ahead, size_t length, bool is_last)
{
    struct job *job = job_new();

    if (job != NULL) {
        job->is_last = is_last;
        job->threads = is_last && ahead->names->count == 1 &&
                               length >= SHARED && !ahead->is_cut
                           ? ahead->options->jobs
                           : 1;
        job->wish = ahead->intake.wish;
        buffer_append(&job->text, ahead->intake.buffer.data, length);
    }
    if (job == NULL || job->text.failed) {
        message_error(NULL, "%s", unfix_strerror(UNFIX_ERROR_MEMORY));
        job_free(job);
        ahead->failed = true;
        return;
    }
    buffer_drop(&ahead->intake.buffer, length);
    ahead->is_cut = !is_last;
    ahead->tried = 0;
    ahead->failed = !jobs_add(ahead->jobs, job);
}

/* How much of the buffer makes a section; 0: more is needed. */
static size_t
section_length(struct ahead *ahead, bool is_end)
{
    const struct buffer *buffer = &ahead->intake.buffer;
    struct file *file = &ahead->files[ahead->reading];
    size_t length;

    if (!intake_settle(&ahead->intake, is_end))
        return 0;
    if (ahead->intake.is_wrong && !file->is_broken) {
        message_error(file->input.name, "its bytes are not in that encoding");
        file->is_broken = true;
    }
    if (ahead->intake.failed) {
        message_error(NULL, "%s", unfix_strerror(UNFIX_ERROR_MEMORY));
        ahead->failed = true;
        return 0;
    }
    if (!intake_is_text(&ahead->intake))
        return intake_ready(&ahead->intake, RECORDS_BLOCK, is_end);
    /* To look for the end at each read would take long. */
    if (!is_end && buffer->length < ahead->tried + ahead->tried / 8)
        return 0;
    length = unfix_section_length(buffer->data, buffer->length, is_end);
    ahead->tried = buffer->length;
    return length;
}

/* Makes a section of what was read, if there is enough for one. */
static bool
cut_section(struct ahead *ahead)
{
    const bool is_end = ahead->is_at_end;
    const size_t length = section_length(ahead, is_end);
    const bool is_last = is_end && length == ahead->intake.buffer.length;

    ahead->has_more = length > 0;
    if (ahead->failed || (length == 0 && !is_end))
        return ahead->failed;
    add_section(ahead, length, is_last);
    if (is_last && !ahead->failed)
        next_file(ahead);
    return true;
}

static void
read_on(struct ahead *ahead)
{
    struct file *file = &ahead->files[ahead->reading];
    char block[INPUT_BLOCK];
    size_t length;

    if (!file->is_tried) {
        try_open(ahead, ahead->reading);
        return;
    }
    if (!file->is_open || !is_to_be_read(ahead, file)) {
        ahead->reading++;
        return;
    }
    if (!ahead->is_begun) {
        intake_begin(&ahead->intake, ahead->options, ahead->model,
                     &file->input);
        ahead->is_begun = true;
    }
    if (cut_section(ahead))
        return;
    if (!input_read(&file->input, block, &length)) {
        file->is_broken = true;
        length = 0;
    }
    ahead->is_at_end = length == 0;
    ahead->has_more = true;
    intake_add(&ahead->intake, block, length);
}

static bool
may_read(const struct ahead *ahead, int patience)
{
    const struct file *file = &ahead->files[ahead->reading];

    return ahead->reading < ahead->names->count &&
           !jobs_are_full(ahead->jobs) &&
           (!file->is_open || ahead->has_more ||
            input_is_ready(&file->input, patience));
}

struct job *
ahead_next_section(struct ahead *ahead)
{
    struct job *job = NULL;

    while (!ahead->failed && (job = jobs_take(ahead->jobs, false)) == NULL) {
        if (may_read(ahead, jobs_are_none(ahead->jobs) ? -1 : PATIENCE))
            read_on(ahead);
        else if (ahead->reading == ahead->names->count ||
                 jobs_are_full(ahead->jobs))
            return jobs_take(ahead->jobs, true);
    }
    return job;
}
