/* parse_conllu.c - the analysis as CoNLL-U (https://universaldependencies.org/format.html).
 *
 * Labels are those of the model, which are no UD labels. A token of white space has the
 * form \s, \n, \t, or \uXXXX for each character, since the format has no place for it.
 */
#include "output/output.h"

#include "base/unicode.h"
#include "base/utf8.h"

/* White space would break the columns; so would the characters that end a line. */
static bool is_unfit(uint32_t code)
{
    return code < 32 || (code >= 127 && code < 160) || rg_unicode_is_space(code);
}

static void put_unfit(rg_buf *out, uint32_t code)
{
    if (code == ' ')
        rg_buf_text(out, "\\s");
    else if (code == '\n')
        rg_buf_text(out, "\\n");
    else if (code == '\t')
        rg_buf_text(out, "\\t");
    else
        rg_buf_format(out, "\\u%04x", (unsigned)code);
}

/* A column; one that is empty is written "_". */
static void put_column(rg_buf *out, rg_str text)
{
    rg_buf_byte(out, '\t');
    if (text.len == 0)
        rg_buf_byte(out, '_');
    for (int at = 0; at < text.len;) {
        rg_utf8_step step = rg_utf8_next(text, at);
        if (is_unfit(step.code))
            put_unfit(out, step.code);
        else
            rg_buf_put(out, rg_str_cut(text, at, at + step.len));
        at += step.len;
    }
}

/* The text on one line: what does not fit becomes a blank. */
static void put_line(rg_buf *out, rg_str text)
{
    for (int at = 0; at < text.len;) {
        rg_utf8_step step = rg_utf8_next(text, at);
        if (is_unfit(step.code))
            rg_buf_byte(out, ' ');
        else
            rg_buf_put(out, rg_str_cut(text, at, at + step.len));
        at += step.len;
    }
    rg_buf_byte(out, '\n');
}

static rg_str sentence_text(const rg_parse *parse, const rg_sentence *sentence)
{
    const rg_token *first = &parse->tokens[sentence->first];
    const rg_token *last = &parse->tokens[sentence->end - 1];
    rg_str text = parse->text->blocks[sentence->block].text;
    return rg_str_cut(text, first->start, last->start + last->lexeme->text.len);
}

static void put_misc(rg_buf *out, const rg_token *token)
{
    bool is_named = token->ent_iob != 'O' && token->ent_type.len > 0;
    rg_buf_byte(out, '\t');
    if (!token->space_after)
        rg_buf_text(out, "SpaceAfter=No");
    if (!token->space_after && is_named)
        rg_buf_byte(out, '|');
    if (is_named)
        rg_buf_format(out, "NER=%c-%.*s", token->ent_iob, RG_PRINT(token->ent_type));
    if (token->space_after && !is_named)
        rg_buf_byte(out, '_');
}

/* The head's number in its sentence; 0 for the root. */
static int head_number(const rg_parse *parse, const rg_sentence *sentence, int i)
{
    int head = parse->tokens[i].head;
    bool is_inside = head >= sentence->first && head < sentence->end;
    return head == i || !is_inside ? 0 : head - sentence->first + 1;
}

static void put_token(rg_buf *out, const rg_parse *parse, const rg_sentence *sentence,
                      int i)
{
    const rg_token *token = &parse->tokens[i];
    rg_buf_format(out, "%d", i - sentence->first + 1);
    put_column(out, token->lexeme->text);
    put_column(out, token->lemma);
    put_column(out, token->pos);
    put_column(out, token->tag);
    put_column(out, token->morph);
    rg_buf_format(out, "\t%d", head_number(parse, sentence, i));
    put_column(out, token->dep);
    put_column(out, RG_STR(""));
    put_misc(out, token);
    rg_buf_byte(out, '\n');
}

/* Sentences are numbered within their block, blocks over the whole run. */
static void put_parse(rg_buf *out, const rg_parse *parse, int first_block)
{
    if (!parse->text->document->goes_on) {
        rg_buf_text(out, "# newdoc id = ");
        put_line(out, parse->text->document->name);
    }
    int number = 0, block = -1;
    for (int s = 0; s < parse->sentence_count; s++) {
        const rg_sentence *sentence = &parse->sentences[s];
        number = sentence->block == block ? number + 1 : 1;
        block = sentence->block;
        rg_buf_format(out, "# sent_id = %d-%d\n# text = ", first_block + block, number);
        put_line(out, sentence_text(parse, sentence));
        for (int i = sentence->first; i < sentence->end; i++)
            put_token(out, parse, sentence, i);
        rg_buf_byte(out, '\n');
    }
}

const rg_format rg_format_parse_conllu = {
    .name = "conllu",
    .ending = ".conllu",
    .summary = "sentences in the ten columns of CoNLL-U",
    .from = RG_FROM_PARSE,
    .by_block = true,
    .put_parse = put_parse,
};
