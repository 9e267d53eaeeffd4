/* SPDX-License-Identifier: MPL-2.0 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "review_image.h"

#include "input.h"
#include "path.h"
#include "report.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* What browsers show. */
static const struct {
    const char *ending;
    const char *type;
} types[] = {
    {".png", "image/png"},   {".jpg", "image/jpeg"}, {".jpeg", "image/jpeg"},
    {".webp", "image/webp"}, {".gif", "image/gif"},  {".bmp", "image/bmp"},
};

#define TYPES (sizeof(types) / sizeof(types[0]))

/* The last dot of a path's last name, or its end. */
static const char *
find_ending(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash != NULL ? slash : path, '.');

    return dot != NULL ? dot : path + strlen(path);
}

static const char *
find_type(const char *path)
{
    for (size_t i = 0; i < TYPES; i++) {
        if (strcasecmp(find_ending(path), types[i].ending) == 0)
            return types[i].type;
    }
    return NULL;
}

/* ---- Looking for it ------------------------------------------------------ */

static bool
is_there(const char *path)
{
    return path != NULL && input_is_regular(path);
}

/* FOLDER/NAME if it is there, from malloc(), or the same with another ending
 * that browsers show; NULL. */
static char *
find_in(const char *folder, const char *name)
{
    char *path = path_join(folder, name);
    char *found = NULL;

    if (path == NULL || (find_type(path) != NULL && is_there(path)))
        return path;
    for (size_t i = 0; found == NULL && i < TYPES; i++) {
        char *stem = strndup(path, (size_t)(find_ending(path) - path));
        char *other = stem != NULL ? path_append(stem, types[i].ending) : NULL;

        free(stem);
        if (is_there(other))
            found = other;
        else
            free(other);
    }
    /* A browser may know what we do not. */
    if (found == NULL && find_ending(path)[0] != '\0' && is_there(path))
        return path;
    free(path);
    return found;
}

static const char *
last_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

/* The image that a file names. */
static char *
find_named(const char *folder, const char *name)
{
    const char *within = path_within(name);
    char *found = NULL, *above;

    if (*last_name(name) == '\0')
        return NULL;
    if (within != NULL)
        found = find_in(folder, within);
    if (found == NULL)
        found = find_in(folder, last_name(name));
    above = found == NULL ? path_join(folder, "..") : NULL;
    if (above != NULL)
        found = find_in(above, last_name(name));
    free(above);
    return found;
}

/* One that is called as the file is, but for its endings. */
static char *
find_beside(const char *folder, const char *file)
{
    char *stem = strdup(last_name(file));
    char *found = NULL;

    while (found == NULL && stem != NULL && *find_ending(stem) != '\0') {
        char *image;

        stem[find_ending(stem) - stem] = '\0';
        image = path_append(stem, types[0].ending);
        if (image != NULL && *stem != '\0')
            found = find_in(folder, image);
        free(image);
    }
    free(stem);
    return found;
}

/* The folder of a path, from malloc(). */
static char *
folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? strdup(".")
                         : strndup(path, (size_t)(slash - path) + 1);
}

static char *
find_image(const char *file, const char *name)
{
    char *folder = folder_of(file);
    char *found = NULL;

    if (folder != NULL)
        found = find_named(folder, name);
    if (folder != NULL && found == NULL)
        found = find_beside(folder, file);
    free(folder);
    return found;
}

/* ---- Its address --------------------------------------------------------- */

static void
write_escaped(struct output *output, const char *path)
{
    static const char plain[] = "-._~/";
    char figures[4];

    for (; *path != '\0'; path++) {
        const char byte = *path;

        if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
            (byte >= '0' && byte <= '9') || strchr(plain, byte) != NULL)
            output_write(output, &byte, 1);
        else {
            snprintf(figures, sizeof(figures), "%%%02X", (unsigned char)byte);
            output_puts(output, figures);
        }
    }
}

/* Where the folder of the page is, with a slash at its end, from malloc(); NULL
 * where it has none. */
static char *
find_page_folder(const char *page)
{
    char *folder = output_is_direct(page) ? NULL : folder_of(page);
    char *real = folder != NULL ? realpath(folder, NULL) : NULL;
    char *found = real != NULL ? path_join(real, "") : NULL;

    free(folder);
    free(real);
    return found;
}

/* From the folder of the page to the image, so that both may move together;
 * else the whole path. */
static void
write_link(struct output *output, const char *page, const char *image)
{
    char *from = find_page_folder(page);
    char *to = realpath(image, NULL);
    size_t common = 0;

    if (from == NULL || to == NULL) {
        output_puts(output, to != NULL ? "file://" : "");
    } else {
        for (size_t i = 0; from[i] == to[i] && from[i] != '\0'; i++)
            common = from[i] == '/' ? i + 1 : common;
        for (const char *at = from + common; *at != '\0'; at++)
            output_puts(output, *at == '/' ? "../" : "");
    }
    if (to != NULL)
        write_escaped(output, to + common);
    free(from);
    free(to);
}

static void
write_base64(struct output *output, const struct buffer *bytes)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t at = 0; at < bytes->length; at += 3) {
        const size_t n = bytes->length - at < 3 ? bytes->length - at : 3;
        uint32_t value = 0;
        char four[4];

        for (size_t i = 0; i < 3; i++)
            value =
                value << 8 | (i < n ? (unsigned char)bytes->data[at + i] : 0U);
        for (size_t i = 0; i < 4; i++)
            four[i] = i > n ? '=' : letters[value >> (18 - 6 * i) & 63];
        output_write(output, four, 4);
    }
}

static void
write_data(struct output *output, const char *image)
{
    const char *type = find_type(image);
    struct buffer bytes = {0};

    if (type != NULL && input_slurp(image, INPUT_WHOLE, &bytes)) {
        output_puts(output, "data:");
        output_puts(output, type);
        output_puts(output, ";base64,");
        write_base64(output, &bytes);
    }
    buffer_free(&bytes);
}

/* An image within the file, of a type that is nothing but an image. */
static bool
is_data(const char *name)
{
    for (size_t i = 0; i < TYPES; i++) {
        const size_t length = strlen(types[i].type);

        if (strncmp(name, "data:", 5) == 0 &&
            strncmp(name + 5, types[i].type, length) == 0 &&
            (name[5 + length] == ';' || name[5 + length] == ','))
            return true;
    }
    return false;
}

void
review_image_write(struct output *output, const struct options *options,
                   const char *path, const char *name, size_t length)
{
    char *text = calloc(length + 1, 1); /* the name has no end of its own */
    char *image;

    if (text != NULL && length > 0)
        memcpy(text, name, length);
    if (text != NULL && is_data(text)) {
        report_write_string(output, text, strlen(text));
        free(text);
        return;
    }
    image = text != NULL ? find_image(path, text) : NULL;
    output_puts(output, "\"");
    if (image != NULL && options->images == IMAGES_EMBEDDED)
        write_data(output, image);
    else if (image != NULL)
        write_link(output, options->review, image);
    output_puts(output, "\"");
    free(image);
    free(text);
}
