/* SPDX-License-Identifier: MPL-2.0 */
/* The public header is all a C program needs, in any standard from C99 on. */
#include <unfix.h>

#include "unfix.h" /* twice does no harm */

int use(void);

int
use(void)
{
    unfix_options options = {sizeof options, 1000, UNFIX_CLASSES_ALL, 0, 0, 0};
    unfix_correction correction;
    unfix_error error = {UNFIX_OK, "", 0, 0};

#if UNFIX_VERSION_NUMBER < UNFIX_VERSION_MAKE(0, 2, 0)
#error "numbers of versions compare"
#endif
    correction.kind = UNFIX_CLASS_ACCENT;
    correction.verdict = UNFIX_APPLIED;
    return (int)options.min_confidence + (int)correction.kind +
           (int)correction.verdict + (int)error.status;
}
