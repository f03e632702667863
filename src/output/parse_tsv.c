/* parse_tsv.c - the analysis as TSV, one token a line: made to be compared with spaCy's. */
#include "output/output.h"

#include "base/unicode.h"
#include "base/utf8.h"

static void put_header(rg_buf *out)
{
    rg_buf_text(out,
                "doc\ti\ttext\tws\tidx\tnorm\tprefix\tsuffix\tshape\tlower\ttag\tpos\t"
                "morph\tlemma\thead\tdep\tsent_start\tent_iob\tent_type\n");
}

static bool is_escaped(uint32_t code)
{
    return code < 32 || (code >= 127 && code < 160)
           || (rg_unicode_is_space(code) && code != ' ');
}

/* A tab, then the text; white space and control characters as \uXXXX. */
static void put_escaped(rg_buf *out, rg_str text)
{
    rg_buf_byte(out, '\t');
    for (int at = 0; at < text.len;) {
        rg_utf8_step step = rg_utf8_next(text, at);
        if (step.code == '\\')
            rg_buf_text(out, "\\\\");
        else if (is_escaped(step.code))
            rg_buf_format(out, "\\u%04x", (unsigned)step.code);
        else
            rg_buf_put(out, rg_str_cut(text, at, at + step.len));
        at += step.len;
    }
}

static void put_plain(rg_buf *out, rg_str text)
{
    rg_buf_byte(out, '\t');
    rg_buf_put(out, text);
}

static void put_token(rg_buf *out, const rg_parse *parse, int i, int first_block)
{
    const rg_token *token = &parse->tokens[i];
    const rg_lexeme *lexeme = token->lexeme;
    int first = parse->block_first[token->block];
    rg_buf_format(out, "%d\t%d", first_block + token->block, i - first);
    put_escaped(out, lexeme->text);
    rg_buf_format(out, "\t%d\t%d", token->space_after, token->idx);
    put_escaped(out, token->norm);
    put_escaped(out, lexeme->prefix);
    put_escaped(out, lexeme->suffix);
    put_escaped(out, lexeme->shape);
    put_escaped(out, lexeme->lower);
    put_plain(out, token->tag);
    put_plain(out, token->pos);
    put_plain(out, token->morph);
    put_escaped(out, token->lemma);
    rg_buf_format(out, "\t%d", token->head - first);
    put_plain(out, token->dep);
    rg_buf_format(out, "\t%d\t%c", token->sent_start, token->ent_iob);
    put_plain(out, token->ent_type);
    rg_buf_byte(out, '\n');
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
    .put_header = put_header,
    .put_parse = put_parse,
};
