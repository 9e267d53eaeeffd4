/* SPDX-License-Identifier: MPL-2.0 */
/* A model image, mapped or handed over, opened by lang/model.c. */
#include "api/objects.h"
#include "api/places.h"

#include "base/status.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static unfix_status
make_model(const void *image, size_t length, const struct ufx_memory *memory,
           unfix_model **model, unfix_error *error)
{
    unfix_model *m = ufx_memory_allocate_zero(memory, sizeof *m);
    unfix_status status;

    if (m == NULL) {
        ufx_fail(error, UNFIX_ERROR_MEMORY);
        return UNFIX_ERROR_MEMORY;
    }
    m->memory = *memory;
    atomic_init(&m->references, 1);
    status = ufx_language_open(&m->language, image, length, error);
    if (status == UNFIX_OK && m->language.verifier_count > 0 &&
        m->language.verifier[0] > UFX_FEATURE_COUNT)
        status = ufx_status_set(error, UNFIX_ERROR_VERSION,
                                "model made for another version", NULL);
    else if (status == UNFIX_OK && m->language.verifier_count > 0) {
        m->has_forest =
            ufx_forest_open(&m->forest, m->language.verifier,
                            m->language.verifier_count, UFX_FEATURE_COUNT);
        if (!m->has_forest)
            status = ufx_status_set(error, UNFIX_ERROR_FORMAT,
                                    "damaged model: verifier", NULL);
    }
    if (status != UNFIX_OK) {
        ufx_memory_free(memory, m, sizeof *m);
        return status;
    }
    *model = m;
    return UNFIX_OK;
}

static unfix_status
map_file(const char *path, void **mapping, size_t *size, unfix_error *error)
{
    struct stat info;
    /* To open a pipe would be to wait for somebody who writes into it. */
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (file < 0)
        return ufx_status_set(error, UNFIX_ERROR_IO,
                              errno == ENOENT   ? "no such model"
                              : errno == EACCES ? "no right to read the model"
                                                : "cannot read the model",
                              path);
    if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
        close(file);
        return ufx_status_set(error, UNFIX_ERROR_IO, "not a regular file",
                              path);
    }
    *size = (size_t)info.st_size;
    *mapping = *size == 0 ? MAP_FAILED
                          : mmap(NULL, *size, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (*size == 0)
        return ufx_status_set(error, UNFIX_ERROR_FORMAT, "not a model", NULL);
    if (*mapping == MAP_FAILED)
        return ufx_status_set(error, UNFIX_ERROR_IO, "cannot read the model",
                              path);
    return UNFIX_OK;
}

static bool
keep_path(unfix_model *model, const char *path)
{
    size_t size = strlen(path) + 1;

    model->path = ufx_memory_allocate(&model->memory, size);
    if (model->path == NULL)
        return false;
    memcpy(model->path, path, size);
    return true;
}

unfix_status
unfix_model_load(const char *path, const unfix_allocator *allocator,
                 unfix_model **model, unfix_error *error)
{
    struct ufx_memory memory = ufx_memory_from(allocator);
    char found[UFX_PATH_SIZE];
    void *mapping = NULL;
    size_t size = 0;
    unfix_status status = UNFIX_OK;

    if (model == NULL)
        return ufx_status_argument(error, "model is NULL");
    *model = NULL;
    if (path == NULL) {
        status = ufx_places_find(found, error);
        path = found;
    }
    if (status == UNFIX_OK)
        status = map_file(path, &mapping, &size, error);
    if (status != UNFIX_OK)
        return status;
    status = make_model(mapping, size, &memory, model, error);
    if (status != UNFIX_OK) {
        munmap(mapping, size);
        return status;
    }
    (*model)->mapping = mapping;
    (*model)->mapping_size = size;
    if (!keep_path(*model, path)) {
        unfix_model_release(*model);
        *model = NULL;
        return ufx_fail(error, UNFIX_ERROR_MEMORY);
    }
    return UNFIX_OK;
}

unfix_status
unfix_model_load_memory(const void *image, size_t length,
                        const unfix_allocator *allocator, unfix_model **model,
                        unfix_error *error)
{
    struct ufx_memory memory = ufx_memory_from(allocator);

    if (model == NULL)
        return ufx_status_argument(error, "model is NULL");
    *model = NULL;
    if (image == NULL || (uintptr_t)image % 8 != 0)
        return ufx_status_argument(error, "image is NULL or not aligned");
    return make_model(image, length, &memory, model, error);
}

unfix_model *
unfix_model_retain(unfix_model *model)
{
    if (model != NULL)
        atomic_fetch_add_explicit(&model->references, 1, memory_order_relaxed);
    return model;
}

void
unfix_model_release(unfix_model *model)
{
    struct ufx_memory memory;

    if (model == NULL || atomic_fetch_sub_explicit(&model->references, 1,
                                                   memory_order_acq_rel) != 1)
        return;
    if (model->mapping != NULL)
        munmap(model->mapping, model->mapping_size);
    memory = model->memory;
    if (model->path != NULL)
        ufx_memory_free(&memory, model->path, strlen(model->path) + 1);
    ufx_memory_free(&memory, model, sizeof *model);
}

const char *
unfix_model_language(const unfix_model *model)
{
    return model->language.tag;
}

const char *
unfix_model_data_version(const unfix_model *model)
{
    return model->language.data_version;
}

const char *
unfix_model_path(const unfix_model *model)
{
    return model->path;
}
