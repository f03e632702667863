/* parse_tsv.c - the analysis as TSV, one token a line: made to be compared with spaCy's. */
#include "output/output.h"

#include "base/unicode.h"
#include "base/utf8.h"

#include <assert.h>
#include <limits.h>
#include <stdint.h>

static void put_header(rg_buf *out)
{
    rg_buf_text(out,
                "doc\ti\ttext\tws\tidx\tnorm\tprefix\tsuffix\tshape\tlower\ttag\tpos\t"
                "morph\tlemma\thead\tdep\tsent_start\tent_iob\tent_type\n");
}

/* A line is written where the buffer has room for all of it; this is where the next byte
 * goes. Only so is the writing a small part of the analysis' time. */
typedef char *cursor;

enum { LONGEST_NUMBER = 12, ESCAPE = 6 }; /* bytes of an int, of \uXXXX */

static bool is_escaped(uint32_t code)
{
    return code < 32 || (code >= 127 && code < 160)
           || (rg_unicode_is_space(code) && code != ' ');
}

static cursor put_number(cursor to, int number)
{
    char digits[LONGEST_NUMBER]; /* the last one first */
    int count = 0;
    unsigned left = number < 0 ? 0u - (unsigned)number : (unsigned)number;
    do {
        digits[count++] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    *to = '-';
    to += number < 0;
    while (count > 0)
        *to++ = digits[--count];
    *to = '\t';
    return to + 1;
}

static cursor put_plain(cursor to, rg_str text)
{
    for (int i = 0; i < text.len; i++)
        *to++ = text.bytes[i];
    *to = '\t';
    return to + 1;
}

static cursor put_escape(cursor to, uint32_t code)
{
    static const char digits[] = "0123456789abcdef";
    assert(code <= 0xffff); /* no white space or control character lies beyond */
    *to++ = '\\';
    *to++ = 'u';
    for (int shift = 12; shift >= 0; shift -= 4)
        *to++ = digits[code >> shift & 15];
    return to;
}

/* The text with white space and control characters as \uXXXX. */
static cursor put_escaped(cursor to, rg_str text)
{
    for (int at = 0; at < text.len;) {
        unsigned char byte = (unsigned char)text.bytes[at];
        if (byte >= ' ' && byte < 127 && byte != '\\') {
            *to++ = text.bytes[at++];
            continue;
        }
        rg_utf8_step step = rg_utf8_next(text, at);
        if (step.code == '\\')
            *to++ = '\\';
        if (is_escaped(step.code))
            to = put_escape(to, step.code);
        else
            for (int i = 0; i < step.len; i++)
                *to++ = text.bytes[at + i];
        at += step.len;
    }
    *to = '\t';
    return to + 1;
}

/* Bytes that a token's line has at most: each byte of a text can become an escape. */
static int longest_line(const rg_token *token)
{
    const rg_lexeme *lexeme = token->lexeme;
    int64_t escaped = (int64_t)lexeme->text.len + token->norm.len + lexeme->prefix.len
                      + lexeme->suffix.len + lexeme->shape.len + lexeme->lower.len
                      + token->lemma.len;
    int64_t plain = (int64_t)token->tag.len + token->pos.len + token->morph.len
                    + token->dep.len + token->ent_type.len;
    int64_t size = ESCAPE * escaped + plain + 19 + 7 * LONGEST_NUMBER;
    return size < INT_MAX ? (int)size : INT_MAX;
}

static void put_token(rg_buf *out, const rg_parse *parse, int i, int first_block)
{
    const rg_token *token = &parse->tokens[i];
    const rg_lexeme *lexeme = token->lexeme;
    int first = parse->block_first[token->block];
    cursor start = rg_buf_room(out, longest_line(token)), to = start;
    to = put_number(to, first_block + token->block);
    to = put_number(to, i - first);
    to = put_escaped(to, lexeme->text);
    to = put_number(to, token->space_after);
    to = put_number(to, token->idx);
    to = put_escaped(to, token->norm);
    to = put_escaped(to, lexeme->prefix);
    to = put_escaped(to, lexeme->suffix);
    to = put_escaped(to, lexeme->shape);
    to = put_escaped(to, lexeme->lower);
    to = put_plain(to, token->tag);
    to = put_plain(to, token->pos);
    to = put_plain(to, token->morph);
    to = put_escaped(to, token->lemma);
    to = put_number(to, token->head - first);
    to = put_plain(to, token->dep);
    to = put_number(to, token->sent_start);
    to = put_plain(to, (rg_str){&token->ent_iob, 1});
    to = put_plain(to, token->ent_type);
    to[-1] = '\n';
    out->len += (int)(to - start);
}

static void put_parse(rg_buf *out, const rg_parse *parse, int first_block)
{
    for (int i = 0; i < parse->token_count; i++)
        put_token(out, parse, i, first_block);
}

const rg_format rg_format_parse_tsv = {
    .name = "tsv",
    .ending = ".tsv",
    .summary = "tokens, one a line, with every column of the analysis",
    .from = RG_FROM_PARSE,
    .by_block = true,
    .put_header = put_header,
    .put_parse = put_parse,
};
