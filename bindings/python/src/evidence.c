/* SPDX-License-Identifier: MPL-2.0 */
/* What the engine says of a text, and what a text is. */
#include "binding.h"

#include <stdlib.h>
#include <string.h>

/* ---- Evidence ------------------------------------------------------------ */

static bool
readings_open(unfix_evidence *item, PyObject *list)
{
    Py_ssize_t n = PyList_Size(list), i;
    unfix_alternative *readings;

    if (n < 0)
        return false;
    if (n == 0)
        return true;
    readings = calloc((size_t)n, sizeof *readings);
    if (readings == NULL)
        return PyErr_NoMemory(), false;
    item->readings = readings;
    item->reading_count = (size_t)n;
    for (i = 0; i < n; i++) {
        Py_ssize_t length;
        unsigned int confidence;

        if (!PyArg_ParseTuple(PyList_GetItem(list, i), "y#I", &readings[i].text,
                              &length, &confidence))
            return false;
        readings[i].length = (size_t)length;
        readings[i].confidence = confidence;
    }
    return true;
}

bool
evidence_open(struct evidence *e, PyObject *list)
{
    Py_ssize_t n, i;

    memset(e, 0, sizeof *e);
    if (list == Py_None)
        return true;
    n = PyList_Size(list);
    if (n < 0)
        return false;
    e->list = calloc((size_t)n + 1, sizeof *e->list);
    if (e->list == NULL)
        return PyErr_NoMemory(), false;
    for (i = 0; i < n; i++) {
        unfix_evidence *item = &e->list[e->count++];
        unsigned long long offset, length;
        PyObject *readings;

        if (!PyArg_ParseTuple(PyList_GetItem(list, i), "KKIO!", &offset,
                              &length, &item->confidence, &PyList_Type,
                              &readings) ||
            !readings_open(item, readings)) {
            evidence_close(e);
            return false;
        }
        item->offset = offset;
        item->length = length;
    }
    return true;
}

void
evidence_close(struct evidence *e)
{
    size_t i;

    for (i = 0; i < e->count; i++)
        free((void *)(uintptr_t)e->list[i].readings);
    free(e->list);
    memset(e, 0, sizeof *e);
}

/* ---- Surveys ------------------------------------------------------------- */

unfix_survey *
survey_take(PyObject *capsule)
{
    return PyCapsule_GetPointer(capsule, CAPSULE_SURVEY);
}

static void
free_survey(PyObject *capsule)
{
    unfix_survey_free(survey_take(capsule));
}

static PyObject *
survey_new(PyObject *self, PyObject *unused)
{
    unfix_survey *survey;
    unfix_status status = unfix_survey_new(NULL, &survey);
    PyObject *capsule;

    (void)self;
    (void)unused;
    if (status != UNFIX_OK)
        return raise_error(status, NULL);
    capsule = PyCapsule_New(survey, CAPSULE_SURVEY, free_survey);
    if (capsule == NULL)
        unfix_survey_free(survey);
    return capsule;
}

static PyObject *
survey_clear(PyObject *self, PyObject *capsule)
{
    unfix_survey *survey = survey_take(capsule);

    (void)self;
    if (survey == NULL)
        return NULL;
    unfix_survey_clear(survey);
    Py_RETURN_NONE;
}

/* survey_add(survey, result) */
static PyObject *
survey_add(PyObject *self, PyObject *args)
{
    PyObject *capsule, *added;
    unfix_survey *survey;
    const unfix_result *result;

    (void)self;
    if (!PyArg_ParseTuple(args, "OO", &capsule, &added) ||
        (survey = survey_take(capsule)) == NULL ||
        (result = PyCapsule_GetPointer(added, CAPSULE_RESULT)) == NULL)
        return NULL;
    unfix_survey_add(survey, result);
    Py_RETURN_NONE;
}

/* survey_merge(survey, another one) */
static PyObject *
survey_merge(PyObject *self, PyObject *args)
{
    PyObject *capsule, *added;
    unfix_survey *survey;
    const unfix_survey *more;

    (void)self;
    if (!PyArg_ParseTuple(args, "OO", &capsule, &added) ||
        (survey = survey_take(capsule)) == NULL ||
        (more = survey_take(added)) == NULL)
        return NULL;
    unfix_survey_merge(survey, more);
    Py_RETURN_NONE;
}

static PyObject *
survey_damage(const unfix_survey *survey)
{
    size_t length = unfix_survey_damage(survey, NULL, 0);
    char *line = malloc(length + 1);
    PyObject *text;

    if (line == NULL)
        return PyErr_NoMemory();
    unfix_survey_damage(survey, line, length + 1);
    text = PyUnicode_DecodeUTF8(line, (Py_ssize_t)length, "replace");
    free(line);
    return text;
}

/* (words, language, spelling, form, person, words left, damage) */
static PyObject *
survey_facts(PyObject *self, PyObject *capsule)
{
    const unfix_survey *survey = survey_take(capsule);

    (void)self;
    if (survey == NULL)
        return NULL;
    return Py_BuildValue(
        "Kssss(KKKK)N", (unsigned long long)unfix_survey_words(survey),
        unfix_survey_language(survey), unfix_survey_spelling(survey),
        unfix_survey_form(survey), unfix_survey_person(survey),
        (unsigned long long)unfix_survey_left(survey, UNFIX_LEFT_FOREIGN),
        (unsigned long long)unfix_survey_left(survey, UNFIX_LEFT_OLD),
        (unsigned long long)unfix_survey_left(survey, UNFIX_LEFT_SYNTAX),
        (unsigned long long)unfix_survey_left(survey, UNFIX_LEFT_UNKNOWN),
        survey_damage(survey));
}

PyMethodDef evidence_methods[] = {
    {"survey_new", survey_new, METH_NOARGS, NULL},
    {"survey_clear", survey_clear, METH_O, NULL},
    {"survey_add", survey_add, METH_VARARGS, NULL},
    {"survey_merge", survey_merge, METH_VARARGS, NULL},
    {"survey_facts", survey_facts, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
