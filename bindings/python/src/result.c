/* SPDX-License-Identifier: MPL-2.0 */
/* Whole texts: repairing, explaining, and what a result shows. */
#include "binding.h"

/* Length of the UTF-8 character at `p`; 1 for a byte that is no part of one:
 * so Python counts, which makes a surrogate of each such byte. */
static size_t
character(const unsigned char *p, const unsigned char *end)
{
    size_t length = p[0] < 0x80                    ? 1
                    : p[0] >= 0xC2 && p[0] <= 0xDF ? 2
                    : (p[0] & 0xF0) == 0xE0        ? 3
                    : p[0] >= 0xF0 && p[0] <= 0xF4 ? 4
                                                   : 1;
    size_t i;

    if (length > (size_t)(end - p))
        return 1;
    for (i = 1; i < length; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 1;
    /* Overlong forms, surrogates, and what is beyond Unicode. */
    if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) ||
        (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
        return 1;
    return length;
}

static uint64_t
count_characters(const char *text, size_t length)
{
    const unsigned char *p = (const unsigned char *)text;
    const unsigned char *end = p + length;
    uint64_t count = 0;

    for (; p < end; count++)
        p += character(p, end);
    return count;
}

static PyObject *
decode(const char *text, size_t length)
{
    return PyUnicode_DecodeUTF8(text, (Py_ssize_t)length, "surrogateescape");
}

static PyObject *
alternatives(const unfix_correction *c)
{
    PyObject *tuple = PyTuple_New((Py_ssize_t)c->alternative_count);
    size_t i;

    for (i = 0; tuple != NULL && i < c->alternative_count; i++) {
        const unfix_alternative *a = &c->alternatives[i];
        PyObject *pair =
            Py_BuildValue("NI", decode(a->text, a->length), a->confidence);

        if (pair == NULL || PyTuple_SetItem(tuple, (Py_ssize_t)i, pair) != 0)
            Py_CLEAR(tuple);
    }
    return tuple;
}

static const char *
verdict_name(unfix_verdict verdict)
{
    return verdict == UNFIX_APPLIED    ? "applied"
           : verdict == UNFIX_PROPOSED ? "proposed"
                                       : "rejected";
}

/* `start` to `out_end` in code points. */
static PyObject *
correction_tuple(const unfix_correction *c, uint64_t start, uint64_t end,
                 uint64_t out_start, uint64_t out_end)
{
    return Py_BuildValue(
        "KKKKKKKKNNIisssNiiNNIIzI", (unsigned long long)start,
        (unsigned long long)end, (unsigned long long)out_start,
        (unsigned long long)out_end, (unsigned long long)c->offset,
        (unsigned long long)c->length, (unsigned long long)c->out_offset,
        (unsigned long long)c->out_length,
        decode(c->original, c->original_length),
        decode(c->replacement, c->replacement_length), c->confidence,
        (int)c->score, verdict_name(c->verdict), unfix_class_name(c->kind),
        c->reason, alternatives(c), (int)c->channel_cost, (int)c->context_gain,
        PyBool_FromLong(c->known_before != 0),
        PyBool_FromLong(c->known_after != 0), c->seen_before, c->seen_after,
        c->held_back, c->bar);
}

/* The correction whose text begins at *at of the result's, and moves on. */
static PyObject *
make_correction(const unfix_correction *c, PyObject *make, const char *text,
                size_t begin, size_t *at, struct place *from)
{
    uint64_t gap = count_characters(text + *at, begin - *at);
    uint64_t in = count_characters(c->original, c->original_length);
    uint64_t out = count_characters(text + begin, (size_t)c->out_length);
    PyObject *tuple, *correction;

    from->input += gap;
    from->output += gap;
    tuple = correction_tuple(c, from->input, from->input + in, from->output,
                             from->output + out);
    from->input += in;
    from->output += out;
    *at = begin + (size_t)c->out_length;
    if (tuple == NULL)
        return NULL;
    correction = PyObject_CallFunctionObjArgs(make, tuple, NULL);
    Py_DECREF(tuple);
    return correction;
}

PyObject *
result_list(const unfix_result *result, PyObject *make, uint64_t out_start,
            struct place *from)
{
    size_t count = unfix_result_correction_count(result), length, at = 0, i;
    const char *text = unfix_result_text(result, &length);
    PyObject *list = PyList_New((Py_ssize_t)count);
    uint64_t rest;

    for (i = 0; list != NULL && i < count; i++) {
        const unfix_correction *c = unfix_result_correction(result, i);
        PyObject *correction = make_correction(
            c, make, text, (size_t)(c->out_offset - out_start), &at, from);

        if (correction == NULL ||
            PyList_SetItem(list, (Py_ssize_t)i, correction) != 0)
            Py_CLEAR(list);
    }
    rest = count_characters(text + at, length - at);
    from->input += rest;
    from->output += rest;
    return list;
}

PyObject *
result_figures(const unfix_result *result)
{
    PyObject *bars = PyTuple_New(UNFIX_CLASS_COUNT);
    Py_ssize_t i;

    for (i = 0; bars != NULL && i < UNFIX_CLASS_COUNT; i++) {
        PyObject *bar =
            PyLong_FromUnsignedLong(unfix_result_bar(result, (unfix_class)i));

        if (bar == NULL || PyTuple_SetItem(bars, i, bar) != 0)
            Py_CLEAR(bars);
    }
    if (bars == NULL)
        return NULL;
    return Py_BuildValue(
        "KKNK", (unsigned long long)unfix_result_word_count(result),
        (unsigned long long)unfix_result_expected_harm(result), bars,
        (unsigned long long)unfix_result_unsearched(result));
}

static void
free_result(PyObject *capsule)
{
    unfix_result_free(PyCapsule_GetPointer(capsule, CAPSULE_RESULT));
}

/* correct(context, text, evidence): without the interpreter's lock. */
static PyObject *
correct(PyObject *self, PyObject *args)
{
    PyObject *capsule, *text, *said, *owner = NULL;
    struct context *c;
    struct input input;
    struct evidence evidence;
    unfix_result *result;
    unfix_error error;
    unfix_status status;

    (void)self;
    if (!PyArg_ParseTuple(args, "OOO", &capsule, &text, &said) ||
        (c = context_take(capsule)) == NULL || !evidence_open(&evidence, said))
        return NULL;
    if (!input_open(&input, text)) {
        evidence_close(&evidence);
        return NULL;
    }
    status = unfix_result_new(NULL, &result);
    if (status != UNFIX_OK) {
        raise_error(status, NULL);
        goto end;
    }
    c->busy = true;
    Py_BEGIN_ALLOW_THREADS;
    status = unfix_correct_with_evidence(c->context, input.data, input.length,
                                         evidence.list, evidence.count, result,
                                         &error);
    Py_END_ALLOW_THREADS;
    c->busy = false;
    owner = PyCapsule_New(result, CAPSULE_RESULT, free_result);
    if (owner == NULL)
        unfix_result_free(result);
    else if (status != UNFIX_OK) {
        Py_CLEAR(owner);
        raise_error(status, &error);
    }
end:
    input_close(&input);
    evidence_close(&evidence);
    return owner;
}

/* result_text(result, whether as str) */
static PyObject *
result_text(PyObject *self, PyObject *args)
{
    PyObject *capsule;
    const unfix_result *result;
    const char *text;
    size_t length;
    int as_str;

    (void)self;
    if (!PyArg_ParseTuple(args, "Op", &capsule, &as_str) ||
        (result = PyCapsule_GetPointer(capsule, CAPSULE_RESULT)) == NULL)
        return NULL;
    text = unfix_result_text(result, &length);
    return as_str ? decode(text, length)
                  : PyBytes_FromStringAndSize(text, (Py_ssize_t)length);
}

/* result_corrections(result, make) */
static PyObject *
result_corrections(PyObject *self, PyObject *args)
{
    PyObject *capsule, *make;
    const unfix_result *result;
    struct place from = {0, 0};

    (void)self;
    if (!PyArg_ParseTuple(args, "OO", &capsule, &make) ||
        (result = PyCapsule_GetPointer(capsule, CAPSULE_RESULT)) == NULL)
        return NULL;
    return result_list(result, make, 0, &from);
}

static PyObject *
figures(PyObject *self, PyObject *capsule)
{
    const unfix_result *result = PyCapsule_GetPointer(capsule, CAPSULE_RESULT);

    (void)self;
    return result == NULL ? NULL : result_figures(result);
}

static PyObject *
section_length(PyObject *self, PyObject *args)
{
    struct input input;
    PyObject *text;
    size_t length;
    int final;

    (void)self;
    if (!PyArg_ParseTuple(args, "Op", &text, &final) ||
        !input_open(&input, text))
        return NULL;
    length = unfix_section_length(input.data, input.length, final);
    input_close(&input);
    return PyLong_FromSize_t(length);
}

/* ---- Explaining ---------------------------------------------------------- */

struct explaining {
    PyObject *places;
    const char *text;
    uint64_t at;    /* so far, in bytes */
    uint64_t start; /* and in code points */
};

static PyObject *
place_readings(const unfix_place *place)
{
    PyObject *readings = PyTuple_New((Py_ssize_t)place->reading_count);
    size_t i;

    for (i = 0; readings != NULL && i < place->reading_count; i++) {
        const unfix_reading *r = &place->readings[i];
        PyObject *reading =
            Py_BuildValue("Nii", decode(r->text, r->length),
                          (int)r->channel_cost, (int)r->context_cost);

        if (reading == NULL ||
            PyTuple_SetItem(readings, (Py_ssize_t)i, reading) != 0)
            Py_CLEAR(readings);
    }
    return readings;
}

static PyObject *
place_tuple(struct explaining *e, const unfix_place *place)
{
    uint64_t end;

    e->start +=
        count_characters(e->text + e->at, (size_t)(place->offset - e->at));
    e->at = place->offset;
    end = e->start + count_characters(e->text + e->at, (size_t)place->length);
    return Py_BuildValue(
        "KKKKNNNN", (unsigned long long)e->start, (unsigned long long)end,
        (unsigned long long)place->offset, (unsigned long long)place->length,
        decode(place->original, place->original_length),
        PyBool_FromLong(place->known != 0),
        PyBool_FromLong(place->is_protected != 0), place_readings(place));
}

/* Works without the lock, and takes it for each place; Ctrl-C is heard
 * there. */
static int
take_place(void *user, const unfix_place *place)
{
    PyGILState_STATE state = PyGILState_Ensure();
    struct explaining *e = user;
    PyObject *tuple = place_tuple(e, place);
    int failed = tuple == NULL || PyList_Append(e->places, tuple) != 0 ||
                 PyErr_CheckSignals() != 0;

    Py_XDECREF(tuple);
    PyGILState_Release(state);
    return failed;
}

static PyObject *
explain(PyObject *self, PyObject *args)
{
    struct explaining e = {0};
    PyObject *capsule, *text;
    struct context *c;
    struct input input;
    unfix_error error;
    unfix_status status;

    (void)self;
    if (!PyArg_ParseTuple(args, "OO", &capsule, &text) ||
        (c = context_take(capsule)) == NULL || !input_open(&input, text))
        return NULL;
    e.text = input.data;
    e.places = PyList_New(0);
    if (e.places == NULL) {
        input_close(&input);
        return NULL;
    }
    c->busy = true;
    Py_BEGIN_ALLOW_THREADS;
    status = unfix_explain(c->context, input.data, input.length, take_place, &e,
                           &error);
    Py_END_ALLOW_THREADS;
    c->busy = false;
    input_close(&input);
    if (status == UNFIX_OK)
        return e.places;
    Py_DECREF(e.places);
    return PyErr_Occurred() != NULL ? NULL : raise_error(status, &error);
}

PyMethodDef result_methods[] = {
    {"correct", correct, METH_VARARGS, NULL},
    {"result_text", result_text, METH_VARARGS, NULL},
    {"result_corrections", result_corrections, METH_VARARGS, NULL},
    {"result_figures", figures, METH_O, NULL},
    {"section_length", section_length, METH_VARARGS, NULL},
    {"explain", explain, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
