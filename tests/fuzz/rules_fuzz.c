/* rules_fuzz.c - any bytes as a rule file are refused with a place, or can be used on a
 * sentence. Needs the model (RELGRAPH_MODEL or models/). */
#define _GNU_SOURCE /* memfd_create */
#include "fuzz_rules.h"

#include "entities/entities.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static const char sentence[] =
    "The National Cyber Security Centre has judged that the risk from Huawei, a vendor "
    "founded by Ren Zhengfei, could be managed, the Financial Times reported on Sunday.";

/* The analysis of the sentence, made once. */
static const rg_parse *the_parse(void)
{
    static const rg_parse *parse;
    if (parse)
        return parse;
    static rg_arena *arena;
    arena = rg_arena_new();
    rg_error err = {0};
    const rg_text *text;
    rg_document *document = rg_new(arena, rg_document, 1);
    *document = (rg_document){.name = {"fuzz", 4}, .bytes = rg_str_of(sentence)};
    fuzz_check(rg_text_read(&text, arena, document, &err)
               && rg_lang_parse(&parse, arena, fuzz_lang(), text, &err));
    return parse;
}

static void use_rules(rg_arena *arena, const rg_rules *rules)
{
    const rg_extract_options options = {.trace = true};
    const rg_triples *triples;
    const rg_entities *entities;
    rg_error err = {0};
    const rg_extractor *extractor = rg_extract_new(arena, rules);
    fuzz_check(rg_extract_run(&triples, arena, extractor, the_parse(), &options, &err)
               && rg_entities_link(&entities, arena, rules, triples, NULL, &err));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char path[64];
    int file = memfd_create("rules", 0);
    fuzz_check(file >= 0 && write(file, bytes, size) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);

    rg_arena *arena = rg_arena_new();
    const char *const paths[] = {path};
    rg_rules_request request = {.paths = paths, .path_count = 1};
    rg_str all = fuzz_input(bytes, size);
    const rg_rules *rules;
    if (fuzz_load(&rules, arena, &request, &all))
        use_rules(arena, rules);
    rg_rules_free(rules);
    rg_arena_free(arena);
    close(file);
    return 0;
}
