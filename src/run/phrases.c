#include "run/phrases.h"

#include "base/file.h"
#include "rules/lock.h"

#include <string.h>

/* Compiling the phrases of one set. */
typedef struct compiling {
    rg_arena *arena;
    const rg_rules *rules;
    const rg_extractor *extractor; /* of rules, their phrases asleep */
    const rg_phrases_request *request;
    const rg_checker *checker;
    uint64_t base;   /* of all keys */
    rg_lock **locks; /* of each file; NULL: it has none */
    rg_variants variants;
    int *chosen; /* reading of each variant */
    int errors;
} compiling;

bool rg_phrases_wait(const rg_rules *rules)
{
    for (int i = 0; i < rules->rule_count; i++)
        if (rules->rules[i].say_count > 0 && rules->rules[i].anchor_text.len == 0)
            return true;
    return false;
}

static rg_finding at_phrase(const compiling *c, const rg_variant *variant,
                            rg_severity severity, const char *hint)
{
    const rg_rule *rule = &c->rules->rules[variant->rule];
    const rg_file *file = &c->rules->files[rule->file];
    return (rg_finding){
        .severity = severity,
        .id = "phrase",
        .hint = hint,
        .at = {file->path, file->text, rule->says[variant->phrase].offset}};
}

/* Is there a variant of the same phrase that has a reading? */
static bool has_reading(const compiling *c, const rg_variant *one)
{
    for (int i = 0; i < c->variants.count; i++) {
        const rg_variant *other = &c->variants.items[i];
        if (other->rule == one->rule && other->phrase == one->phrase
            && other->reading_count > 0)
            return true;
    }
    return false;
}

static void report_unread(compiling *c, const rg_variant *variant)
{
    if (has_reading(c, variant))
        return;
    c->errors++;
    rg_report(
        c->checker->reporter,
        at_phrase(c, variant, RG_ERROR,
                  "write it as a short sentence in the present: <org> acquires <org>"),
        "the words and slots of the phrase cannot be joined; it was read as: %.*s",
        RG_PRINT(variant->text));
}

static rg_str describe(rg_arena *arena, const rg_rule *rule, const rg_reading *reading)
{
    rg_buf out = rg_buf_in(arena);
    rg_buf_put(&out, reading->anchor);
    for (int i = 0; i < rule->arg_count; i++)
        if (reading->args[i].len > 0)
            rg_buf_format(&out, "; %.*s: %.*s",
                          RG_PRINT(rule->slots.names[rule->args[i].slot]),
                          RG_PRINT(reading->args[i]));
    return rg_buf_str(&out);
}

static void warn_split(const compiling *c, const rg_variant *variant)
{
    const rg_rule *rule = &c->rules->rules[variant->rule];
    const rg_reading *first = &variant->readings[0], *second = &variant->readings[1];
    rg_report(
        c->checker->reporter,
        at_phrase(c, variant, RG_WARNING,
                  "examples decide which is meant: examples: [SENTENCE => A | r | B]"),
        "the phrase is read in two ways: %.*s (%d of %d), and %.*s (%d)",
        RG_PRINT(describe(c->arena, rule, first)), first->votes, variant->tried,
        RG_PRINT(describe(c->arena, rule, second)), second->votes);
}

/* Was the same doubt told of an earlier variant of the phrase? */
static bool was_warned(const compiling *c, int index)
{
    const rg_variant *one = &c->variants.items[index];
    for (int i = 0; i < index; i++) {
        const rg_variant *other = &c->variants.items[i];
        if (other->rule == one->rule && other->phrase == one->phrase
            && other->reading_count > 1)
            return true;
    }
    return false;
}

/* How many of the rule's examples hold with the readings that are chosen now. */
static bool prove(compiling *c, const rg_rule *rule, rg_test_counts *counts,
                  rg_error *err)
{
    const rg_rules *made;
    rg_checker checker = *c->checker;
    if (!rg_phrases_apply(&made, c->arena, c->rules, &c->variants, c->chosen,
                          checker.reporter, err))
        return false;
    checker.rules = made;
    checker.extractor = rg_extract_new(c->arena, made);
    return rg_check_rule(counts, c->arena, &checker, rule->id, err);
}

/* The first reading that holds all examples, else the one that holds the most of them; of
 * equal ones, the better-voted. */
static bool choose_one(compiling *c, int index, rg_test_counts *best, rg_error *err)
{
    const rg_variant *variant = &c->variants.items[index];
    const rg_rule *rule = &c->rules->rules[variant->rule];
    int chosen = 0;
    for (int i = 0; i < variant->reading_count; i++) {
        rg_test_counts now = {0};
        c->chosen[index] = i;
        if (!prove(c, rule, &now, err))
            return false;
        if (i == 0 || now.passed > best->passed
            || (now.failed == 0 && best->failed > 0)) {
            chosen = i;
            *best = now;
        }
        if (now.failed == 0)
            break;
    }
    c->chosen[index] = chosen;
    return true;
}

