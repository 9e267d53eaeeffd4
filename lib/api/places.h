/* SPDX-License-Identifier: MPL-2.0 */
/* Where the installed model is looked for. */
#ifndef UFX_API_PLACES_H
#define UFX_API_PLACES_H

#include "unfix.h"

#define UFX_PATH_SIZE 4096

/* The first place where there is a model that can be read; else IO. */
unfix_status ufx_places_find(char path[UFX_PATH_SIZE], unfix_error *error);

#endif
