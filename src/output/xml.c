#include "output/xml.h"

#include "base/utf8.h"
#include "output/output.h"

#include <pthread.h>

/* It tells want of memory to standard error. */
static void say_nothing(void *user, const char *format, ...)
{
    (void)user;
    (void)format;
}

static void watch(void)
{
    xmlMemSetup(rg_library_free, rg_library_take, rg_library_grow, rg_library_copy);
}

void rg_output_watch(void)
{
    static pthread_once_t watched = PTHREAD_ONCE_INIT;
    pthread_once(&watched, watch);
}

void rg_xml_hush(void)
{
    xmlSetGenericErrorFunc(NULL, say_nothing);
    rg_library_ran_out();
}

static const xmlChar *name_of(const char *name)
{
    return (const xmlChar *)name;
}

static void free_bytes(void *bytes)
{
    xmlBufferFree(bytes);
}

static void free_writer(void *writer)
{
    xmlFreeTextWriter(writer);
}

/* The arena owns writer and bytes, since it may run full in between. */
rg_xml rg_xml_open(rg_buf *out)
{
    rg_xml xml = {.out = out, .clean = rg_buf_in(out->arena)};
    rg_xml_hush();
    xml.bytes = xmlBufferCreate();
    if (!xml.bytes)
        rg_arena_give_up(out->arena);
    rg_arena_own(out->arena, xml.bytes, free_bytes);
    xml.writer = xmlNewTextWriterMemory(xml.bytes, 0);
    if (!xml.writer)
        rg_arena_give_up(out->arena);
    rg_arena_own(out->arena, xml.writer, free_writer);
    xmlTextWriterSetIndent(xml.writer, 1);
    xml.failed = xmlTextWriterStartDocument(xml.writer, NULL, "UTF-8", NULL) < 0;
    return xml;
}

void rg_xml_close(rg_xml *xml)
{
    xml->failed |= xmlTextWriterEndDocument(xml->writer) < 0;
    rg_arena_release(xml->out->arena, xml->writer); /* writes the rest into the bytes */
    xml->failed |= rg_library_ran_out();
    if (xml->failed)
        rg_arena_give_up(xml->out->arena);
    int length = xmlBufferLength(xml->bytes);
    rg_buf_put(xml->out, (rg_str){(const char *)xmlBufferContent(xml->bytes), length});
    rg_arena_release(xml->out->arena, xml->bytes);
}

void rg_xml_start(rg_xml *xml, const char *element)
{
    xml->failed |= xmlTextWriterStartElement(xml->writer, name_of(element)) < 0;
}

void rg_xml_end(rg_xml *xml)
{
    xml->failed |= xmlTextWriterEndElement(xml->writer) < 0;
}

/* Can it stand in XML 1.0? (Char, section 2.2) */
static bool is_xml(rg_utf8_step step)
{
    uint32_t code = step.code;
    bool is_control = code < 0x20 && code != '\t' && code != '\n' && code != '\r';
    return step.ok && !is_control && code != 0xfffe && code != 0xffff;
}

/* Valid until the next one. */
static const xmlChar *clean(rg_xml *xml, rg_str text)
{
    xml->clean.len = 0;
    for (int at = 0; at < text.len;) {
        rg_utf8_step step = rg_utf8_next(text, at);
        at += step.len;
        rg_utf8_put(&xml->clean, is_xml(step) ? step.code : RG_UTF8_REPLACEMENT);
    }
    rg_buf_byte(&xml->clean, '\0');
    return name_of(xml->clean.bytes);
}

void rg_xml_set(rg_xml *xml, const char *attribute, rg_str value)
{
    xml->failed |=
        xmlTextWriterWriteAttribute(xml->writer, name_of(attribute), clean(xml, value))
        < 0;
}

void rg_xml_text(rg_xml *xml, rg_str text)
{
    xml->failed |= xmlTextWriterWriteString(xml->writer, clean(xml, text)) < 0;
}
