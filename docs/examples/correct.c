/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Repairs the sentence given as its argument, and says what it did.
 *
 *     cc correct.c $(pkg-config --cflags --libs unfix) -o correct
 *     ./correct 'La cooperacién internacional'
 */
#include <unfix.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
print_corrections(const unfix_result *result)
{
    const size_t count = unfix_result_correction_count(result);

    for (size_t i = 0; i < count; i++) {
        const unfix_correction *c = unfix_result_correction(result, i);

        printf("%s at %" PRIu64 ": \"%s\" -> \"%s\" (%s, %s, %" PRIu32
               " in 1000)\n",
               c->verdict == UNFIX_APPLIED ? "repaired" : "left", c->offset,
               c->original, c->replacement, unfix_class_name(c->kind),
               c->reason, c->confidence);
    }
}

int
main(int argc, char **argv)
{
    unfix_model *model = NULL;
    unfix_context *context = NULL;
    unfix_result *result = NULL;
    unfix_error error = {0};
    unfix_status status;
    int code = EXIT_FAILURE;

    if (argc != 2) {
        fprintf(stderr, "usage: correct SENTENCE\n");
        return EXIT_FAILURE;
    }

    /* The model that came with the library (NULL), the default options, and
     * malloc(). */
    status = unfix_model_load(NULL, NULL, &model, &error);
    if (status != UNFIX_OK)
        goto end;
    status = unfix_context_new(model, NULL, NULL, NULL, &context, &error);
    if (status != UNFIX_OK)
        goto end;
    status = unfix_result_new(NULL, &result);
    if (status != UNFIX_OK)
        goto end;

    /* From here on a program would go on with one text after the other. */
    status = unfix_correct(context, argv[1], strlen(argv[1]), result, &error);
    if (status != UNFIX_OK)
        goto end;
    print_corrections(result);
    printf("%s\n", unfix_result_text(result, NULL));
    code = EXIT_SUCCESS;

end:
    if (status != UNFIX_OK)
        fprintf(stderr, "correct: %s%s%s\n", unfix_strerror(status),
                error.message[0] != '\0' ? ": " : "", error.message);
    unfix_result_free(result);
    unfix_context_free(context);
    unfix_model_release(model);
    return code;
}
