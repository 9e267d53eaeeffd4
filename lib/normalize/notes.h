/* SPDX-License-Identifier: MPL-2.0 */
/* The signs of notes as they stand: what the profile counts and what
 * forms_valid.c asks of it. */
#ifndef UFX_NORMALIZE_NOTES_H
#define UFX_NORMALIZE_NOTES_H

#include "normalize/lattice.h"

/* 2 Véase; 3 A/RES/52/134: the number of a note, at the head of a line. */
bool ufx_note_begins(const struct ufx_lattice *lattice,
                     const struct ufx_forms *rows, uint32_t at);

/* The figure that a raised one stands for; 0 for anything else. */
uint32_t ufx_note_figure(uint32_t cp);

/* The row of a mark that may be a note's sign; NULL if it is none. */
const struct ufx_form *ufx_note_suspect(const struct ufx_lattice *lattice,
                                        const struct ufx_forms *rows,
                                        uint32_t at);

#endif
