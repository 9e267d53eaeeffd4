/* SPDX-License-Identifier: MPL-2.0 */
/* Models, overlays, options and contexts. */
#include "binding.h"

#include <stdlib.h>

/* ---- Models -------------------------------------------------------------- */

static PyObject *
model_place(PyObject *self, PyObject *number)
{
    size_t index = PyLong_AsSize_t(number), length;
    PyObject *path;
    char *text;

    (void)self;
    if (PyErr_Occurred() != NULL)
        return NULL;
    length = unfix_model_place(index, NULL, 0);
    if (length == 0)
        Py_RETURN_NONE;
    text = malloc(length + 1);
    if (text == NULL)
        return PyErr_NoMemory();
    unfix_model_place(index, text, length + 1);
    path = PyUnicode_DecodeFSDefault(text);
    free(text);
    return path;
}

static void
free_model(PyObject *capsule)
{
    Py_buffer *image = PyCapsule_GetContext(capsule);

    unfix_model_release(PyCapsule_GetPointer(capsule, CAPSULE_MODEL));
    if (image != NULL) {
        PyBuffer_Release(image);
        free(image);
    }
}

static PyObject *
wrap_model(unfix_model *model)
{
    PyObject *capsule = PyCapsule_New(model, CAPSULE_MODEL, free_model);

    if (capsule == NULL)
        unfix_model_release(model);
    return capsule;
}

/* model_load(path as bytes, or None for the installed one) */
static PyObject *
model_load(PyObject *self, PyObject *path)
{
    unfix_model *model;
    unfix_error error;
    unfix_status status;
    char *name = NULL;

    (void)self;
    if (path != Py_None && PyBytes_AsStringAndSize(path, &name, NULL) != 0)
        return NULL;
    Py_BEGIN_ALLOW_THREADS;
    status = unfix_model_load(name, NULL, &model, &error);
    Py_END_ALLOW_THREADS;
    return status == UNFIX_OK ? wrap_model(model) : raise_error(status, &error);
}

/* The image is borrowed: contexts retain the model, so the model outlives its
 * capsule, and each context keeps the capsule (context_new). */
static PyObject *
model_load_memory(PyObject *self, PyObject *object)
{
    Py_buffer *image = malloc(sizeof *image);
    unfix_model *model;
    unfix_error error;
    unfix_status status;
    PyObject *capsule;

    (void)self;
    if (image == NULL)
        return PyErr_NoMemory();
    if (PyObject_GetBuffer(object, image, PyBUF_SIMPLE) != 0) {
        free(image);
        return NULL;
    }
    status = unfix_model_load_memory(image->buf, (size_t)image->len, NULL,
                                     &model, &error);
    capsule =
        status == UNFIX_OK ? wrap_model(model) : raise_error(status, &error);
    if (capsule == NULL || PyCapsule_SetContext(capsule, image) != 0) {
        Py_CLEAR(capsule);
        PyBuffer_Release(image);
        free(image);
    }
    return capsule;
}

/* (language, version of the data, path or None) */
static PyObject *
model_facts(PyObject *self, PyObject *capsule)
{
    const unfix_model *model = PyCapsule_GetPointer(capsule, CAPSULE_MODEL);
    PyObject *path;
    const char *name;

    (void)self;
    if (model == NULL)
        return NULL;
    name = unfix_model_path(model);
    path = name != NULL ? PyUnicode_DecodeFSDefault(name)
                        : (Py_INCREF(Py_None), Py_None);
    if (path == NULL)
        return NULL;
    return Py_BuildValue("ssN", unfix_model_language(model),
                         unfix_model_data_version(model), path);
}

/* ---- Overlays ------------------------------------------------------------ */

static void
free_overlay(PyObject *capsule)
{
    unfix_overlay_release(PyCapsule_GetPointer(capsule, CAPSULE_OVERLAY));
}

typedef unfix_status (*add_table)(unfix_overlay *overlay, const char *table,
                                  size_t length, unfix_error *error);

static bool
add(unfix_overlay *overlay, add_table adder, PyObject *table)
{
    struct input input;
    unfix_error error;
    unfix_status status;

    if (!input_open(&input, table))
        return false;
    status = adder(overlay, input.data, input.length, &error);
    input_close(&input);
    if (status != UNFIX_OK)
        raise_error(status, &error);
    return status == UNFIX_OK;
}

/* A list of pairs of paths, as bytes. */
static bool
add_dictionaries(unfix_overlay *overlay, PyObject *list)
{
    Py_ssize_t count = PyList_Size(list), i;

    for (i = 0; i < count; i++) {
        const char *aff, *dic;
        unfix_error error;
        unfix_status status;

        if (!PyArg_ParseTuple(PyList_GetItem(list, i), "yy", &aff, &dic))
            return false;
        status = unfix_overlay_add_dictionary(overlay, aff, dic, &error);
        if (status != UNFIX_OK) {
            raise_error(status, &error);
            return false;
        }
    }
    return count >= 0;
}

