/* SPDX-License-Identifier: MPL-2.0 */
#include "binding.h"

#include <string.h>

bool
input_open(struct input *input, PyObject *object)
{
    Py_ssize_t length;

    memset(input, 0, sizeof *input);
    if (!PyUnicode_Check(object)) {
        if (PyObject_GetBuffer(object, &input->buffer, PyBUF_SIMPLE) != 0)
            return false;
        input->has_buffer = true;
        input->data = input->buffer.buf;
        input->length = (size_t)input->buffer.len;
        return true;
    }
    input->data = PyUnicode_AsUTF8AndSize(object, &length);
    if (input->data == NULL) {
        char *bytes;

        if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
            return false;
        PyErr_Clear();
        input->encoded =
            PyUnicode_AsEncodedString(object, "utf-8", "surrogateescape");
        if (input->encoded == NULL ||
            PyBytes_AsStringAndSize(input->encoded, &bytes, &length) != 0)
            return false;
        input->data = bytes;
    }
    input->length = (size_t)length;
    return true;
}

void
input_close(struct input *input)
{
    if (input->has_buffer)
        PyBuffer_Release(&input->buffer);
    Py_CLEAR(input->encoded);
}

PyObject *
raise_error(unfix_status status, const unfix_error *error)
{
    PyObject *module, *exception;

    if (status == UNFIX_ERROR_MEMORY)
        return PyErr_NoMemory();
    module = PyImport_ImportModule("unfix._errors");
    if (module == NULL)
        return NULL;
    exception = PyObject_CallMethod(
        module, "make", "isKK", (int)status,
        error != NULL ? error->message : unfix_strerror(status),
        (unsigned long long)(error != NULL ? error->offset : 0),
        (unsigned long long)(error != NULL ? error->line : 0));
    Py_DECREF(module);
    if (exception != NULL) {
        PyErr_SetObject((PyObject *)Py_TYPE(exception), exception);
        Py_DECREF(exception);
    }
    return NULL;
}

static PyObject *
version(PyObject *self, PyObject *unused)
{
    (void)self;
    (void)unused;
    return PyUnicode_FromString(unfix_version());
}

static PyObject *
version_number(PyObject *self, PyObject *unused)
{
    (void)self;
    (void)unused;
    return PyLong_FromUnsignedLong(unfix_version_number());
}

static PyObject *
status_text(PyObject *self, PyObject *number)
{
    long status = PyLong_AsLong(number);

    (void)self;
    if (status == -1 && PyErr_Occurred() != NULL)
        return NULL;
    return PyUnicode_FromString(unfix_strerror((unfix_status)status));
}

static PyObject *
class_names(PyObject *self, PyObject *unused)
{
    PyObject *names = PyTuple_New(UNFIX_CLASS_COUNT);
    Py_ssize_t i;

    (void)self;
    (void)unused;
    for (i = 0; names != NULL && i < UNFIX_CLASS_COUNT; i++) {
        PyObject *name = PyUnicode_FromString(unfix_class_name((unfix_class)i));

        if (name == NULL || PyTuple_SetItem(names, i, name) != 0)
            Py_CLEAR(names);
    }
    return names;
}

static PyMethodDef common_methods[] = {
    {"version", version, METH_NOARGS, NULL},
    {"version_number", version_number, METH_NOARGS, NULL},
    {"status_text", status_text, METH_O, NULL},
    {"class_names", class_names, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static int
execute(PyObject *module)
{
    if (PyModule_AddFunctions(module, common_methods) != 0 ||
        PyModule_AddFunctions(module, model_methods) != 0 ||
        PyModule_AddFunctions(module, result_methods) != 0 ||
        PyModule_AddFunctions(module, stream_methods) != 0 ||
        PyModule_AddFunctions(module, evidence_methods) != 0 ||
        PyModule_AddFunctions(module, encoding_methods) != 0)
        return -1;
    return 0;
}

PyMODINIT_FUNC
PyInit__unfix(void)
{
    static PyModuleDef_Slot slots[] = {
        {Py_mod_exec, (void *)execute},
        {0, NULL},
    };
    static PyModuleDef definition = {
        PyModuleDef_HEAD_INIT,
        .m_name = "unfix._unfix",
        .m_doc = "The C functions of libunfix; use the package unfix.",
        .m_slots = slots,
    };

    return PyModuleDef_Init(&definition);
}
