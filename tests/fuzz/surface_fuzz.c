/* surface_fuzz.c - any text as a surface pattern is refused with a place, or can be used.
 *
 * The words that a sentence must hold (the index of rules) change nothing: with trace all
 * surface rules are tried, without it only those whose words stand there. */
#include "../notation.h"
#include "fuzz_rules.h"

#include "entities/entities.h"

static const char sentences[] =
    "The/DT/det/1 zoo/NN/nsubj/2 keeps:keep/VBZ/ROOT/2 animals:animal/NNS/dobj/2 "
    "^,/,/punct/3 such/JJ/amod/6 as/IN/prep/3 lions:lion/NNS/pobj/6 ^,/,/punct/7 "
    "tigers:tiger/NNS/conj/7 and/CC/cc/9 bears:bear/NNS/conj/9 ^././punct/2\n"
    "Jane/NNP/compound/1/B-PERSON Smith/NNP/nsubjpass/3/I-PERSON was:be/VBD/auxpass/3 "
    "born:bear/VBN/ROOT/3 in/IN/prep/3 London/NNP/pobj/4/B-GPE ^-/HYPH/punct/7 "
    "^upon/NN/dep/5 (/-LRB-/punct/9 ^aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab/NN/dep/3";

static const char head[] =
    "relgraph: 1\n"
    "lists: {joint: [\",\", and], beast: [lion, tiger], determiner: [the]}\n"
    "types: {name: {pos: PROPN}, person: {is: name, ent: PERSON}, thing: {pos: [NOUN, "
    "PROPN]}, place: {is: name, ent: GPE}}\n"
    "output: {joint: $joint, edge: $determiner, np: [head, head >(compound|amod)]}\n"
    "rules:\n"
    "  - rule: r\n"
    "    relation: r\n"
    "    text: \"";

/* The input in the quotes of YAML: "|" between patterns stays what it is. */
static rg_str write_rules(rg_arena *arena, const uint8_t *bytes, size_t size)
{
    rg_buf out = rg_buf_in(arena);
    rg_buf_text(&out, head);
    fuzz_put_scalar(&out, fuzz_input(bytes, size));
    rg_buf_text(&out, "\"\n");
    return rg_buf_str(&out);
}

static void check_tokens(const rg_parse *parse, const rg_triple *triple,
                         rg_tokens tokens)
{
    const rg_sentence *where = &parse->sentences[triple->sentence];
    for (int i = 0; i < tokens.count; i++)
        fuzz_check(tokens.items[i] >= where->first && tokens.items[i] < where->end
                   && (i == 0 || tokens.items[i] > tokens.items[i - 1]));
}

static const rg_triples *extract(rg_arena *arena, const rg_rules *rules,
                                 const rg_parse *parse, bool trace)
{
    const rg_extract_options options = {.trace = trace};
    const rg_triples *triples;
    rg_error err = {0};
    const rg_extractor *extractor = rg_extract_new(arena, rules);
    fuzz_check(rg_extract_run(&triples, arena, extractor, parse, &options, &err));
    for (int i = 0; i < triples->count; i++) {
        check_tokens(parse, &triples->items[i], triples->items[i].subject.span);
        check_tokens(parse, &triples->items[i], triples->items[i].object.span);
        check_tokens(parse, &triples->items[i], triples->items[i].wording);
    }
    return triples;
}

static void use_rules(rg_arena *arena, const rg_rules *rules)
{
    const rg_parse *parse = read_notation(arena, sentences);
    const rg_triples *all = extract(arena, rules, parse, true);
    const rg_triples *found = extract(arena, rules, parse, false);
    const rg_entities *entities;
    rg_error err = {0};
    fuzz_check(all->count == found->count);
    for (int i = 0; i < all->count; i++)
        fuzz_check(all->items[i].subject.head == found->items[i].subject.head
                   && all->items[i].object.head == found->items[i].object.head);
    fuzz_check(rg_entities_link(&entities, arena, rules, found, NULL, &err));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size > 4096)
        return 0;
    rg_arena *arena = rg_arena_new();
    rg_str all = write_rules(arena, bytes, size);
    const rg_rules *rules;
    if (fuzz_load_text(&rules, arena, &all))
        use_rules(arena, rules);
    rg_rules_free(rules);
    rg_arena_free(arena);
    return 0;
}
