/* rule_names.c - the names of one rule: who binds them, who uses them, in which order.
 *
 * The arguments of a rule may refer to each other in any order of writing. Here they are
 * put into one in which each path starts at a name that is bound already.
 */
#include "rules/load.h"

typedef struct slot_set {
    uint32_t bits; /* RG_MAX_SLOTS of them */
} slot_set;

static void add_slot(slot_set *set, int slot)
{
    if (slot >= 0)
        set->bits |= (uint32_t)1 << slot;
}

static bool has_slot(slot_set set, int slot)
{
    return set.bits >> slot & 1;
}

/* ---- Names that args bind, before their paths are compiled ------------------------------ */

static bool is_name_byte(char byte)
{
    return load_is_name((rg_str){&byte, 1}) || (byte >= '0' && byte <= '9')
           || byte == '-' || byte == '_';
}

/* The offset behind the "/.../" or "'...'" that opens at `at`. */
static int skip_quoted(rg_str text, int at)
{
    char quote = text.bytes[at++];
    while (at < text.len && text.bytes[at] != quote)
        at += quote == '/' && text.bytes[at] == '\\' ? 2 : 1;
    return at + 1;
}

/* Adds every name that the paths bind outside of brackets: "verb >prep=p >pobj" binds p. */
void load_bind_names(loader *l, rg_scalar scalar, rg_slots *slots)
{
    (void)l;
    rg_str text = scalar.value;
    int brackets = 0;
    for (int at = 0; at < text.len;) {
        char byte = text.bytes[at];
        if (byte == '/' || (byte == '\'' && brackets > 0)) {
            at = skip_quoted(text, at);
            continue;
        }
        brackets += (byte == '[') - (byte == ']');
        at++;
        if (byte != '=' || brackets > 0)
            continue;
        int from = at;
        while (at < text.len && is_name_byte(text.bytes[at]))
            at++;
        rg_str name = rg_str_cut(text, from, at);
        if (load_is_name(name))
            rg_pattern_slot(slots, name, true);
    }
}

/* ---- What paths start at, look at, bind --------------------------------------------------- */

/* Calls itself for groups and `has`; how deep those nest is limited by path.c. */
static void read_steps_slots(const rg_step *steps, int count, slot_set *read,
                             slot_set *bound)
{
    for (int i = 0; i < count; i++) {
        const rg_step *step = &steps[i];
        if (step->kind == RG_STEP_BIND)
            add_slot(bound, step->slot);
        for (int j = 0; j < step->crit_count; j++) {
            const rg_crit *crit = &step->crits[j];
            slot_set local = {0};
            add_slot(read, crit->slot);
            read_steps_slots(crit->steps, crit->step_count, read, &local);
        }
        for (int j = 0; j < step->alternative_count; j++)
            read_steps_slots(step->alternatives[j].items, step->alternatives[j].count,
                             read, bound);
    }
}

static void read_path_slots(const rg_path *path, slot_set *read, slot_set *bound)
{
    add_slot(read, path->start);
    read_steps_slots(path->steps.items, path->steps.count, read, bound);
}

static void read_paths_slots(const rg_paths *paths, slot_set *read, slot_set *bound)
{
    for (int i = 0; i < paths->count; i++)
        read_path_slots(&paths->items[i], read, bound);
}

/* Slots that these steps bind however they match. */
static slot_set sure_slots(const rg_steps *steps)
{
    slot_set sure = {0};
    for (int i = 0; i < steps->count; i++) {
        const rg_step *step = &steps->items[i];
        if (step->kind == RG_STEP_BIND)
            add_slot(&sure, step->slot);
        if (step->kind != RG_STEP_GROUP || step->min == 0)
            continue;
        slot_set all = {~(uint32_t)0};
        for (int j = 0; j < step->alternative_count; j++)
            all.bits &= sure_slots(&step->alternatives[j]).bits;
        sure.bits |= all.bits;
    }
    return sure;
}

