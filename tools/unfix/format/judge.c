/* SPDX-License-Identifier: MPL-2.0 */
#include "format/judge.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

/* Bytes that the parser gets at a time. */
#define BLOCK ((size_t)64 * 1024)

static void
start_element(void *user, const xmlChar *name, const xmlChar *prefix,
              const xmlChar *space, int namespaces, const xmlChar **declared,
              int attributes, int defaulted, const xmlChar **values)
{
    struct judgement *judgement = ((xmlParserCtxtPtr)user)->_private;

    (void)prefix;
    (void)namespaces;
    (void)declared;
    (void)attributes;
    (void)defaulted;
    (void)values;
    if (judgement->elements++ > 0)
        return;
    snprintf(judgement->root, sizeof(judgement->root), "%s",
             (const char *)name);
    if (space != NULL)
        snprintf(judgement->space, sizeof(judgement->space), "%s",
                 (const char *)space);
}

static void
be_silent(void *user, const char *message, ...)
{
    (void)user;
    (void)message;
}

bool
judge_xml(const char *bytes, size_t length, struct judgement *judgement)
{
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                             .startElementNs = start_element,
                             .error = be_silent,
                             .warning = be_silent};
    xmlParserCtxtPtr parser;
    int status = XML_ERR_OK;
    bool good;

    *judgement = (struct judgement){0};
    xmlSetGenericErrorFunc(NULL, be_silent); /* of this thread */
    parser = xmlCreatePushParserCtxt(&handler, NULL, NULL, 0, NULL);
    if (parser == NULL)
        return false;
    parser->_private = judgement;
    parser->userData = parser;
    xmlCtxtUseOptions(parser, XML_PARSE_NONET);
    for (size_t at = 0; at < length && status == XML_ERR_OK; at += BLOCK) {
        const size_t n = length - at < BLOCK ? length - at : BLOCK;

        status = xmlParseChunk(parser, bytes + at, (int)n, 0);
    }
    xmlParseChunk(parser, bytes, 0, 1);
    judgement->is_well_formed = parser->wellFormed == 1;
    good = status != XML_ERR_NO_MEMORY && parser->errNo != XML_ERR_NO_MEMORY;
    if (parser->myDoc != NULL)
        xmlFreeDoc(parser->myDoc);
    xmlFreeParserCtxt(parser);
    return good;
}