/* Another variant of the same phrase, with this reading only. */
static int add_reading(compiling *c, int index, int reading)
{
    const rg_variant from = c->variants.items[index];
    rg_variant *variant =
        rg_phrases_add(&c->variants, c->arena, from.rule, from.phrase);
    int *chosen = rg_new(c->arena, int, c->variants.count + 1);
    memcpy(chosen, c->chosen, (size_t)(c->variants.count - 1) * sizeof *chosen);
    variant->text = from.text;
    variant->tried = from.tried;
    variant->readings = &from.readings[reading];
    variant->reading_count = 1;
    c->chosen = chosen;
    return c->variants.count - 1;
}

/* Where no reading holds all examples, others are taken beside the one chosen, as long as
 * more examples hold with them: "shares a room with Ann" has two trees. */
static bool choose_more(compiling *c, int index, rg_test_counts *best, rg_error *err)
{
    const rg_variant variant = c->variants.items[index];
    const rg_rule *rule = &c->rules->rules[variant.rule];
    for (int i = 0; i < variant.reading_count && best->failed > 0; i++) {
        rg_test_counts now = {0};
        if (i == c->chosen[index])
            continue;
        int added = add_reading(c, index, i);
        if (!prove(c, rule, &now, err))
            return false;
        if (now.passed > best->passed)
            *best = now;
        else
            c->chosen[added] = RG_NONE;
    }
    return true;
}

static bool choose(compiling *c, int index, rg_error *err)
{
    const rg_variant *variant = &c->variants.items[index];
    rg_test_counts best = {0};
    if (c->rules->rules[variant->rule].examples.count > 0)
        return choose_one(c, index, &best, err) && choose_more(c, index, &best, err);
    if (!was_warned(c, index))
        warn_split(c, variant);
    return true;
}

static bool choose_all(compiling *c, rg_error *err)
{
    c->chosen = rg_new(c->arena, int, c->variants.count + 1);
    for (int i = 0; i < c->variants.count; i++) {
        c->chosen[i] = c->variants.items[i].reading_count > 0 ? 0 : RG_NONE;
        if (c->chosen[i] == RG_NONE)
            report_unread(c, &c->variants.items[i]);
    }
    if (c->errors > 0) {
        rg_fail(err, RG_ERROR_RULE, RG_NOWHERE, "%d phrases cannot be read", c->errors);
        err->reported = true;
        return false;
    }
    for (int i = 0, count = c->variants.count; i < count; i++)
        if (c->variants.items[i].reading_count > 1 && !choose(c, i, err))
            return false;
    return true;
}

/* ---- Locks and the cache ------------------------------------------------------------------ */

enum { LARGEST_LOCK = 8 * 1024 * 1024 };

/* deals.yaml -> deals.lock */
static const char *lock_path(rg_arena *arena, rg_str path)
{
    int dot = path.len;
    while (dot > 0 && path.bytes[dot - 1] != '.' && path.bytes[dot - 1] != '/')
        dot--;
    rg_str stem =
        dot > 0 && path.bytes[dot - 1] == '.' ? rg_str_cut(path, 0, dot - 1) : path;
    return rg_arena_format(arena, "%.*s.lock", RG_PRINT(stem)).bytes;
}

static bool read_lock_file(rg_lock **out, compiling *c, const char *path, rg_error *err)
{
    *out = NULL;
    if (!rg_file_exists(path))
        return true;
    rg_str text;
    *out = rg_new(c->arena, rg_lock, 1);
    return rg_file_read(&text, c->arena, path, LARGEST_LOCK, err)
           && rg_lock_read(*out, c->arena, rg_str_of(path), text, c->checker->reporter,
                           err);
}

static const char *cache_path(compiling *c, uint64_t key)
{
    rg_str name =
        rg_arena_format(c->arena, "phrases/%016llx.lock", (unsigned long long)key);
    return rg_file_cache_path(c->arena, name.bytes);
}

/* A damaged file of the cache is no error: the phrase is read anew. */
static const rg_locked *find_cached(compiling *c, rg_str phrase, uint64_t key)
{
    const char *path = cache_path(c, key);
    compiling quiet = *c;
    rg_checker mute = *c->checker;
    rg_error ignored = {0};
    rg_lock *lock = NULL;
    mute.reporter = (rg_reporter){NULL, NULL};
    quiet.checker = &mute;
    if (!path || !read_lock_file(&lock, &quiet, path, &ignored) || !lock)
        return NULL;
    const rg_locked *found = rg_lock_find(lock, phrase);
    return found && found->key == key ? found : NULL;
}

