/* kept_test.c - numbers, an analysis, entities and triples as bytes: what is read again is
 * what was there, and what is damaged, cut or of another text is refused. */
#include "with_model.h"

#include "entities/entities.h"
#include "run/engine.h"
#include "store/sql.h"

static const char sample[] =
    "Ann Lee, the founder of Acme, left  it in 2001.\nShe said so.\n\nNorsund bought it.";

typedef struct fixture {
    rg_engine *engine;
    rg_arena *arena;
    rg_document document;
    const rg_text *text;
    const rg_parse *parse;
    rg_findings found;
} fixture;

static int set_up(void **state)
{
    static fixture f;
    rg_error err = {0};
    const rg_options options = {.model = getenv("RELGRAPH_MODEL"), .threads = 1};
    assert_true(rg_engine_new(&f.engine, &options, &err)
                && rg_engine_load_rules(f.engine, &err)
                && rg_engine_load_model(f.engine, &err)
                && rg_engine_open_lang(&f.engine->workers[0], f.engine, &err));
    f.arena = f.engine->workers[0].arena;
    f.document = (rg_document){.name = RG_STR("a.txt"), .bytes = RG_STR(sample)};
    assert_true(
        rg_text_read(&f.text, f.arena, &f.document, &err)
        && rg_lang_parse(&f.parse, f.arena, f.engine->workers[0].lang, f.text, &err)
        && rg_entities_name(&f.found, f.arena, f.engine->rules, f.engine->extractor,
                            f.parse, &err));
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    rg_engine_free(((fixture *)*state)->engine);
    return 0;
}

static void same(rg_str a, rg_str b)
{
    assert_true(rg_str_equal(a, b));
}

static rg_str pack(const fixture *f)
{
    rg_buf out = rg_buf_in(f->arena);
    assert_true(rg_parse_pack(&out, f->parse, 7));
    char *copy = (char *)rg_new(f->arena, uint64_t, (size_t)out.len / 8 + 1);
    memcpy(copy, out.bytes, (size_t)out.len);
    return (rg_str){copy, out.len};
}

static void numbers_come_back(void **state)
{
    const fixture *f = *state;
    static const int numbers[] = {0,   1,   -1,   63,        64,
                                  -64, -65, 8191, INT32_MAX, INT32_MIN};
    enum { COUNT = sizeof numbers / sizeof *numbers };
    rg_buf out = rg_buf_in(f->arena);
    for (int i = 0; i < COUNT; i++)
        rg_pack_int(&out, numbers[i]);
    rg_pack_double(&out, 0.83);
    rg_pack_str(&out, RG_STR("Ann"));
    rg_unpacker from = rg_unpack_from(rg_buf_str(&out));
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(rg_unpack_int(&from), numbers[i]);
    assert_true(rg_unpack_double(&from) == 0.83);
    same(rg_unpack_str(&from), RG_STR("Ann"));
    assert_true(rg_unpack_done(&from));
    assert_int_equal(rg_unpack_int(&from), 0);
    assert_false(from.ok);
}

static void an_analysis_comes_back(void **state)
{
    const fixture *f = *state;
    const rg_parse *back;
    assert_true(rg_parse_unpack(&back, f->arena, pack(f), f->text, 7));
    assert_int_equal(back->token_count, f->parse->token_count);
    assert_int_equal(back->sentence_count, f->parse->sentence_count);
    assert_memory_equal(back->sentences, f->parse->sentences,
                        sizeof(rg_sentence) * (size_t)back->sentence_count);
    for (int i = 0; i < back->token_count; i++) {
        const rg_token *a = &back->tokens[i], *b = &f->parse->tokens[i];
        same(a->lexeme->text, b->lexeme->text);
        same(a->lexeme->lower, b->lexeme->lower);
        same(a->lexeme->shape, b->lexeme->shape);
        same(a->norm, b->norm);
        same(a->tag, b->tag);
        same(a->pos, b->pos);
        same(a->morph, b->morph);
        same(a->lemma, b->lemma);
        same(a->dep, b->dep);
        same(a->ent_type, b->ent_type);
        assert_int_equal(a->head, b->head);
        assert_int_equal(a->start, b->start);
        assert_int_equal(a->idx, b->idx);
        assert_int_equal(a->block, b->block);
        assert_int_equal(a->sent_start, b->sent_start);
        assert_int_equal(a->ent_iob, b->ent_iob);
        assert_int_equal(a->space_after, b->space_after);
        assert_int_equal(a->lexeme->is_space, b->lexeme->is_space);
    }
}

static void damage_is_refused(void **state)
{
    const fixture *f = *state;
    const rg_parse *back;
    rg_str bytes = pack(f);
    char *at = (char *)(uintptr_t)bytes.bytes;
    assert_false(rg_parse_unpack(&back, f->arena, bytes, f->text, 8)); /* model */
    assert_false(rg_parse_unpack(&back, f->arena, rg_str_cut(bytes, 0, bytes.len - 1),
                                 f->text, 7));
    assert_false(rg_parse_unpack(&back, f->arena, (rg_str){at, 0}, f->text, 7));
    for (int i = 0; i < bytes.len; i++) {
        bool free = i >= 52 && i < 64; /* counts of doubts, and nothing */
        at[i] ^= 0x11;
        if (!free)
            assert_false(rg_parse_unpack(&back, f->arena, bytes, f->text, 7));
        at[i] ^= 0x11;
    }
    assert_true(rg_parse_unpack(&back, f->arena, bytes, f->text, 7));
}

