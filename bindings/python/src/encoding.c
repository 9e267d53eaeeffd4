/* SPDX-License-Identifier: MPL-2.0 */
/* Texts in other encodings than UTF-8. */
#include "binding.h"

static unfix_encoding *
encoding_take(PyObject *capsule)
{
    return PyCapsule_GetPointer(capsule, CAPSULE_ENCODING);
}

static void
free_encoding(PyObject *capsule)
{
    unfix_encoding_free(encoding_take(capsule));
}

/* encoding_detect(model, bytes) -> name or None */
static PyObject *
encoding_detect(PyObject *self, PyObject *args)
{
    PyObject *capsule, *bytes;
    const unfix_model *model;
    struct input input;
    const char *name;
    unfix_error error;
    unfix_status status;

    (void)self;
    if (!PyArg_ParseTuple(args, "OO", &capsule, &bytes) ||
        (model = PyCapsule_GetPointer(capsule, CAPSULE_MODEL)) == NULL ||
        !input_open(&input, bytes))
        return NULL;
    Py_BEGIN_ALLOW_THREADS;
    status =
        unfix_encoding_detect(model, input.data, input.length, &name, &error);
    Py_END_ALLOW_THREADS;
    input_close(&input);
    if (status != UNFIX_OK)
        return raise_error(status, &error);
    return Py_BuildValue("z", name);
}

/* encoding_new(name): a str without NUL. */
static PyObject *
encoding_new(PyObject *self, PyObject *args)
{
    const char *name;
    unfix_encoding *encoding;
    unfix_error error;
    unfix_status status;
    PyObject *capsule;

    (void)self;
    if (!PyArg_ParseTuple(args, "s", &name))
        return NULL;
    status = unfix_encoding_new(name, NULL, &encoding, &error);
    if (status != UNFIX_OK)
        return raise_error(status, &error);
    capsule = PyCapsule_New(encoding, CAPSULE_ENCODING, free_encoding);
    if (capsule == NULL)
        unfix_encoding_free(encoding);
    return capsule;
}

static PyObject *
encoding_name(PyObject *self, PyObject *capsule)
{
    const unfix_encoding *encoding = encoding_take(capsule);

    (void)self;
    return encoding == NULL
               ? NULL
               : PyUnicode_FromString(unfix_encoding_name(encoding));
}

/* decode(encoding, bytes) -> the text as UTF-8 */
static PyObject *
decode(PyObject *self, PyObject *args)
{
    PyObject *capsule, *bytes;
    unfix_encoding *encoding;
    struct input input;
    const char *text;
    size_t length;
    unfix_error error;
    unfix_status status;

    (void)self;
    if (!PyArg_ParseTuple(args, "OO", &capsule, &bytes) ||
        (encoding = encoding_take(capsule)) == NULL ||
        !input_open(&input, bytes))
        return NULL;
    status = unfix_decode(encoding, input.data, input.length, &error);
    input_close(&input);
    if (status != UNFIX_OK)
        return raise_error(status, &error);
    text = unfix_encoding_text(encoding, &length);
    return PyBytes_FromStringAndSize(text, (Py_ssize_t)length);
}

/* encoding_offset(encoding, place in the text) -> place in the bytes */
static PyObject *
encoding_offset(PyObject *self, PyObject *args)
{
    PyObject *capsule;
    const unfix_encoding *encoding;
    unsigned long long offset;

    (void)self;
    if (!PyArg_ParseTuple(args, "OK", &capsule, &offset) ||
        (encoding = encoding_take(capsule)) == NULL)
        return NULL;
    return PyLong_FromUnsignedLongLong(unfix_encoding_offset(encoding, offset));
}

/* encode(encoding, text) -> bytes, or None where it has no such character */
static PyObject *
encode(PyObject *self, PyObject *args)
{
    PyObject *capsule, *text;
    unfix_encoding *encoding;
    struct input input;
    const char *bytes;
    size_t length;
    unfix_error error;
    unfix_status status;

    (void)self;
    if (!PyArg_ParseTuple(args, "OO", &capsule, &text) ||
        (encoding = encoding_take(capsule)) == NULL ||
        !input_open(&input, text))
        return NULL;
    status = unfix_encode(encoding, input.data, input.length, &bytes, &length,
                          &error);
    input_close(&input);
    if (status == UNFIX_ERROR_FORMAT)
        Py_RETURN_NONE;
    if (status != UNFIX_OK)
        return raise_error(status, &error);
    return PyBytes_FromStringAndSize(bytes, (Py_ssize_t)length);
}

PyMethodDef encoding_methods[] = {
    {"encoding_detect", encoding_detect, METH_VARARGS, NULL},
    {"encoding_new", encoding_new, METH_VARARGS, NULL},
    {"encoding_name", encoding_name, METH_O, NULL},
    {"decode", decode, METH_VARARGS, NULL},
    {"encoding_offset", encoding_offset, METH_VARARGS, NULL},
    {"encode", encode, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