static void warn_stale(const compiling *c, const rg_rule *rule, int phrase)
{
    const rg_file *file = &c->rules->files[rule->file];
    rg_finding finding = {.severity = RG_WARNING,
                          .id = "lock",
                          .hint = "look at 'relgraph rules expand', then run 'relgraph "
                                  "rules lock'",
                          .at = {file->path, file->text, rule->says[phrase].offset}};
    rg_report(
        c->checker->reporter, finding,
        "the phrase was locked under another model or other rules, and is read anew");
}

/* The kept readings of a phrase, or NULL. */
static const rg_locked *find_kept(compiling *c, const rg_rule *rule, int phrase,
                                  uint64_t key)
{
    if (c->request->fresh)
        return NULL;
    const rg_lock *lock = c->locks[rule->file];
    const rg_locked *locked = lock ? rg_lock_find(lock, rule->says[phrase].text) : NULL;
    if (locked && locked->key == key)
        return locked;
    if (locked)
        warn_stale(c, rule, phrase);
    return find_cached(c, rule->says[phrase].text, key);
}

static void take_kept(compiling *c, int rule, int phrase, const rg_locked *kept)
{
    const rg_rule *of = &c->rules->rules[rule];
    for (int i = 0; i < kept->reading_count; i++) {
        const rg_locked_reading *from = &kept->readings[i];
        rg_variant *variant = rg_phrases_add(&c->variants, c->arena, rule, phrase);
        variant->known = true;
        variant->reading_count = 1;
        variant->readings = rg_new(c->arena, rg_reading, 1);
        variant->readings[0].anchor = from->anchor;
        variant->readings[0].args = rg_new(c->arena, rg_str, of->arg_count + 1);
        for (int a = 0; a < of->arg_count; a++)
            for (int k = 0; k < from->arg_count; k++)
                if (rg_str_equal(from->names[k], of->slots.names[of->args[a].slot]))
                    variant->readings[0].args[a] = from->paths[k];
    }
}

/* What was chosen for a phrase, as an entry of a lock. */
static rg_locked entry_of(const compiling *c, int rule, int phrase, uint64_t key)
{
    const rg_rule *of = &c->rules->rules[rule];
    rg_locked entry = {.phrase = of->says[phrase].text, .key = key};
    entry.readings = rg_new(c->arena, rg_locked_reading, c->variants.count + 1);
    for (int v = 0; v < c->variants.count; v++) {
        const rg_variant *variant = &c->variants.items[v];
        if (variant->rule != rule || variant->phrase != phrase
            || c->chosen[v] == RG_NONE)
            continue;
        const rg_reading *reading = &variant->readings[c->chosen[v]];
        rg_locked_reading *to = &entry.readings[entry.reading_count++];
        *to = (rg_locked_reading){.anchor = reading->anchor,
                                  .names = rg_new(c->arena, rg_str, of->arg_count + 1),
                                  .paths = rg_new(c->arena, rg_str, of->arg_count + 1)};
        for (int a = 0; a < of->arg_count; a++)
            if (reading->args[a].len > 0) {
                to->names[to->arg_count] = of->slots.names[of->args[a].slot];
                to->paths[to->arg_count++] = reading->args[a];
            }
    }
    return entry;
}

/* Was the phrase read now, with one mind or with examples to decide? */
static bool is_worth_keeping(const compiling *c, int rule, int phrase)
{
    bool read = false;
    for (int v = 0; v < c->variants.count; v++) {
        const rg_variant *variant = &c->variants.items[v];
        if (variant->rule != rule || variant->phrase != phrase)
            continue;
        read = !variant->known;
        if (variant->reading_count > 1 && c->rules->rules[rule].examples.count == 0)
            return false; /* to be warned of again */
    }
    return read;
}

static uint64_t key_of(const compiling *c, int rule, int phrase)
{
    return rg_lock_key(c->base, &c->rules->rules[rule], phrase);
}

/* A cache that cannot be written costs time, nothing else. */
static void fill_cache(compiling *c)
{
    for (int r = 0; r < c->rules->rule_count; r++)
        for (int p = 0; p < c->rules->rules[r].say_count; p++) {
            const char *path = cache_path(c, key_of(c, r, p));
            if (!path || c->request->fresh || !is_worth_keeping(c, r, p))
                continue;
            rg_locked entry = entry_of(c, r, p, key_of(c, r, p));
            const rg_lock one = {.items = &entry, .count = 1};
            rg_error ignored = {0};
            rg_file_write(path, rg_lock_write(c->arena, &one), &ignored);
        }
}

/* ---- Synonyms ----------------------------------------------------------------------------- */

