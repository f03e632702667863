/* markdown.h - Markdown -> blocks of its text, offsets into the file kept.
 *
 * A paragraph, a heading, an item of a list, a cell of a table is a block; lines that
 * go on with a paragraph are joined. Marks go, whatever they are nested in: `>`, bullets, `#`,
 * emphasis, backticks, the address behind the text of a link. Text that is left out: fenced
 * code, comments, scripts and styles, images with their alternative text, definitions of
 * links, notes' marks. Indented code is kept: it cannot be told from items' paragraphs.
 * A mark without its other half is text.
 *
 * Title and date are those of the front matter (lines `title:` and `date:` between two lines
 * `---` at the start), or the title is the first heading of level one.
 *
 * Two passes over the lines, each byte marked with what it is (rg_mark); then what is text is
 * put together. Every scan that may fail fails once a block, or is bounded: linear.
 */
#ifndef RG_TEXT_MARKDOWN_H
#define RG_TEXT_MARKDOWN_H

#include "text/text.h"

bool rg_markdown_read(const rg_text **out, rg_arena *arena, const rg_document *document,
                      rg_error *err);

#endif