static slot_set sure_slots_of_arg(const rg_arg *arg)
{
    slot_set sure = {0};
    if (arg->mode == RG_ARG_MAYBE || arg->mode == RG_ARG_ALL)
        return sure;
    sure.bits = ~(uint32_t)0;
    for (int i = 0; i < arg->paths.count; i++)
        sure.bits &= sure_slots(&arg->paths.items[i].steps).bits;
    if (arg->mode == RG_ARG_LIST) /* names in it belong to one of the list */
        sure.bits = 0;
    add_slot(&sure, arg->slot);
    return sure;
}

/* ---- The order of args -------------------------------------------------------------------- */

static rg_scalar place_of(const rg_rule *rule, int offset)
{
    return (rg_scalar){.file = rule->file, .offset = offset, .exact = true};
}

static bool report_circle(loader *l, const rg_rule *rule, const rg_arg *waiting,
                          int count)
{
    rg_buf names = rg_buf_in(l->c.arena);
    for (int i = 0; i < count; i++)
        rg_buf_format(&names, "%s%.*s", i ? ", " : "",
                      RG_PRINT(rule->slots.names[waiting[i].slot]));
    return load_error(l, place_of(rule, waiting[0].offset), "cycle",
                      "one of them must start at the anchor",
                      "no order of the arguments %.*s lets each start at a bound name",
                      RG_PRINT(load_excerpt(rg_buf_str(&names))));
}

/* The first of the waiting args whose paths start at bound slots only, or -1. */
static int find_ready(const rg_arg *waiting, int count, slot_set bound)
{
    for (int i = 0; i < count; i++) {
        slot_set read = {0}, own = {0};
        read_paths_slots(&waiting[i].paths, &read, &own);
        if ((read.bits & ~bound.bits & ~own.bits) == 0
            && !has_slot(read, waiting[i].slot))
            return i;
    }
    return -1;
}

bool load_order_args(loader *l, rg_rule *rule)
{
    rg_arg *waiting = rule->args;
    int count = rule->arg_count;
    slot_set bound = {1}; /* the anchor */
    while (count > 0) {
        int i = find_ready(waiting, count, bound);
        if (i < 0)
            return report_circle(l, rule, waiting, count);
        rg_arg arg = waiting[i];
        for (; i > 0; i--)
            waiting[i] = waiting[i - 1];
        *waiting++ = arg;
        count--;

        slot_set read = {0};
        read_paths_slots(&arg.paths, &read, &bound);
        add_slot(&bound, arg.slot);
    }
    return true;
}

/* ---- Checks of templates and of use --------------------------------------------------------- */

static void use_template(const rg_template *template, slot_set *used)
{
    for (int i = 0; i < template->count; i++)
        add_slot(used, template->pieces[i].slot);
}

/* Attributes start at names of the rules that they annotate. */
static void use_in_attributes(const loader *l, const rg_rule *rule, slot_set *used)
{
    for (int slot = 0; slot < rule->slots.count; slot++)
        if (rg_map_find(l->attribute_names, rule->slots.names[slot]) != RG_NONE)
            add_slot(used, slot);
}

/* All slots that something but their own binding names. */
static slot_set used_slots(const loader *l, const rg_rule *rule)
{
    slot_set used = {1}, bound = {0};
    for (int i = 0; i < rule->arg_count; i++) /* names in a list lead to one of it */
        read_paths_slots(&rule->args[i].paths, &used,
                         rule->args[i].mode == RG_ARG_LIST ? &used : &bound);
    read_paths_slots(&rule->wording, &used, &bound);
    add_slot(&used, rule->lead);
    add_slot(&used, rule->list);
    for (int i = 0; i < rule->not_count; i++)
        read_path_slots(&rule->nots[i], &used, &bound);
    for (int i = 0; i < rule->with_count; i++)
        read_paths_slots(&rule->withs[i].paths, &used, &bound);
    for (int i = 0; i < rule->where_count; i++) {
        add_slot(&used, rule->wheres[i].a);
        add_slot(&used, rule->wheres[i].b);
    }
    use_template(&rule->relation, &used);
    for (int i = 0; i < rule->set_count; i++)
        use_template(&rule->sets[i].value, &used);
    add_slot(&used, rule->subject);
    add_slot(&used, rule->object);
    for (int i = 0; i < rule->arg_count && rule->say_count > 0; i++)
        add_slot(&used, rule->args[i].slot); /* what fills a phrase need not be told */
    use_in_attributes(l, rule, &used);
    return used;
}

