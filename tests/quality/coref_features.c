/* coref_features.c - what the pronouns of a corpus see: for the fit of weights.
 *
 *     coref_features RULES_FOLDER MODEL <in.jsonl >features.jsonl
 *
 * Reads {"id", "text"} lines. Writes one line a pronoun that a scored pass looks at: {"id",
 * "pass", "at": [start, end], "candidates": [{"at", "entity": [[start, end], ..],
 * "f": {"name": value}}]}, offsets in bytes of the text. fit_coref.py reads it.
 */
#include "entities/entities.h"
#include "lang/lang.h"
#include "run/engine.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct dumping {
    const rg_parse *parse;
    const char *id;
    json_t *line; /* of the pronoun at work, or NULL */
    int pronoun;
} dumping;

static json_t *make_span(const rg_parse *parse, int token)
{
    return json_pack("[ii]", rg_parse_start(parse, token), rg_parse_end(parse, token));
}

static void end_line(dumping *d)
{
    if (!d->line)
        return;
    json_dumpf(d->line, stdout, JSON_COMPACT | JSON_REAL_PRECISION(5));
    putchar('\n');
    json_decref(d->line);
    d->line = NULL;
}

static void put_candidate(void *user, const rg_coref_candidate *from)
{
    dumping *d = user;
    if (!d->line || d->pronoun != from->pronoun) {
        end_line(d);
        d->pronoun = from->pronoun;
        d->line = json_pack("{sssosos[]}", "id", d->id, "pass",
                            json_stringn(from->pass.bytes, (size_t)from->pass.len),
                            "at", make_span(d->parse, from->pronoun), "candidates");
    }
    json_t *features = json_object(), *entity = json_array();
    for (int i = 0; i < from->count; i++)
        json_object_set_new(features, rg_coref_feature_name(from->features[i]),
                            json_real(from->values[i]));
    for (int i = 0; i < from->entity_count; i++)
        json_array_append_new(entity, make_span(d->parse, from->entity[i]));
    json_array_append_new(json_object_get(d->line, "candidates"),
                          json_pack("{sososo}", "at",
                                    make_span(d->parse, from->candidate), "entity",
                                    entity, "f", features));
}

static bool dump(rg_engine *engine, const json_t *record, rg_error *err)
{
    rg_workshop *worker = &engine->workers[0];
    const json_t *text = json_object_get(record, "text");
    rg_document document = {
        .name = RG_STR("-"),
        .bytes = {json_string_value(text), (int)json_string_length(text)}};
    const rg_text *read;
    const rg_parse *parse;
    const rg_mentions *mentions;
    const rg_coref *coref;
    dumping d = {.id = json_string_value(json_object_get(record, "id"))};
    const rg_coref_watch watch = {put_candidate, &d};
    bool ok =
        rg_text_read(&read, worker->arena, &document, err)
        && rg_lang_parse(&parse, worker->arena, worker->lang, read, err)
        && rg_extract_mentions(&mentions, worker->arena, engine->extractor, parse, err);
    d.parse = ok ? parse : NULL;
    ok = ok
         && rg_coref_resolve(&coref, worker->arena, engine->rules, parse, mentions,
                             &watch, err);
    end_line(&d);
    rg_engine_empty(engine);
    return ok;
}

static bool dump_all(rg_engine *engine, rg_error *err)
{
    char *line = NULL;
    size_t room = 0;
    bool ok = rg_engine_load_rules(engine, err) && rg_engine_load_model(engine, err)
              && rg_engine_open_lang(&engine->workers[0], engine, err);
    for (ssize_t len; ok && (len = getline(&line, &room, stdin)) > 0;) {
        json_t *record = json_loadb(line, (size_t)len, JSON_ALLOW_NUL, NULL);
        ok = record && dump(engine, record, err);
        json_decref(record);
    }
    free(line);
    return ok;
}

int main(int argc, char **argv)
{
    rg_error err = {0};
    rg_engine *engine = NULL;
    const char *rules[] = {argc > 1 ? argv[1] : NULL};
    rg_options options = {.rules = rules,
                          .rule_count = argc > 1,
                          .model = argc > 2 ? argv[2] : NULL,
                          .threads = 1};
    bool ok = rg_engine_new(&engine, &options, &err) && dump_all(engine, &err);
    if (!ok)
        fprintf(stderr, "coref_features: %s\n", err.text);
    rg_engine_free(engine);
    return ok ? 0 : 1;
}
