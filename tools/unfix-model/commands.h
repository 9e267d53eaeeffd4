/* SPDX-License-Identifier: MPL-2.0 */
/* The commands of unfix-model.  argv[0] is the program's and the command's
 * name ("unfix-model eval"); the result is the exit status.  Standard output
 * is flushed and checked by the caller. */
#ifndef UNFIX_MODEL_COMMANDS_H
#define UNFIX_MODEL_COMMANDS_H

int ufx_count_main(int argc, char **argv);
int ufx_confusions_main(int argc, char **argv);
int ufx_learn_main(int argc, char **argv);
int ufx_build_main(int argc, char **argv);
int ufx_merge_main(int argc, char **argv);
int ufx_verify_main(int argc, char **argv);
int ufx_ways_main(int argc, char **argv);
int ufx_eval_main(int argc, char **argv);
int ufx_noise_main(int argc, char **argv);

#endif
