/* xml.h - what the formats in XML share: libxml2's writer, fed with any text.
 *
 * What XML cannot hold (ill-formed UTF-8, controls, noncharacters) becomes U+FFFD.
 */
#ifndef RG_OUTPUT_XML_H
#define RG_OUTPUT_XML_H

#include "base/buf.h"

#include <libxml/xmlwriter.h>

typedef struct rg_xml {
    xmlBufferPtr bytes;
    xmlTextWriterPtr writer;
    rg_buf *out, clean;
    bool failed; /* for want of memory */
} rg_xml;

/* Before libxml2 is called: it prints nothing, and rg_library_ran_out tells of its memory. */
void rg_xml_hush(void);
/* Begins a document; rg_xml_close puts it into `out`. */
rg_xml rg_xml_open(rg_buf *out);
void rg_xml_close(rg_xml *xml);
void rg_xml_start(rg_xml *xml, const char *element);
void rg_xml_end(rg_xml *xml);
void rg_xml_set(rg_xml *xml, const char *attribute, rg_str value);
void rg_xml_text(rg_xml *xml, rg_str text);

#endif