/* overlay_new(words, confusions, vetoes, dictionaries): frozen. */
static PyObject *
overlay_new(PyObject *self, PyObject *args)
{
    PyObject *words, *confusions, *vetoes, *dictionaries, *capsule;
    unfix_overlay *overlay;
    unfix_error error;
    unfix_status status;

    (void)self;
    if (!PyArg_ParseTuple(args, "OOOO", &words, &confusions, &vetoes,
                          &dictionaries))
        return NULL;
    status = unfix_overlay_new(NULL, &overlay);
    if (status != UNFIX_OK)
        return raise_error(status, NULL);
    capsule = PyCapsule_New(overlay, CAPSULE_OVERLAY, free_overlay);
    if (capsule == NULL) {
        unfix_overlay_release(overlay);
        return NULL;
    }
    if (!add(overlay, unfix_overlay_add_words, words) ||
        !add(overlay, unfix_overlay_add_confusions, confusions) ||
        !add(overlay, unfix_overlay_add_vetoes, vetoes) ||
        !add_dictionaries(overlay, dictionaries)) {
        Py_DECREF(capsule);
        return NULL;
    }
    status = unfix_overlay_freeze(overlay, &error);
    if (status != UNFIX_OK) {
        Py_DECREF(capsule);
        return raise_error(status, &error);
    }
    return capsule;
}

/* ---- Options and contexts ------------------------------------------------ */

/* (min_confidence, classes, max_harm, join_hyphens, compose) */
static PyObject *
options_default(PyObject *self, PyObject *unused)
{
    unfix_options options;

    (void)self;
    (void)unused;
    unfix_options_init(&options);
    return Py_BuildValue("IIIII", options.min_confidence, options.classes,
                         options.max_harm, options.join_hyphens,
                         options.compose);
}

static bool
read_options(PyObject *tuple, unfix_options *options)
{
    unfix_options_init(options);
    return PyArg_ParseTuple(tuple, "IIIII", &options->min_confidence,
                            &options->classes, &options->max_harm,
                            &options->join_hyphens, &options->compose) != 0;
}

static void
free_context(PyObject *capsule)
{
    struct context *c = PyCapsule_GetPointer(capsule, CAPSULE_CONTEXT);

    unfix_context_free(c->context);
    free(c);
    Py_XDECREF((PyObject *)PyCapsule_GetContext(capsule));
}

/* Under the interpreter's lock: Hunspell counts its handles without one. */
static PyObject *
context_new(PyObject *self, PyObject *args)
{
    PyObject *model, *overlay, *tuple, *capsule;
    unfix_overlay *words = NULL;
    unfix_options options;
    unfix_model *m;
    unfix_error error;
    unfix_status status;
    struct context *c;

    (void)self;
    if (!PyArg_ParseTuple(args, "OOO!", &model, &overlay, &PyTuple_Type,
                          &tuple) ||
        !read_options(tuple, &options) ||
        (m = PyCapsule_GetPointer(model, CAPSULE_MODEL)) == NULL ||
        (overlay != Py_None &&
         (words = PyCapsule_GetPointer(overlay, CAPSULE_OVERLAY)) == NULL))
        return NULL;
    c = calloc(1, sizeof *c);
    if (c == NULL)
        return PyErr_NoMemory();
    status = unfix_context_new(m, words, &options, NULL, &c->context, &error);
    if (status != UNFIX_OK) {
        free(c);
        return raise_error(status, &error);
    }
    capsule = PyCapsule_New(c, CAPSULE_CONTEXT, free_context);
    if (capsule == NULL) {
        unfix_context_free(c->context);
        free(c);
        return NULL;
    }
    /* The model's image may be borrowed from an object that it holds. */
    Py_INCREF(model);
    PyCapsule_SetContext(capsule, model);
    return capsule;
}

struct context *
context_take(PyObject *capsule)
{
    struct context *c = PyCapsule_GetPointer(capsule, CAPSULE_CONTEXT);

    if (c != NULL && c->busy) {
        PyErr_SetString(PyExc_RuntimeError, "in use by another thread");
        return NULL;
    }
    return c;
}

static PyObject *
context_set_options(PyObject *self, PyObject *args)
{
    PyObject *capsule, *tuple;
    struct context *c;
    unfix_options options;
    unfix_error error;
    unfix_status status;

    (void)self;
    if (!PyArg_ParseTuple(args, "OO!", &capsule, &PyTuple_Type, &tuple) ||
        !read_options(tuple, &options) || (c = context_take(capsule)) == NULL)
        return NULL;
    status = unfix_context_set_options(c->context, &options, &error);
    if (status != UNFIX_OK)
        return raise_error(status, &error);
    Py_RETURN_NONE;
}

PyMethodDef model_methods[] = {
    {"model_place", model_place, METH_O, NULL},
    {"model_load", model_load, METH_O, NULL},
    {"model_load_memory", model_load_memory, METH_O, NULL},
    {"model_facts", model_facts, METH_O, NULL},
    {"overlay_new", overlay_new, METH_VARARGS, NULL},
    {"options_default", options_default, METH_NOARGS, NULL},
    {"context_new", context_new, METH_VARARGS, NULL},
    {"context_set_options", context_set_options, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
