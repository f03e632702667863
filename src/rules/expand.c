#include "rules/expand.h"

static const char *const mode_words[] = {
    [RG_ARG_EACH] = "",    [RG_ARG_MAYBE] = "maybe ", [RG_ARG_SOME] = "some ",
    [RG_ARG_ALL] = "all ", [RG_ARG_LIST] = "list ",
};

/* "path | path" in quotes, a word before it. */
static void put_paths(rg_buf *out, const char *mode, const rg_paths *paths)
{
    rg_buf text = rg_buf_in(out->arena);
    rg_buf_text(&text, mode);
    for (int i = 0; i < paths->count; i++) {
        if (i > 0)
            rg_buf_text(&text, " | ");
        rg_buf_put(&text, paths->items[i].text);
    }
    rg_buf_quoted(out, rg_buf_str(&text));
}

static void put_args(rg_buf *out, const rg_rule *rule)
{
    rg_buf_text(out, "    args:\n");
    for (int i = 0; i < rule->arg_count; i++) {
        const rg_arg *arg = &rule->args[i];
        if (arg->paths.count == 0)
            continue;
        rg_buf_format(out, "      %.*s: ", RG_PRINT(rule->slots.names[arg->slot]));
        put_paths(out, mode_words[arg->mode], &arg->paths);
        rg_buf_byte(out, '\n');
    }
}

static void put_withs(rg_buf *out, const rg_rule *rule)
{
    if (rule->with_count > 0)
        rg_buf_text(out, "    with:\n");
    for (int i = 0; i < rule->with_count; i++) {
        rg_buf_format(out, "      %.*s: ", RG_PRINT(rule->withs[i].key));
        put_paths(out, "", &rule->withs[i].paths);
        rg_buf_byte(out, '\n');
    }
}

static void put_nots(rg_buf *out, const rg_rule *rule)
{
    for (int i = 0; i < rule->not_count; i++) {
        rg_buf_text(out, i == 0 ? "    not: [" : ", ");
        rg_buf_quoted(out, rule->nots[i].text);
    }
    if (rule->not_count > 0)
        rg_buf_text(out, "]\n");
}

static void put_wheres(rg_buf *out, const rg_rule *rule)
{
    for (int i = 0; i < rule->where_count; i++) {
        rg_buf_text(out, i == 0 ? "    where: [" : ", ");
        rg_buf_quoted(out, rule->wheres[i].text);
    }
    if (rule->where_count > 0)
        rg_buf_text(out, "]\n");
}

static const rg_relation *find_relation(const rg_rules *rules, rg_str name)
{
    for (int i = 0; i < rules->relation_count; i++)
        if (rg_str_equal(rules->relations[i].name, name))
            return &rules->relations[i];
    return NULL;
}

/* as, is, inverse, symmetric */
static void put_kind(rg_buf *out, const rg_rules *rules, const rg_rule *rule)
{
    const rg_relation *about = find_relation(rules, rule->relation.text);
    if (rule->statement)
        rg_buf_text(out, "    as: statement\n");
    if (about && about->is.len > 0)
        rg_buf_format(out, "    is: %.*s\n", RG_PRINT(about->is));
    if (about && about->inverse.len > 0)
        rg_buf_format(out, "    inverse: %.*s\n", RG_PRINT(about->inverse));
    if (about && about->symmetric)
        rg_buf_text(out, "    symmetric: true\n");
}

/* What is as usual is left out. */
static void put_plain_keys(rg_buf *out, const rg_rule *rule)
{
    static const char *const consumes[] = {
        [RG_CONSUME_EDGES] = "edges",
        [RG_CONSUME_ANCHOR] = "anchor",
        [RG_CONSUME_NONE] = "none",
    };
    if (rule->consume != RG_CONSUME_EDGES)
        rg_buf_format(out, "    consume: %s\n", consumes[rule->consume]);
    if (rule->confidence < 1)
        rg_buf_format(out, "    confidence: %.2f\n", rule->confidence);
    if (rule->style.len > 0)
        rg_buf_format(out, "    style: %.*s\n", RG_PRINT(rule->style));
    if (!rule->enabled)
        rg_buf_text(out, "    enabled: false\n");
}

static void put_sets(rg_buf *out, const rg_rule *rule)
{
    if (rule->set_count > 0)
        rg_buf_text(out, "    set:\n");
    for (int i = 0; i < rule->set_count; i++) {
        rg_buf_format(out, "      %.*s: ", RG_PRINT(rule->sets[i].key));
        rg_buf_quoted(out, rule->sets[i].value.text);
        rg_buf_byte(out, '\n');
    }
}

/* wording, lead, supply */
static void put_wording(rg_buf *out, const rg_rules *rules, const rg_rule *rule)
{
    static const char *const tenses[] = {
        [RG_TENSE_NEAREST] = "",
        [RG_TENSE_PRESENT] = " present",
        [RG_TENSE_PAST] = " past",
    };
    if (rule->has_wording) {
        rg_buf_text(out, "    wording: ");
        if (rule->wording.count > 0)
            put_paths(out, "", &rule->wording);
        else
            rg_buf_text(out, "none");
        rg_buf_byte(out, '\n');
    }
    if (rule->lead != RG_NONE)
        rg_buf_format(out, "    lead: %.*s\n", RG_PRINT(rule->slots.names[rule->lead]));
    for (int i = 0; i < rule->supply_count; i++) {
        const rg_supply *one = &rule->supplies[i];
        rg_buf_text(out, i == 0 ? "    supply: " : ", ");
        if (one->via != RG_NONE)
            rg_buf_format(out, "%s%.*s: ", i == 0 ? "{" : "",
                          RG_PRINT(rg_map_key(rules->symbols, one->via)));
        rg_buf_format(out, "%.*s%s", RG_PRINT(one->lemma), tenses[one->tense]);
    }
    if (rule->supply_count > 0)
        rg_buf_text(out, rule->supplies[0].via != RG_NONE ? "}\n" : "\n");
    if (rule->has_turn) {
        rg_buf_format(out, "    turn: {%.*s: ",
                      RG_PRINT(rg_map_key(rules->symbols, rule->turn_via)));
        rg_buf_quoted(out, rule->turn.text);
        rg_buf_text(out, "}\n");
    }
}