static void report_unused(loader *l, const rg_rule *rule, int slot, int offset)
{
    load_error(l, place_of(rule, offset), "unused-binding",
               "use it in the relation, in 'with' or 'where', or leave it out",
               "nothing uses the name '%.*s'", RG_PRINT(rule->slots.names[slot]));
}

static void check_used(loader *l, const rg_rule *rule)
{
    slot_set used = used_slots(l, rule);
    for (int slot = 1; rule->surface && slot < rule->slots.count; slot++)
        if ((rule->surface->bound >> slot & 1) && !has_slot(used, slot))
            report_unused(l, rule, slot, rule->surface->offset);
    for (int i = 0; i < rule->arg_count; i++) {
        const rg_arg *arg = &rule->args[i];
        slot_set read = {0}, bound = {0};
        read_paths_slots(&arg->paths, &read, &bound);
        add_slot(&bound, arg->slot);
        for (int slot = 0; slot < rule->slots.count; slot++) {
            if (!has_slot(bound, slot) || has_slot(used, slot))
                continue;
            add_slot(&used, slot); /* told once */
            report_unused(l, rule, slot, arg->offset);
        }
    }
}

/* The place of "{name" in the template, or that of the template. */
static rg_scalar place_in(const loader *l, const rg_rule *rule,
                          const rg_template *template, rg_str name)
{
    rg_str text = l->c.rules->files[rule->file].text;
    rg_str written =
        rg_str_cut(text, template->offset, template->offset + template->text.len);
    int at = 0;
    if (rg_str_equal(written, template->text))
        while ((at = rg_str_find_byte(written, '{', at)) >= 0)
            if (rg_str_starts(rg_str_cut(written, ++at, written.len), name)
                && !is_name_byte(written.bytes[at + name.len]))
                return place_of(rule, template->offset + at);
    return place_of(rule, template->offset);
}

static void check_template(loader *l, const rg_rule *rule, const rg_template *template,
                           slot_set sure)
{
    for (int i = 0; i < template->count; i++) {
        const rg_piece *piece = &template->pieces[i];
        if (piece->slot == RG_NONE || piece->optional || has_slot(sure, piece->slot))
            continue;
        rg_str name = rule->slots.names[piece->slot];
        const char *hint =
            rg_arena_format(l->c.arena, "write {%.*s?..}: it then stands for nothing",
                            RG_PRINT(name))
                .bytes;
        load_error(l, place_in(l, rule, template, name), "optional-name", hint,
                   "the template needs '%.*s', which may be unbound", RG_PRINT(name));
    }
}

/* "<thing+>" has to know what may stand between the things. */
static void check_joints(loader *l, const rg_rule *rule)
{
    if (rule->surface && rule->surface->has_joints
        && l->c.rules->output.joint_list == RG_NONE)
        load_error(l, place_of(rule, rule->surface->offset), "missing-key",
                   "core has it: 'include: [core]'",
                   "<type+> needs the words between the items: output: {joint: $LIST}");
}

void load_check_names(loader *l, const rg_rule *rule)
{
    slot_set sure = {1};
    if (rule->surface)
        sure.bits |= rule->surface->sure;
    for (int i = 0; i < rule->arg_count; i++)
        sure.bits |= sure_slots_of_arg(&rule->args[i]).bits;
    check_template(l, rule, &rule->relation, sure);
    for (int i = 0; i < rule->set_count; i++)
        check_template(l, rule, &rule->sets[i].value, sure);
    const int ends[] = {rule->subject, rule->object};
    for (int i = 0; i < 2; i++)
        if (!has_slot(sure, ends[i]))
            load_error(l, place_of(rule, rule->offset), "optional-name",
                       rule->surface
                           ? "take the '?' away, or bind it in every alternative"
                           : "take 'maybe' away, or bind it in every alternative",
                       "the %s '%.*s' may be unbound", i ? "object" : "subject",
                       RG_PRINT(rule->slots.names[ends[i]]));
    check_used(l, rule);
    check_joints(l, rule);
}