static void another_text_is_refused(void **state)
{
    const fixture *f = *state;
    const rg_parse *back;
    const rg_text *text;
    rg_error err = {0};
    char other[sizeof sample];
    memcpy(other, sample, sizeof sample);
    other[4] = 'T'; /* Ann Tee */
    rg_document document = {.name = RG_STR("b.txt"),
                            .bytes = {other, (int)sizeof other - 1}};
    assert_true(rg_text_read(&text, f->arena, &document, &err));
    assert_false(rg_parse_unpack(&back, f->arena, pack(f), text, 7));
}

static void entities_come_back(void **state)
{
    const fixture *f = *state;
    rg_buf out = rg_buf_in(f->arena);
    rg_findings back = {0};
    rg_extract_pack(&out, f->found.mentions, f->parse);
    rg_coref_pack(&out, f->found.coref, f->engine->rules);
    rg_unpacker from = rg_unpack_from(rg_buf_str(&out));
    assert_true(
        rg_extract_unpack(&back.mentions, f->arena, f->engine->extractor, f->parse,
                          &from)
        && rg_coref_unpack(&back.coref, f->arena, f->engine->rules, f->parse, &from)
        && rg_unpack_done(&from));
    size_t tokens = (size_t)f->parse->token_count;
    assert_memory_equal(back.mentions->of_token, f->found.mentions->of_token,
                        sizeof(int) * tokens);
    assert_memory_equal(back.mentions->kinds, f->found.mentions->kinds,
                        sizeof(rg_kinds) * tokens);
    assert_memory_equal(back.coref->of_token, f->found.coref->of_token,
                        sizeof(int) * tokens);
    assert_memory_equal(back.coref->chains.of_token, f->found.coref->chains.of_token,
                        sizeof(int) * tokens);
    assert_int_equal(back.coref->entity_count, f->found.coref->entity_count);
    for (int i = 0; i < back.coref->entity_count; i++)
        same(back.coref->entities[i].label, f->found.coref->entities[i].label);
    for (int i = 0; i < back.coref->mention_count; i++)
        same(back.coref->mentions[i].pass, f->found.coref->mentions[i].pass);
}

static const char more[] = "relgraph: 1\nlists: {gobble: [gobble, take over]}\nrules:\n"
                           "  - rule: gobbles\n    match: {v: \"[$gobble, VERB]\"}\n"
                           "    args: {subject: v >SUBJ, object: v >OBJ}\n"
                           "    relation: gobbles\n    inverse: gobbled-by\n";

static rg_str pack_rules(const fixture *f, const rg_extractor *extractor)
{
    rg_buf out = rg_buf_in(f->arena);
    rg_extract_pack_rules(&out, extractor);
    return rg_buf_str(&out);
}

static void the_same_rules_make_nothing_stale(void **state)
{
    const fixture *f = *state;
    const rg_extractor *now = f->engine->extractor;
    rg_stale stale = rg_extract_compare(f->arena, now, pack_rules(f, now));
    assert_false(stale.all);
    assert_int_equal(rg_map_count(stale.words), 0);
    assert_int_equal(rg_map_count(stale.relations), 0);
}

static void damaged_rules_make_all_stale(void **state)
{
    const fixture *f = *state;
    const rg_extractor *now = f->engine->extractor;
    rg_str set = pack_rules(f, now);
    assert_true(rg_extract_compare(f->arena, now, rg_str_cut(set, 0, set.len - 1)).all);
    assert_true(rg_extract_compare(f->arena, now, RG_STR("")).all);
}

/* An analysis of another text. */
static const rg_parse *parse(const fixture *f, const char *bytes)
{
    rg_document *document = rg_new(f->arena, rg_document, 1);
    const rg_text *text;
    const rg_parse *out;
    rg_error err = {0};
    *document = (rg_document){.name = RG_STR("b.txt"), .bytes = rg_str_of(bytes)};
    assert_true(
        rg_text_read(&text, f->arena, document, &err)
        && rg_lang_parse(&out, f->arena, f->engine->workers[0].lang, text, &err));
    return out;
}

static bool is_stale(const fixture *f, const rg_stale *stale, const rg_parse *text)
{
    rg_buf out = rg_buf_in(f->arena);
    rg_extract_pack_words(&out, text);
    return rg_extract_is_stale(f->arena, stale, rg_buf_str(&out));
}