static void put_match(rg_buf *out, const rg_rule *rule)
{
    rg_buf_format(out, "    match: {%.*s: ", RG_PRINT(rule->slots.names[0]));
    rg_buf_quoted(out, rule->anchor_text);
    rg_buf_text(out, "}\n");
    put_args(out, rule);
}

static void put_patterns(rg_buf *out, const rg_surface *surface)
{
    rg_buf_text(out, "    text:\n");
    for (int i = 0; i < surface->pattern_count; i++) {
        rg_buf_text(out, "      - ");
        rg_buf_quoted(out, surface->patterns[i]);
        rg_buf_byte(out, '\n');
    }
}

/* Rules that came of the same phrases stand together and share their id: "born-in",
 * "born-in-2". */
static void put_id(rg_buf *out, const rg_rules *rules, const rg_rule *rule)
{
    int number = 1;
    const rg_rule *before = rule;
    while (before > rules->rules && rg_str_equal((--before)->id, rule->id))
        number++;
    rg_buf_format(out, "  - rule: %.*s", RG_PRINT(rule->id));
    if (number > 1)
        rg_buf_format(out, "-%d", number);
    rg_buf_format(out, " # %.*s:%d\n", RG_PRINT(rules->files[rule->file].path),
                  rule->line);
}

static void put_rule(rg_buf *out, const rg_rules *rules, const rg_rule *rule)
{
    put_id(out, rules, rule);
    rg_buf_format(out, "    priority: %d\n", rule->priority);
    if (rule->surface)
        put_patterns(out, rule->surface);
    else
        put_match(out, rule);
    put_withs(out, rule);
    put_nots(out, rule);
    put_wheres(out, rule);
    rg_buf_format(out, "    subject: %.*s\n    object: %.*s\n    relation: ",
                  RG_PRINT(rule->slots.names[rule->subject]),
                  RG_PRINT(rule->slots.names[rule->object]));
    rg_buf_quoted(out, rule->relation.text);
    rg_buf_byte(out, '\n');
    put_kind(out, rules, rule);
    put_wording(out, rules, rule);
    put_sets(out, rule);
    put_plain_keys(out, rule);
}

void rg_rules_put_list(rg_buf *out, const rg_rules *rules)
{
    rg_buf_text(out, "rule\tpriority\trelation\tplace\n");
    for (int i = 0; i < rules->rule_count; i++) {
        const rg_rule *rule = &rules->rules[i];
        rg_buf_format(out, "%.*s\t%d\t%.*s\t%.*s:%d\n", RG_PRINT(rule->id),
                      rule->priority, RG_PRINT(rule->relation.text),
                      RG_PRINT(rules->files[rule->file].path), rule->line);
    }
}

int rg_rules_put_expanded(rg_buf *out, const rg_rules *rules, rg_str id)
{
    int count = 0;
    rg_buf_text(out, "relgraph: 1\nrules:\n");
    for (int i = 0; i < rules->rule_count; i++)
        if (id.len == 0 || rg_str_equal(rules->rules[i].id, id)) {
            put_rule(out, rules, &rules->rules[i]);
            count++;
        }
    return count;
}

/* The end of the block that begins in the line of `at`: the next line that is indented
 * less, or begins an item of the same list. */
static int end_of_block(rg_str text, int at)
{
    rg_str line = rg_place_source_line(text, at);
    int own = 0;
    while (own < line.len && line.bytes[own] == ' ')
        own++;
    int end = rg_str_find_byte(text, '\n', at);
    while (end >= 0 && end + 1 < text.len) {
        rg_str next = rg_place_source_line(text, end + 1);
        bool blank = rg_str_trim(next).len == 0;
        int indent = 0;
        while (indent < next.len && next.bytes[indent] == ' ')
            indent++;
        if (!blank && indent <= own)
            break;
        end = rg_str_find_byte(text, '\n', end + 1);
    }
    return end < 0 ? text.len : end;
}

bool rg_rules_put_source(rg_buf *out, const rg_rules *rules, rg_str id)
{
    for (int i = 0; i < rules->rule_count; i++) {
        const rg_rule *rule = &rules->rules[i];
        if (!rg_str_equal(rule->id, id))
            continue;
        rg_str text = rules->files[rule->file].text;
        int from = rule->offset;
        while (from > 0 && text.bytes[from - 1] != '\n')
            from--;
        rg_str block = rg_str_cut(text, from, end_of_block(text, rule->offset));
        while (block.len > 0 && block.bytes[block.len - 1] == '\n')
            block.len--;
        rg_buf_format(out, "# %.*s:%d\n%.*s\n", RG_PRINT(rules->files[rule->file].path),
                      rule->line, RG_PRINT(block));
        return true;
    }
    return false;
}
