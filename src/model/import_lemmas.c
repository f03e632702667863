/* import_lemmas.c - endings, exceptions and known lemmas of the lemmatizer. */
#include "model/import_tables.h"

#include "model/strings.h"

/* The parts of speech that have tables; their order is the numbering of lang/lemmas.c. */
static const char *const parts_of_speech[] = {"noun", "verb", "adj", "adv", "punct"};
enum { PART_COUNT = 5, INDEX_BITS = 8 };

typedef struct lemmas {
    rg_number_list rules; /* part of speech, old ending, new ending */
    rg_map *words;        /* every form of the index and the exceptions */
    rg_number_list masks; /* of each word: bit p is set if part p lists it as lemma */
    rg_number_list heads; /* of each word: its first exception + 1, or 0 */
    rg_number_list exceptions; /* part, first lemma, lemma count, next + 1 or 0 */
    rg_number_list values;     /* lemmas of the exceptions */
} lemmas;

static bool read_part(rg_msgpack *in, uint32_t *part)
{
    uint64_t id;
    int at = in->at;
    if (!rg_msgpack_number(in, &id))
        return false;
    for (*part = 0; *part < PART_COUNT; ++*part)
        if (rg_string_id(rg_str_of(parts_of_speech[*part])) == id)
            return true;
    return rg_msgpack_fail(in, at, "an unknown part of speech");
}

static bool read_lemma_rules(rg_msgpack *in, rg_import *to, lemmas *all, uint32_t part)
{
    int count, two;
    if (!rg_msgpack_array(in, &count))
        return false;
    for (int i = 0; i < count; i++) {
        rg_str old, new;
        int at = in->at;
        if (!rg_msgpack_array(in, &two) || !rg_msgpack_text(in, &old)
            || !rg_msgpack_text(in, &new))
            return false;
        if (two != 2)
            return rg_msgpack_fail(in, at, "a rule has an old and a new ending");
        rg_import_put_number(to, &all->rules, part);
        rg_import_put_string(to, &all->rules, old);
        rg_import_put_string(to, &all->rules, new);
    }
    return true;
}

static int word_number(rg_import *to, lemmas *all, rg_str word)
{
    int number = rg_map_put(all->words, word);
    if (number == all->masks.count) {
        rg_import_put_number(to, &all->masks, 0);
        rg_import_put_number(to, &all->heads, 0);
    }
    return number;
}

static bool read_lemma_exceptions(rg_msgpack *in, rg_import *to, lemmas *all,
                                  uint32_t part)
{
    int count, lemma_count;
    rg_str form, lemma;
    if (!rg_msgpack_map(in, &count))
        return false;
    for (int i = 0; i < count; i++) {
        if (!rg_msgpack_key(in, &form) || !rg_msgpack_array(in, &lemma_count))
            return false;
        int word = word_number(to, all, form);
        rg_import_put_number(to, &all->exceptions, part);
        rg_import_put_number(to, &all->exceptions, (uint32_t)all->values.count);
        rg_import_put_number(to, &all->exceptions, (uint32_t)lemma_count);
        rg_import_put_number(to, &all->exceptions, all->heads.at[word]);
        all->heads.at[word] = (uint32_t)all->exceptions.count / 4;
        for (int l = 0; l < lemma_count; l++) {
            if (!rg_msgpack_text(in, &lemma))
                return false;
            rg_import_put_string(to, &all->values, lemma);
        }
    }
    return true;
}

static bool read_lemma_index(rg_msgpack *in, rg_import *to, lemmas *all, uint32_t part)
{
    int count;
    rg_str word;
    if (!rg_msgpack_array(in, &count))
        return false;
    for (int i = 0; i < count; i++) {
        if (!rg_msgpack_text(in, &word))
            return false;
        all->masks.at[word_number(to, all, word)] |= 1u << part;
    }
    return true;
}

typedef bool (*read_lemma_table)(rg_msgpack *in, rg_import *to, lemmas *all,
                                 uint32_t part);

static bool read_lemma_entry(rg_msgpack *in, rg_import *to, lemmas *all)
{
    static const struct {
        const char *name;
        read_lemma_table read;
    } kinds[] = {{"lemma_rules", read_lemma_rules},
                 {"lemma_exc", read_lemma_exceptions},
                 {"lemma_index", read_lemma_index}};
    int at = in->at, parts;
    rg_str name;
    uint32_t part;
    if (!rg_msgpack_key(in, &name) || !rg_msgpack_map(in, &parts))
        return false;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (!rg_str_is(name, kinds[k].name))
            continue;
        for (int i = 0; i < parts; i++)
            if (!read_part(in, &part) || !kinds[k].read(in, to, all, part))
                return false;
        return true;
    }
    return rg_msgpack_fail(in, at, "an unknown table of the lemmatizer");
}

static bool add_lemmas(rg_import *to, const lemmas *all)
{
    rg_id_list ids = {0};
    for (int i = 0; i < all->masks.count; i++)
        rg_import_put_pair(to, &ids, rg_string_hash(rg_map_key(all->words, i)),
                           all->masks.at[i] | all->heads.at[i] << INDEX_BITS);
    rg_import_add_numbers(to, "lemmas.rules", &all->rules);
    rg_import_add_numbers(to, "lemmas.exceptions", &all->exceptions);
    rg_import_add_numbers(to, "lemmas.values", &all->values);
    return rg_import_add_map(to, "lemmas.words", &ids);
}

bool rg_import_lemmas(rg_import *to)
{
    rg_msgpack in;
    int pairs;
    lemmas all = {.words = rg_map_new(to->arena)};
    if (!rg_import_open(&in, to, "lemmatizer/lookups/lookups.bin")
        || !rg_msgpack_map(&in, &pairs))
        return false;
    for (int i = 0; i < pairs; i++)
        if (!read_lemma_entry(&in, to, &all))
            return false;
    return rg_msgpack_end(&in) && add_lemmas(to, &all);
}
