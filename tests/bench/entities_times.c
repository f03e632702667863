/* entities_times.c - what who-is-who costs beside the analysis, for bench/entities_speed.
 *
 *     entities_times RULES_FOLDER MODEL FILE...
 *
 * One line a FILE: words, CPU seconds of analysis, of finding names, of coreference and of
 * the rules with the edges, each the least of nine runs.
 */
#include "entities/entities.h"
#include "lang/lang.h"
#include "run/engine.h"

#include <limits.h>
#include <stdio.h>
#include <time.h>

enum { RUNS = 9, STAGES = 4 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static bool run_once(rg_engine *engine, const rg_document *document, double *seconds,
                     int *words, rg_error *err)
{
    rg_workshop *worker = &engine->workers[0];
    const rg_text *text;
    const rg_parse *parse;
    const rg_mentions *names;
    const rg_coref *coref;
    const rg_triples *triples;
    double at[STAGES + 1] = {now()};
    bool ok = rg_text_read(&text, worker->arena, document, err)
              && rg_lang_parse(&parse, worker->arena, worker->lang, text, err);
    at[1] = now();
    ok =
        ok && rg_extract_mentions(&names, worker->arena, engine->extractor, parse, err);
    at[2] = now();
    ok = ok
         && rg_coref_resolve(&coref, worker->arena, engine->rules, parse, names, NULL,
                             err);
    at[3] = now();
    if (ok) {
        const rg_extract_options options = {.mentions = names,
                                            .chains = &coref->chains};
        ok = rg_extract_run(&triples, worker->arena, engine->extractor, parse, &options,
                            err);
    }
    at[4] = now();
    for (int i = 0; i < STAGES; i++)
        if (seconds[i] == 0 || at[i + 1] - at[i] < seconds[i])
            seconds[i] = at[i + 1] - at[i];
    *words = ok ? parse->token_count : 0;
    rg_engine_empty(engine);
    return ok;
}

static bool run_file(rg_engine *engine, const char *path, rg_error *err)
{
    rg_arena *arena = rg_arena_new();
    rg_document document = {.name = rg_str_of(path)};
    double seconds[STAGES] = {0};
    int words = 0;
    bool ok = rg_file_read(&document.bytes, arena, path, INT_MAX, err);
    for (int i = 0; i < RUNS && ok; i++)
        ok = run_once(engine, &document, seconds, &words, err);
    if (ok)
        printf("%d %.4f %.4f %.4f %.4f\n", words, seconds[0], seconds[1], seconds[2],
               seconds[3]);
    rg_arena_free(arena);
    return ok;
}

int main(int argc, char **argv)
{
    rg_error err = {0};
    rg_engine *engine = NULL;
    const char *rules[] = {argc > 1 ? argv[1] : NULL};
    const rg_options options = {.rules = rules,
                                .rule_count = argc > 1,
                                .model = argc > 2 ? argv[2] : NULL,
                                .threads = 1};
    bool ok = rg_engine_new(&engine, &options, &err)
              && rg_engine_load_rules(engine, &err)
              && rg_engine_load_model(engine, &err)
              && rg_engine_open_lang(&engine->workers[0], engine, &err);
    for (int i = 3; i < argc && ok; i++)
        ok = run_file(engine, argv[i], &err);
    if (!ok)
        fprintf(stderr, "entities_times: %s\n", err.text);
    rg_engine_free(engine);
    return ok ? 0 : 1;
}
