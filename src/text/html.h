/* html.h - HTML -> blocks of its main text, offsets into the page kept.
 *
 * One pass over the bytes, as the HTML standard reads tags, comments and character
 * references, without making a tree: a stack of at most 256 open elements (what is nested
 * deeper counts as if it stood there) knows in which of them a block lies.
 *
 * Elements that are no inline ones end blocks; so do two <br> in a row, and blank lines in
 * <pre>. Scripts, styles, templates, <noscript>, <select>, <button> and the like are never
 * text. Which of the other blocks are the main text is decided at the end:
 *
 * - Not those in <nav>, <header>, <footer>, <aside>, <menu>, <dialog>, their ARIA roles, or
 *   `hidden`; a <header> within <article> or <main> has the headline and counts. Not those in
 *   a <form>, unless forms hold more than half of the text: then one wraps the page.
 * - Not short ones that are mostly links and no sentences: menus without such an element.
 * - Of the rest those in <main>, if they are at least a quarter; else those in <article>, if
 *   they are at least a third; else all.
 * - If nothing is left, all blocks: no page with text is empty.
 *
 * Nothing is lost to malformed markup: a '<' that begins no tag is text, and so is a tag that
 * is not closed before the next; an unclosed comment loses its mark only. Script or style that
 * never ends hides the rest of a page: rg_text.warning says so.
 *
 * Encodings: UTF-8, and windows-1252 (with ISO 8859-1) if a <meta> says so and the bytes are
 * not UTF-8. Others are read as UTF-8, with a warning; UTF-16 is refused.
 */
#ifndef RG_TEXT_HTML_H
#define RG_TEXT_HTML_H

#include "text/text.h"

enum { RG_MARKUP_LARGEST = 256 * 1024 * 1024 }; /* bytes of a document with markup */

bool rg_html_read(const rg_text **out, rg_arena *arena, const rg_document *document,
                  rg_error *err);

/* Does such a tag end the text before it? */
bool rg_html_breaks(rg_str name);

#endif
