/* SPDX-License-Identifier: MPL-2.0 */
/* A verifier's probabilities, moved to what came out. */
#ifndef UFX_MODEL_RECALIBRATE_H
#define UFX_MODEL_RECALIBRATE_H

#include "calibration.h"

/* Rewrites the verifier in `path` (verifier.txt): each of its probabilities
 * becomes the one of Platt's line through the confidences and what of them was
 * right.  Prints the line.  Fails where there is too little to go by. */
void recalibrate(const struct calibration *calibration, const char *path);

#endif
