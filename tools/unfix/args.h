/* SPDX-License-Identifier: MPL-2.0 */
/* The command line. */
#ifndef UNFIX_TOOL_ARGS_H
#define UNFIX_TOOL_ARGS_H

#include "format/format.h"
#include "index.h"
#include "listing.h"
#include "names.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <unfix.h>

enum format {
    FORMAT_TEXT,
    FORMAT_DIFF,
    FORMAT_INLINE,
    FORMAT_JSONL,
    FORMAT_SUMMARY, /* of all files; by --summary */
    FORMAT_INDEX,   /* words; by --index */
    FORMAT_REVIEW,  /* a page with all files; by --review */
    FORMAT_COUNT,   /* what all files show; by --count, --two-pass */
    FORMAT_EXPLAIN  /* by --explain */
};

enum colour_wish {
    COLOUR_AUTO, /* on a terminal, unless NO_COLOR is set */
    COLOUR_ALWAYS,
    COLOUR_NEVER
};

/* Of pages, on the page of --review. */
enum images_wish {
    IMAGES_LINKED,
    IMAGES_EMBEDDED,
    IMAGES_NONE
};

struct options {
    uint64_t given;                  /* which options there are; known.h */
    const struct file_format *input; /* NULL: by what the bytes are */
    const char *field;               /* of records; NULL: "text" */
    const char *encoding;            /* NULL: by what the bytes are */
    const char
        *document;      /* field that records of one document share, or NULL */
    uint64_t line;      /* to be explained; 0: all */
    const char *backup; /* suffix of the old file in place, or NULL */
    size_t jobs;        /* threads, at least one */
    const char *output; /* NULL: standard output */
    const char *output_dir;  /* in which each file gets its own, or NULL */
    const char *files0_from; /* more names are in it, or NULL */
    struct names include;    /* patterns for what is in folders */
    struct names exclude;
    const char *report; /* NULL: none */
    const char
        *report_base;   /* folder that names in reports count from, or NULL */
    const char *review; /* a page to be written, or NULL */
    const char *count;  /* what the files show is to be written, or NULL */
    const char *collection; /* what others show, or NULL */
    uint32_t count_least;   /* documents that have what is told of words */
    size_t sample;          /* repairs to be drawn; 0: all of them */
    const char *apply;      /* a report to be applied, or NULL */
    const char *revert;     /* one to be taken back, or NULL */
    const char *model;      /* NULL: the installed one */
    struct names words;
    struct names keep;
    struct names vetoes;
    struct names confusions;
    struct names dictionaries;
    struct names files; /* in the listing, once that is made */
    struct listing listing;
    unfix_options repair;
    struct index_bars index;
    enum format format;
    enum colour_wish colour;
    enum images_wish images;
    uint32_t classes; /* of --only; 0: none is named */
    bool is_text;     /* text, whatever the bytes are */
    bool keep_empty;  /* elements without their word */
    bool to_utf8;     /* what is in another encoding becomes that */
    bool check;
    bool in_place;
    bool quiet;
    bool help;
    bool help_all; /* and the rest */
    bool version;
    bool is_table;      /* the summary is one */
    bool two_pass;      /* counts first, and repairs by that */
    bool first_pass;    /* of both: nothing is written */
    bool has_no_file;   /* standard input is read for want of one */
    bool force;         /* writes over a report or a backup */
    bool only_applied;  /* repairs are reported */
    bool append_report; /* or begins it */
    bool resume;        /* goes on where the report ends */
    bool as_text;       /* whatever is in the files */
    bool recursive;     /* what is in folders, too */
    bool follow;        /* and what links there lead to */
};

enum args_action {
    ARGS_RUN,
    ARGS_HELP,
    ARGS_VERSION,
    ARGS_WRONG /* and said so */
};

/* `options` points into `argv`; args_free() frees the rest of it. */
enum args_action args_parse(struct options *options, int argc, char **argv);
void args_free(struct options *options);

/* Whether every file is to be taken for text. */
bool args_takes_all(const struct options *options);

/* Whether each file is written to a file of its own. */
bool args_has_own_outputs(const struct options *options);

/* What a report calls the file: its name, or that below --report-base, where
 * combine_goes_with_files() has seen that it lies. */
const char *args_report_name(const struct options *options, const char *path);

/* The report that is to be followed, or NULL. */
const char *args_orders(const struct options *options);

#endif
