/* SPDX-License-Identifier: MPL-2.0 */
/* Whether a caller may begin anything with a context: asked first by each call
 * that changes one or repairs with it. */
#include "api/objects.h"

#include "base/status.h"

unfix_status
ufx_context_check_idle(const unfix_context *context, unfix_error *error)
{
    if (context == NULL)
        return ufx_status_argument(error, "context is NULL");
    return context->busy
               ? ufx_status_set(error, UNFIX_ERROR_STATE,
                                "called from a callback of the same context",
                                NULL)
               : UNFIX_OK;
}
