/* SPDX-License-Identifier: MPL-2.0 */
/* Documents in pieces. */
#include "binding.h"

#include <stdlib.h>

struct stream {
    unfix_stream *stream;
    PyObject *owner;  /* the context's capsule: that must outlive the stream */
    PyObject *make;   /* makes a correction of a tuple */
    PyObject *survey; /* a capsule or None: pieces are added to it */
    struct context *context;
    PyObject *pieces; /* those of the call under way */
    struct place at;  /* of the next piece, in code points */
    uint64_t output;  /* and in bytes */
};

/* Works without the interpreter's lock, and takes it for each piece; after
 * one it stops if the user says so (Ctrl-C). */
static int
take_piece(void *user, const unfix_result *result)
{
    PyGILState_STATE state = PyGILState_Ensure();
    struct stream *s = user;
    size_t length;
    const char *text = unfix_result_text(result, &length);
    PyObject *list = result_list(result, s->make, s->output, &s->at);
    PyObject *figures = list != NULL ? result_figures(result) : NULL;
    PyObject *piece = NULL;
    int failed;

    if (figures != NULL)
        piece = Py_BuildValue("y#OO", text, (Py_ssize_t)length, list, figures);
    failed = piece == NULL || PyList_Append(s->pieces, piece) != 0;
    if (!failed && s->survey != Py_None)
        unfix_survey_add(survey_take(s->survey), result);
    s->output += length;
    Py_XDECREF(piece);
    Py_XDECREF(figures);
    Py_XDECREF(list);
    failed = failed || PyErr_CheckSignals() != 0;
    PyGILState_Release(state);
    return failed;
}

static void
free_stream(PyObject *capsule)
{
    struct stream *s = PyCapsule_GetPointer(capsule, CAPSULE_STREAM);

    unfix_stream_free(s->stream);
    Py_DECREF(s->owner);
    Py_DECREF(s->make);
    Py_DECREF(s->survey);
    free(s);
}

/* stream_new(context, make, survey or None) */
static PyObject *
stream_new(PyObject *self, PyObject *args)
{
    struct context *context;
    struct stream *s;
    unfix_status status;
    PyObject *owner, *make, *survey, *capsule;

    (void)self;
    if (!PyArg_ParseTuple(args, "OOO", &owner, &make, &survey) ||
        (survey != Py_None && survey_take(survey) == NULL) ||
        (context = context_take(owner)) == NULL)
        return NULL;
    s = calloc(1, sizeof *s);
    if (s == NULL)
        return PyErr_NoMemory();
    status = unfix_stream_new(context->context, take_piece, s, &s->stream);
    if (status != UNFIX_OK) {
        free(s);
        return raise_error(status, NULL);
    }
    s->context = context;
    s->owner = owner;
    s->make = make;
    s->survey = survey;
    capsule = PyCapsule_New(s, CAPSULE_STREAM, free_stream);
    if (capsule == NULL) {
        unfix_stream_free(s->stream);
        free(s);
        return NULL;
    }
    Py_INCREF(owner);
    Py_INCREF(make);
    Py_INCREF(survey);
    return capsule;
}

/* Opens the list of pieces for one call; false with an exception. */
static struct stream *
begin(PyObject *capsule)
{
    struct stream *s = PyCapsule_GetPointer(capsule, CAPSULE_STREAM);

    if (s == NULL || context_take(s->owner) == NULL)
        return NULL;
    s->pieces = PyList_New(0);
    if (s->pieces == NULL)
        return NULL;
    s->context->busy = true;
    return s;
}

static PyObject *
end(struct stream *s, unfix_status status, const unfix_error *error)
{
    PyObject *pieces = s->pieces;

    s->pieces = NULL;
    s->context->busy = false;
    if (status == UNFIX_OK)
        return pieces;
    Py_DECREF(pieces);
    return PyErr_Occurred() != NULL ? NULL : raise_error(status, error);
}

/* stream_evidence(stream, evidence): of what is fed next. */
static PyObject *
stream_evidence(PyObject *self, PyObject *args)
{
    PyObject *capsule, *said;
    struct evidence evidence;
    struct stream *s;
    unfix_error error;
    unfix_status status;

    (void)self;
    if (!PyArg_ParseTuple(args, "OO", &capsule, &said) ||
        (s = PyCapsule_GetPointer(capsule, CAPSULE_STREAM)) == NULL ||
        context_take(s->owner) == NULL || !evidence_open(&evidence, said))
        return NULL;
    status =
        unfix_stream_evidence(s->stream, evidence.list, evidence.count, &error);
    evidence_close(&evidence);
    if (status != UNFIX_OK)
        return raise_error(status, &error);
    Py_RETURN_NONE;
}

static PyObject *
stream_feed(PyObject *self, PyObject *args)
{
    PyObject *capsule, *text;
    struct input input;
    struct stream *s;
    unfix_error error;
    unfix_status status;

    (void)self;
    if (!PyArg_ParseTuple(args, "OO", &capsule, &text) ||
        !input_open(&input, text))
        return NULL;
    s = begin(capsule);
    if (s == NULL) {
        input_close(&input);
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS;
    status = unfix_stream_feed(s->stream, input.data, input.length, &error);
    Py_END_ALLOW_THREADS;
    input_close(&input);
    return end(s, status, &error);
}

static PyObject *
stream_flush(PyObject *self, PyObject *capsule)
{
    struct stream *s = begin(capsule);
    unfix_error error;
    unfix_status status;

    (void)self;
    if (s == NULL)
        return NULL;
    Py_BEGIN_ALLOW_THREADS;
    status = unfix_stream_flush(s->stream, &error);
    Py_END_ALLOW_THREADS;
    return end(s, status, &error);
}

/* The stream may then be fed another document. */
static PyObject *
stream_finish(PyObject *self, PyObject *capsule)
{
    struct stream *s = begin(capsule);
    unfix_error error;
    unfix_status status;

    (void)self;
    if (s == NULL)
        return NULL;
    Py_BEGIN_ALLOW_THREADS;
    status = unfix_stream_finish(s->stream, &error);
    Py_END_ALLOW_THREADS;
    s->at = (struct place){0, 0};
    s->output = 0;
    return end(s, status, &error);
}

PyMethodDef stream_methods[] = {
    {"stream_new", stream_new, METH_VARARGS, NULL},
    {"stream_evidence", stream_evidence, METH_VARARGS, NULL},
    {"stream_feed", stream_feed, METH_VARARGS, NULL},
    {"stream_flush", stream_flush, METH_O, NULL},
    {"stream_finish", stream_finish, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
