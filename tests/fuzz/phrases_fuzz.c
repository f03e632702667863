/* phrases_fuzz.c - any text as a phrase is refused with a place, or read; what it is read as
 * is a rule that loads and can be used. Needs the model (RELGRAPH_MODEL or models/).
 *
 * A zero byte in the input ends the phrase; behind it stands another word for "buys". */
#include "fuzz_rules.h"

#include "run/phrases.h"

#include <string.h>

/* As small as it can be, since each filler of a slot is one more analysis. */
static const char head[] =
    "relgraph: 1\n"
    "lists: {lead: [lead, look after], title: [chief, vice president]}\n"
    "types: {name: {pos: PROPN, like: [Ann]}, org: {is: name, ent: ORG, like: [Sony]},\n"
    "  thing: {pos: [NOUN, PROPN], like: [the road]}, unknown: {pos: PROPN, untyped: true}}\n"
    "derive:\n"
    "  SUBJ: ['v >nsubj', 'v >agent >pobj', 'v >SUBJ >conj']\n"
    "  OBJ: ['v >dobj', 'v >nsubjpass']\n"
    "  'OBL:{p}': ['v >prep=p >pobj']\n"
    "phrase: {scaffolds: ['We know {}'], forms: ['{past}'], verb: '[VERB|AUX]',\n"
    "  drop: '[DET|AUX|PUNCT|PART|SPACE]', loose: PROPN, names: name,\n"
    "  unknown: ':unknown'}\n"
    "relations:\n"
    "  r:\n"
    "    examples: [Sony bought the road. => Sony | r | road, 'Ann slept. => none']\n"
    "    say: \"";

static rg_str write_rules(rg_arena *arena, const uint8_t *bytes, size_t size)
{
    rg_buf out = rg_buf_in(arena);
    const uint8_t *zero = size > 0 ? memchr(bytes, 0, size) : NULL;
    size_t end = zero ? (size_t)(zero - bytes) : size;
    rg_buf_text(&out, head);
    fuzz_put_scalar(&out, fuzz_input(bytes, end));
    rg_buf_text(&out, "\"\n");
    if (zero) {
        rg_buf_text(&out, "    words:\n      buy: [\"");
        fuzz_put_scalar(&out, fuzz_input(zero + 1, size - end - 1));
        rg_buf_text(&out, "\"]\n");
    }
    return rg_buf_str(&out);
}

static void use_rules(rg_arena *arena, const rg_rules *rules)
{
    static const char sentence[] = "Sony, which Ann bought, sold the road to Intel.";
    rg_error err = {0};
    const rg_text *text;
    const rg_parse *parse;
    const rg_triples *triples;
    const rg_extract_options options = {.trace = true};
    rg_document *document = rg_new(arena, rg_document, 1);
    *document = (rg_document){.name = {"fuzz", 4}, .bytes = rg_str_of(sentence)};
    fuzz_check(rg_text_read(&text, arena, document, &err)
               && rg_lang_parse(&parse, arena, fuzz_lang(), text, &err)
               && rg_extract_run(&triples, arena, rg_extract_new(arena, rules), parse,
                                 &options, &err));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size > 200)
        return 0;
    rg_arena *arena = rg_arena_new();
    rg_str all = write_rules(arena, bytes, size);
    const rg_rules *rules;
    rg_error err = {0};
    bool ok = fuzz_load_text(&rules, arena, &all);
    const rg_rules *loaded = rules;
    if (ok) {
        rg_checker checker = {.lang = fuzz_lang(),
                              .rules = rules,
                              .reporter = {fuzz_check_message, &all}};
        rg_phrases_request phrases = {.checker = &checker, .fresh = true};
        ok = rg_phrases_compile(&rules, arena, &phrases, &err);
        fuzz_check(ok == (err.kind == RG_ERROR_NONE));
    }
    if (ok) {
        fuzz_check(!rg_phrases_wait(rules));
        use_rules(arena, rules);
    }
    rg_rules_free(loaded);
    rg_arena_free(arena);
    return 0;
}
