/* SPDX-License-Identifier: MPL-2.0 */
/* unfix._unfix: the C functions of unfix.h, one by one, over capsules.  What
 * makes them pleasant to use is Python (the package `unfix`).  No state of its
 * own; the limited API of Python 3.11, so that one build runs with all later
 * ones. */
#ifndef UNFIX_PYTHON_BINDING_H
#define UNFIX_PYTHON_BINDING_H

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>

#include <unfix.h>

#include <stdbool.h>

/* Names of capsules: what one holds cannot be taken for another. */
#define CAPSULE_MODEL "unfix.model"
#define CAPSULE_OVERLAY "unfix.overlay"
#define CAPSULE_CONTEXT "unfix.context"
#define CAPSULE_RESULT "unfix.result"
#define CAPSULE_STREAM "unfix.stream"
#define CAPSULE_SURVEY "unfix.survey"
#define CAPSULE_ENCODING "unfix.encoding"

/* A context works without the interpreter's lock, for one thread at a time:
 * `busy` changes only under the lock. */
struct context {
    unfix_context *context;
    bool busy;
};

/* Bytes of a str (as UTF-8; bytes that were no UTF-8 come back from their
 * surrogates) or of a bytes-like object. */
struct input {
    const char *data;
    size_t length;
    PyObject *encoded; /* NULL, or what holds them */
    Py_buffer buffer;
    bool has_buffer;
};

bool input_open(struct input *input, PyObject *object);
void input_close(struct input *input);

/* What the engine says, of a list of (offset, length, confidence, readings) in
 * bytes, readings being a list of (bytes, confidence); of None nothing. Borrows
 * the bytes.  False: with an exception, and nothing is left to close. */
struct evidence {
    unfix_evidence *list;
    size_t count;
};

bool evidence_open(struct evidence *evidence, PyObject *list);
void evidence_close(struct evidence *evidence);

/* The survey of a capsule; NULL with an exception. */
unfix_survey *survey_take(PyObject *capsule);

/* Raises what unfix._errors makes of a failure; returns NULL. */
PyObject *raise_error(unfix_status status, const unfix_error *error);

/* The context for this thread, or NULL with an exception if it is in use. */
struct context *context_take(PyObject *capsule);

/* Where the text of a result begins in the document, in code points. */
struct place {
    uint64_t input;
    uint64_t output;
};

/* A list of what `make` makes of tuples, in the order of Correction's fields;
 * moves *from on to the end of the result's text.  `out_start` is the text's
 * place in bytes. */
PyObject *result_list(const unfix_result *result, PyObject *make,
                      uint64_t out_start, struct place *from);

/* (words, expected harm, bars) */
PyObject *result_figures(const unfix_result *result);

/* Tables of methods, joined in module.c. */
extern PyMethodDef model_methods[], result_methods[], stream_methods[],
    evidence_methods[], encoding_methods[];

#endif