static void a_new_rule_concerns_sentences_with_its_words(void **state)
{
    const fixture *f = *state;
    const rg_rules *rules;
    const rg_extractor *new;
    rg_error err = {0};
    assert_true(rg_engine_load_more(&rules, &new, f->engine, rg_str_of(more), &err));
    rg_stale stale =
        rg_extract_compare(f->arena, new, pack_rules(f, f->engine->extractor));
    assert_false(stale.all);
    assert_true(rg_map_find(stale.relations, RG_STR("gobbles")) != RG_NONE);
    assert_false(is_stale(f, &stale, parse(f, "Ann took a train. Acme sank.")));
    const rg_parse *text =
        parse(f, "Acme gobbled Norsund. It sank. Ann took Acme over. It was over.");
    assert_true(is_stale(f, &stale, text));
    const bool *stales = rg_extract_stale_sentences(f->arena, &stale, text);
    assert_int_equal(text->sentence_count, 4);
    assert_true(stales[0] && !stales[1] && stales[2] && !stales[3]);
    rg_rules_free(rules);
}

static void relate(const fixture *f, rg_findings *found)
{
    rg_error err = {0};
    assert_true(rg_entities_relate(found, f->arena, f->engine->rules,
                                   f->engine->extractor, f->parse, false, &err));
}

static void same_edges(const rg_edges *a, const rg_edges *b)
{
    assert_int_equal(a->count, b->count);
    for (int i = 0; i < a->count; i++) {
        same(a->items[i].subject, b->items[i].subject);
        same(a->items[i].relation, b->items[i].relation);
        same(a->items[i].object_text, b->items[i].object_text);
        same(a->items[i].evidence, b->items[i].evidence);
        same(a->items[i].rule, b->items[i].rule);
        assert_true(a->items[i].confidence == b->items[i].confidence);
        assert_int_equal(a->items[i].start, b->items[i].start);
        assert_int_equal(a->items[i].object_span.end, b->items[i].object_span.end);
        assert_int_equal(a->items[i].qualifier_count, b->items[i].qualifier_count);
    }
}

static void triples_come_back(void **state)
{
    const fixture *f = *state;
    rg_findings once = f->found, again = f->found;
    const rg_rule_ids rules = rg_rules_ids(f->arena, f->engine->rules);
    rg_buf out = rg_buf_in(f->arena);
    relate(f, &once);
    assert_true(once.triples->count >= 2);
    rg_extract_pack_triples(&out, once.triples);
    for (int skipped = 0; skipped <= f->parse->sentence_count; skipped++) {
        rg_unpacker from = rg_unpack_from(rg_buf_str(&out));
        bool *stale = rg_new(f->arena, bool, f->parse->sentence_count + 1);
        stale[skipped] = true; /* the last time none is */
        assert_true(rg_extract_unpack_triples(&again.kept, f->arena, &rules, f->parse,
                                              stale, &from)
                    && rg_unpack_done(&from));
        relate(f, &again);
        same_edges(&once.entities->edges, &again.entities->edges);
    }
}

static void edges_come_back(void **state)
{
    const fixture *f = *state;
    rg_findings found = f->found;
    rg_edges back;
    rg_buf out = rg_buf_in(f->arena);
    relate(f, &found);
    rg_edges_pack(&out, &found.entities->edges, 0);
    rg_unpacker from = rg_unpack_from(rg_buf_str(&out));
    assert_true(rg_edges_unpack(&back, f->arena, 0, &from) && rg_unpack_done(&from));
    same_edges(&found.entities->edges, &back);
    from = rg_unpack_from(rg_buf_str(&out));
    assert_true(rg_edges_unpack(&back, f->arena, 100, &from));
    assert_int_equal(back.items[0].start, found.entities->edges.items[0].start + 100);
    from = rg_unpack_from(rg_buf_str(&out));
    assert_false(rg_edges_unpack(&back, f->arena, INT32_MAX - 1, &from));
}

static void compressed_bytes_come_back(void **state)
{
    const fixture *f = *state;
    rg_str packed = sql_compress(f->arena, RG_STR(sample));
    same(sql_expand(f->arena, packed), RG_STR(sample));
    for (int len = 0; len < packed.len; len++)
        assert_int_equal(sql_expand(f->arena, rg_str_cut(packed, 0, len)).len, 0);
}

/* No stream of so few bytes expands to that many. */
static void a_size_that_cannot_be_true_takes_no_memory(void **state)
{
    (void)state;
    rg_arena *arena = rg_arena_new();
    rg_buf forged = rg_buf_in(arena);
    rg_pack_int(&forged, 1 << 29);
    rg_buf_put(&forged, RG_STR("\x78\x01\x03\x00\x00\x00\x00\x01"));
    assert_int_equal(sql_expand(arena, rg_buf_str(&forged)).len, 0);
    assert_true(rg_arena_held(arena) < 1 << 20);
    rg_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_come_back),
        cmocka_unit_test(an_analysis_comes_back),
        cmocka_unit_test(damage_is_refused),
        cmocka_unit_test(another_text_is_refused),
        cmocka_unit_test(entities_come_back),
        cmocka_unit_test(the_same_rules_make_nothing_stale),
        cmocka_unit_test(damaged_rules_make_all_stale),
        cmocka_unit_test(a_new_rule_concerns_sentences_with_its_words),
        cmocka_unit_test(triples_come_back),
        cmocka_unit_test(edges_come_back),
        cmocka_unit_test(compressed_bytes_come_back),
        cmocka_unit_test(a_size_that_cannot_be_true_takes_no_memory),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
