/* SPDX-License-Identifier: MPL-2.0 */
/* What is done with each file. */
#ifndef UNFIX_TOOL_EACH_H
#define UNFIX_TOOL_EACH_H

#include "session.h"

/* Opens it, does what the options ask for, and closes it.  Trouble is said, and
 * noted in the session. */
void each_file(struct session *session, const char *path);

#endif