/* Does some reading of the rule's phrases ask for the word beside its synonyms? */
static bool has_word(const compiling *c, int rule, const rg_synonyms *words)
{
    rg_str asked = rg_phrases_synonyms(c->arena, words);
    for (int v = 0; v < c->variants.count; v++) {
        const rg_variant *variant = &c->variants.items[v];
        if (variant->rule != rule || c->chosen[v] == RG_NONE)
            continue;
        const rg_reading *reading = &variant->readings[c->chosen[v]];
        bool found = rg_str_find(reading->anchor, asked, 0) >= 0;
        for (int a = 0; a < c->rules->rules[rule].arg_count && !found; a++)
            found = rg_str_find(reading->args[a], asked, 0) >= 0;
        if (found)
            return true;
    }
    return false;
}

static void warn_unused_words(const compiling *c, int rule, const rg_synonyms *words)
{
    const rg_rule *of = &c->rules->rules[rule];
    const rg_file *file = &c->rules->files[of->file];
    rg_finding finding = {.severity = RG_WARNING,
                          .id = "unused-words",
                          .hint = "write the word's base form: words: {acquire: [buy]}",
                          .at = {file->path, file->text, words->offset}};
    rg_report(c->checker->reporter, finding,
              "no phrase of rule '%.*s' asks for the word '%.*s'", RG_PRINT(of->id),
              RG_PRINT(words->word));
}

static void check_words(const compiling *c)
{
    for (int r = 0; r < c->rules->rule_count; r++)
        for (int w = 0; w < c->rules->rules[r].word_count; w++)
            if (!has_word(c, r, &c->rules->rules[r].words[w]))
                warn_unused_words(c, r, &c->rules->rules[r].words[w]);
}

/* ---- All phrases ------------------------------------------------------------------------------ */

static bool read_phrase(compiling *c, int rule, int phrase, rg_error *err)
{
    const rg_locked *kept =
        find_kept(c, &c->rules->rules[rule], phrase, key_of(c, rule, phrase));
    if (!kept)
        return rg_phrases_read(&c->variants, c->arena, c->extractor, c->checker->lang,
                               rule, phrase, err);
    take_kept(c, rule, phrase, kept);
    return true;
}

static bool read_locks(compiling *c, rg_error *err)
{
    c->locks = rg_new(c->arena, rg_lock *, c->rules->file_count);
    for (int i = 0; i < c->rules->file_count && !c->request->fresh; i++)
        if (!read_lock_file(&c->locks[i], c,
                            lock_path(c->arena, c->rules->files[i].path), err))
            return false;
    return true;
}

static bool read_all(compiling *c, rg_error *err)
{
    if (!read_locks(c, err))
        return false;
    for (int r = 0; r < c->rules->rule_count; r++)
        for (int p = 0; p < c->rules->rules[r].say_count; p++)
            if (!read_phrase(c, r, p, err))
                return false;
    if (!choose_all(c, err))
        return false;
    check_words(c);
    return true;
}

static compiling begin(const rg_rules *rules, rg_arena *arena,
                       const rg_phrases_request *request)
{
    return (compiling){.arena = arena,
                       .rules = rules,
                       .request = request,
                       .checker = request->checker,
                       .base = rg_lock_layer(rules) ^ request->model,
                       .extractor = rg_extract_new(arena, rules)};
}

bool rg_phrases_compile(const rg_rules **rules, rg_arena *arena,
                        const rg_phrases_request *request, rg_error *err)
{
    compiling c = begin(*rules, arena, request);
    if (!read_all(&c, err))
        return false;
    fill_cache(&c);
    return rg_phrases_apply(rules, arena, c.rules, &c.variants, c.chosen,
                            c.checker->reporter, err);
}

static bool write_lock(compiling *c, int file, rg_error *err)
{
    rg_lock lock = {0};
    for (int r = 0; r < c->rules->rule_count; r++)
        for (int p = 0; p < c->rules->rules[r].say_count; p++) {
            if (c->rules->rules[r].file != file)
                continue;
            lock.items = rg_arena_grow(c->arena, lock.items, lock.count, &lock.capacity,
                                       sizeof *lock.items);
            lock.items[lock.count++] = entry_of(c, r, p, key_of(c, r, p));
        }
    return lock.count == 0
           || rg_file_write(lock_path(c->arena, c->rules->files[file].path),
                            rg_lock_write(c->arena, &lock), err);
}

bool rg_phrases_lock(const rg_rules *rules, rg_arena *arena,
                     const rg_phrases_request *request, rg_error *err)
{
    compiling c = begin(rules, arena, request);
    if (!read_all(&c, err))
        return false;
    for (int i = 0; i < rules->file_count; i++)
        if (!rules->files[i].included && !write_lock(&c, i, err))
            return false;
    return true;
}
