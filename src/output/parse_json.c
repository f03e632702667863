/* parse_json.c - the analysis as JSON: one object a document, with tokens and sentences.
 *
 * Offsets are bytes in the file, end exclusive; heads and the ends of sentences are
 * indexes of tokens. Each token is made and written by itself, so that a long document
 * needs no tree of its own size.
 */
#include "base/json.h"
#include "output/output.h"

static json_t *make_token(const rg_parse *parse, int i, int first_block)
{
    const rg_token *token = &parse->tokens[i];
    const rg_lexeme *lexeme = token->lexeme;
    char iob[] = {token->ent_iob, '\0'};
    return json_pack(
        "{si si si si s:s% sb s:s% s:s% s:s% s:s% s:s% si s:s% sb ss s:s%}", "i", i,
        "block", first_block + token->block, "start", rg_parse_start(parse, i), "end",
        rg_parse_end(parse, i), "text", lexeme->text.bytes, (size_t)lexeme->text.len,
        "space_after", token->space_after, "norm", token->norm.bytes,
        (size_t)token->norm.len, "lemma", token->lemma.bytes, (size_t)token->lemma.len,
        "pos", token->pos.bytes, (size_t)token->pos.len, "tag", token->tag.bytes,
        (size_t)token->tag.len, "morph", token->morph.bytes, (size_t)token->morph.len,
        "head", token->head, "dep", token->dep.bytes, (size_t)token->dep.len,
        "sentence_start", token->sent_start == 1, "ent_iob", iob, "ent_type",
        token->ent_type.bytes, (size_t)token->ent_type.len);
}

static json_t *make_sentence(const rg_parse *parse, const rg_sentence *sentence,
                             int first_block)
{
    return json_pack("{si si si si si}", "block", first_block + sentence->block,
                     "first", sentence->first, "last", sentence->end - 1, "start",
                     rg_parse_start(parse, sentence->first), "end",
                     rg_parse_end(parse, sentence->end - 1));
}

static void put_parse(rg_buf *out, const rg_parse *parse, int first_block)
{
    rg_buf_text(out, "{\"doc\":");
    rg_json_put(out, rg_json_string(parse->text->document->name));
    rg_buf_text(out, ",\"tokens\":[");
    for (int i = 0; i < parse->token_count; i++) {
        rg_buf_text(out, i ? "," : "");
        rg_json_put(out, make_token(parse, i, first_block));
    }
    rg_buf_text(out, "],\"sentences\":[");
    for (int s = 0; s < parse->sentence_count; s++) {
        rg_buf_text(out, s ? "," : "");
        rg_json_put(out, make_sentence(parse, &parse->sentences[s], first_block));
    }
    rg_buf_text(out, "]}\n");
}

const rg_format rg_format_parse_json = {
    .name = "json",
    .ending = ".json",
    .summary = "one JSON object a document: tokens and sentences",
    .from = RG_FROM_PARSE,
    .put_parse = put_parse,
};
