/* SPDX-License-Identifier: MPL-2.0 */
/* A set of pages: a folder of pairs NAME.ocr.txt, what an OCR engine printed,
 * and NAME.gt.txt, what the page says.  NAME.ocr.tsv, if it is there, has what
 * Tesseract said of each word of the former. */
#ifndef UNFIX_MODEL_PAGES_H
#define UNFIX_MODEL_PAGES_H

#include "unfix.h"

struct ufx_pages {
    char *folder;
    char **names; /* sorted by their bytes, ".ocr.txt" left out */
    size_t count;
};

struct ufx_page {
    const char *name; /* the set's */
    char *ocr;        /* each with a NUL after its last byte */
    size_t ocr_length;
    char *gt;
    size_t gt_length;
    unfix_evidence *evidence; /* of the former, or NULL */
    size_t evidence_count;
};

/* Lists the pages of `folder`.  Fails with IO, also where there is none, and
 * MEMORY; *pages is empty then. */
unfix_status ufx_pages_open(struct ufx_pages *pages, const char *folder,
                            unfix_error *error);
void ufx_pages_close(struct ufx_pages *pages);

/* Reads page number `index`.  Fails with IO, also where the ground truth is
 * missing, and MEMORY; *page is empty then. */
unfix_status ufx_page_read(const struct ufx_pages *pages, size_t index,
                           struct ufx_page *page, unfix_error *error);
void ufx_page_free(struct ufx_page *page);

#endif
