/* pattern_fuzz.c - any bytes as the small languages of rule files: refused with a place, or
 * run on a sentence, the same twice. Each line of the input stands in one place of a
 * rule file; an empty one leaves what is there. */
#include "fuzz_rules.h"

#include "../notation.h"
#include "base/utf8.h"
#include "entities/entities.h"

static const char sentences[] =
    "Ann/NNP/nsubj/3/B-PERSON and/CC/cc/0 Bob/NNP/conj/0/B-PERSON judged:judge/VBD/ROOT/3 "
    "the/DT/det/5 risk/NN/dobj/3 of/IN/prep/5 Acme/NNP/pobj/6/B-ORG Corp./NNP/appos/7/I-ORG "
    "manageable/JJ/oprd/3 in/IN/prep/3 2006/CD/pobj/10/B-DATE ^././punct/3\n"
    "It/PRP/nsubjpass/2 was:be/VBD/auxpass/2 sold:sell/VBN/ROOT/2 by/IN/agent/2 "
    "banks:bank/NNS/pobj/3 to/TO/aux/6 save/VB/xcomp/2 money/NN/dobj/6";

/* A piece of the rule file, with the scalar that stands behind it. */
static const struct {
    const char *before, *usual;
} places[] = {
    {"relgraph: 1\n"
     "lists: {judge: [judge, look at], short: {judge: j, sell: s}, the: [the]}\n"
     "types: {person: {ent: PERSON}, thing: {pos: [NOUN, PROPN], list: $judge}}\n"
     "repair:\n  - match: ",
     "v[$judge] >dobj=a >det=b"},
    {"\n    edit:\n      - ", "retag a tag=NN"},
    {"\nderive:\n  SUBJ:\n    - v >(nsubj|agent)\n    - ", "v >SUBJ >conj"},
    {"\n  'OBL:{p}':\n    - ", "v >prep=p >pobj"},
    {"\nmentions:\n  - {type: thing, mention: m, match: ", "m[NUM]"},
    {"}\nrules:\n  - rule: r\n    match: {verb: ", "[VERB]"},
    {"}\n    args:\n      subject: ", "verb >SUBJ | verb >nsubjpass"},
    {"\n      object: ", "verb >(dobj|agent) (> | <)? [:thing]"},
    {"\n      more: ", "maybe verb >OBL:*"},
    {"\n    not: ", "verb >neg"},
    {"\n    where: [subject != object, more != verb, ", "subject != object"},
    {"]\n    with: {time: ", "in|on <thing>"},
    {"}\n    relation: ", "{verb|present}{more?|dash}"},
    {"\n    set: {act: ", "{subject.text}"},
    {"}\n  - rule: l\n    match: {v: '[VERB]'}\n    args: {s: v >(nsubj|nsubjpass), o: ",
     "list v >xcomp? (>dobj | >(prep|agent)=p >pobj)"},
    {"}\n    subject: s\n    object: o\n    relation: '{v}{o.lead|dash}'\n    lead: o\n"
     "    supply: be\n    wording: ",
     "v (>(aux|auxpass))?"},
    {"\nattributes:\n  - set: {polarity: negated}\n    when: ", "verb <xcomp"},
    {"\noutput:\n  tuple: chain\n  spans: minimal\n  split: all\n  past: '[tag=VBD]'\n"
     "  minimal: [head, head >det]\n  carry: [head <dobj]\n  plural: ['head[tag=NNS]']\n"
     "  finite: ['head[tag=VBD]']\n  conjuncts: [head >conj]\n  nested: [",
     "head >prep=p >pobj"},
    {"]\n  np: [head, ", "head >(compound|amod)*"},
    {"]\ntests:\n  - ", "Ann slept. => none"},
};
enum { PLACES = sizeof places / sizeof places[0] };

/* Simply quoted (so that places in it are exact) if YAML can say it so, else escaped. */
static void put_scalar(rg_buf *out, rg_str text)
{
    bool plain = rg_utf8_find_bad(text) < 0;
    for (int i = 0; i < text.len; i++)
        plain = plain && (unsigned char)text.bytes[i] >= ' ' && text.bytes[i] != 0x7f;
    rg_buf_byte(out, plain ? '\'' : '"');
    for (int i = 0; i < text.len; i++) {
        if (!plain)
            rg_buf_format(out, "\\x%02x", (unsigned)(unsigned char)text.bytes[i]);
        else if (text.bytes[i] == '\'')
            rg_buf_text(out, "''");
        else
            rg_buf_byte(out, text.bytes[i]);
    }
    rg_buf_byte(out, plain ? '\'' : '"');
}

static rg_str make_rules(rg_arena *arena, rg_str input)
{
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < PLACES; i++) {
        int end = rg_str_find_byte(input, '\n', 0);
        rg_str line = rg_str_cut(input, 0, end < 0 ? input.len : end);
        input = rg_str_cut(input, line.len + 1, input.len);
        rg_buf_text(&out, places[i].before);
        put_scalar(&out, line.len ? line : rg_str_of(places[i].usual));
    }
    rg_buf_byte(&out, '\n');
    return rg_buf_str(&out);
}

static const rg_edges *use_rules(rg_arena *arena, const rg_rules *rules)
{
    const rg_extract_options options = {.trace = true};
    const rg_triples *triples;
    const rg_entities *entities = NULL;
    rg_error err = {0};
    const rg_extractor *extractor = rg_extract_new(arena, rules);
    fuzz_check(rg_extract_run(&triples, arena, extractor,
                              read_notation(arena, sentences), &options, &err)
               && rg_entities_link(&entities, arena, rules, triples, NULL, &err));
    return &entities->edges;
}

static void check_same(const rg_edges *a, const rg_edges *b)
{
    fuzz_check(a->count == b->count);
    for (int i = 0; i < a->count; i++)
        fuzz_check(rg_str_equal(a->items[i].id, b->items[i].id));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    rg_arena *arena = rg_arena_new();
    rg_str text = make_rules(arena, fuzz_input(bytes, size));
    const rg_rules *rules;
    bool ok = fuzz_load_text(&rules, arena, &text);
    fuzz_check(ok || size > 0); /* what stands there is right */
    if (ok) {
        check_same(use_rules(arena, rules), use_rules(arena, rules));
        rg_rules_free(rules);
    }
    rg_arena_free(arena);
    return 0;
}
