#include "check/compare.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

/* ---- Comparing ------------------------------------------------------------------------- */

static char to_lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

/* Equal but for the case of the first letter, which a sentence's start changes. */
static bool is_label(rg_str wanted, rg_str label)
{
    if (wanted.len != label.len)
        return false;
    return wanted.len == 0
           || (to_lower(wanted.bytes[0]) == to_lower(label.bytes[0])
               && rg_str_equal(rg_str_cut(wanted, 1, wanted.len),
                               rg_str_cut(label, 1, label.len)));
}

static bool is_close(rg_str number, double value)
{
    char digits[16] = "";
    if (number.len >= (int)sizeof digits)
        return false;
    memcpy(digits, number.bytes, (size_t)number.len);
    double difference = strtod(digits, NULL) - value;
    return difference < 0.005 && difference > -0.005;
}

/* "subject.value", "time.value": the normal value of what the key names. */
static bool has_normal(const rg_edge *edge, rg_str name, rg_str value)
{
    if (rg_str_is(name, "subject"))
        return rg_str_equal(edge->subject_normal, value);
    if (rg_str_is(name, "object"))
        return rg_str_equal(edge->object_normal, value);
    for (int i = 0; i < edge->qualifier_count; i++)
        if (rg_str_equal(edge->qualifiers[i].key, name))
            return rg_str_equal(edge->qualifiers[i].normal, value);
    return value.len == 0;
}

static rg_str value_of(rg_arena *arena, const rg_edge *edge, rg_str key);

static bool has_value(const rg_edge *edge, rg_str key, rg_str value)
{
    rg_str normal = RG_STR(".value");
    if (rg_str_ends(key, normal))
        return has_normal(edge, rg_str_cut(key, 0, key.len - normal.len), value);
    if (rg_str_is(key, "polarity"))
        return rg_str_equal(edge->polarity, value);
    if (rg_str_is(key, "modality"))
        return rg_str_equal(edge->modality, value);
    if (rg_str_is(key, "source"))
        return is_label(value, edge->source);
    if (rg_str_is(key, "confidence"))
        return is_close(value, edge->confidence);
    if (rg_str_is(key, "tense") || rg_str_is(key, "aspect"))
        return rg_str_equal(value_of(NULL, edge, key), value);
    for (int i = 0; i < edge->qualifier_count; i++)
        if (rg_str_equal(edge->qualifiers[i].key, key))
            return rg_str_equal(edge->qualifiers[i].value, value);
    return value.len == 0;
}

static bool is_wanted(const rg_wanted *wanted, const rg_edge *edge)
{
    if (!is_label(wanted->subject, edge->subject)
        || !is_label(wanted->object, edge->object)
        || !rg_str_equal(wanted->relation, edge->relation))
        return false;
    for (int i = 0; i < wanted->key_count; i++)
        if (!has_value(edge, wanted->keys[i], wanted->values[i]))
            return false;
    return true;
}

/* ---- All triples of a sentence ---------------------------------------------------------- */

static bool is_in_scope(const scope *what, const rg_edge *edge)
{
    return what->rule.len == 0 || rg_str_equal(what->rule, edge->rule);
}

static void put_edge(rg_buf *out, const rg_edge *edge)
{
    rg_buf_format(out, "%s%.*s | %.*s | %.*s", out->len ? " ; " : "",
                  RG_PRINT(edge->subject), RG_PRINT(edge->relation),
                  RG_PRINT(edge->object));
    if (rg_str_is(edge->polarity, "negated"))
        rg_buf_text(out, " | polarity=negated");
    if (!rg_str_is(edge->modality, "asserted"))
        rg_buf_format(out, " | modality=%.*s", RG_PRINT(edge->modality));
    if (edge->source.len > 0)
        rg_buf_format(out, " | source=%.*s", RG_PRINT(edge->source));
    for (int i = 0; i < edge->qualifier_count; i++)
        rg_buf_format(out, " | %.*s=%.*s", RG_PRINT(edge->qualifiers[i].key),
                      RG_PRINT(edge->qualifiers[i].value));
}

rg_str compare_describe(rg_arena *arena, const rg_edges *edges, const scope *what)
{
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < edges->count; i++)
        if (is_in_scope(what, &edges->items[i]))
            put_edge(&out, &edges->items[i]);
    return out.len ? rg_buf_str(&out) : RG_STR("none");
}

rg_str compare_describe_wanted(rg_arena *arena, const rg_wanted *wanted)
{
    rg_buf out = rg_buf_in(arena);
    rg_buf_format(&out, "%.*s | %.*s | %.*s", RG_PRINT(wanted->subject),
                  RG_PRINT(wanted->relation), RG_PRINT(wanted->object));
    for (int i = 0; i < wanted->key_count; i++)
        rg_buf_format(&out, " | %.*s=%.*s", RG_PRINT(wanted->keys[i]),
                      RG_PRINT(wanted->values[i]));
    return rg_buf_str(&out);
}

int compare_find_missing(const rg_example *example, const rg_edges *edges,
                         const scope *what)
{
    for (int w = 0; w < example->wanted_count; w++) {
        bool found = false;
        for (int i = 0; i < edges->count && !found; i++)
            found = is_in_scope(what, &edges->items[i])
                    && is_wanted(&example->wanted[w], &edges->items[i]);
        if (!found)
            return w;
    }
    return -1;
}

const rg_edge *compare_find_surplus(const rg_example *example, const rg_edges *edges,
                                    const scope *what)
{
    for (int i = 0; i < edges->count; i++) {
        bool wanted = !is_in_scope(what, &edges->items[i]);
        for (int w = 0; w < example->wanted_count && !wanted; w++)
            wanted = is_wanted(&example->wanted[w], &edges->items[i]);
        if (!wanted)
            return &edges->items[i];
    }
    return NULL;
}

/* ---- What an example shall expect -------------------------------------------------------- */

/* How many of subject, relation and object are the same. */
static int likeness(const rg_wanted *wanted, const rg_edge *edge)
{
    return is_label(wanted->subject, edge->subject)
           + is_label(wanted->object, edge->object)
           + rg_str_equal(wanted->relation, edge->relation);
}

/* The triple of the example that is most like the edge, or NULL if none is. */
static const rg_wanted *find_like(const rg_example *example, const rg_edge *edge)
{
    const rg_wanted *best = NULL;
    for (int i = 0; i < example->wanted_count; i++) {
        int now = likeness(&example->wanted[i], edge);
        if (now > (best ? likeness(best, edge) : 0))
            best = &example->wanted[i];
    }
    return best;
}

static rg_str value_of(rg_arena *arena, const rg_edge *edge, rg_str key)
{
    if (rg_str_is(key, "polarity"))
        return edge->polarity;
    if (rg_str_is(key, "modality"))
        return edge->modality;
    if (rg_str_is(key, "source"))
        return edge->source;
    if (rg_str_is(key, "tense"))
        return edge->tense;
    if (rg_str_is(key, "aspect"))
        return edge->aspect;
    if (rg_str_is(key, "confidence"))
        return rg_arena_format(arena, "%.2f", edge->confidence);
    for (int i = 0; i < edge->qualifier_count; i++)
        if (rg_str_equal(edge->qualifiers[i].key, key))
            return edge->qualifiers[i].value;
    return (rg_str){"", 0};
}

static void put_escaped(rg_buf *out, rg_str text)
{
    for (int i = 0; i < text.len; i++) {
        if (rg_str_find_byte(RG_STR("|;=\\"), text.bytes[i], 0) >= 0)
            rg_buf_byte(out, '\\');
        rg_buf_byte(out, text.bytes[i]);
    }
}

static void put_pair(rg_buf *out, rg_str key, rg_str value)
{
    rg_buf_text(out, " | ");
    put_escaped(out, key);
    rg_buf_byte(out, '=');
    put_escaped(out, value);
}

/* The triple with the keys that the example named of one like it, else with those that are
 * not as usual. */
static void put_wanted(rg_buf *out, const rg_example *example, const rg_edge *edge)
{
    const rg_wanted *like = find_like(example, edge);
    rg_buf_text(out, out->len ? " ; " : "");
    put_escaped(out, edge->subject);
    rg_buf_text(out, " | ");
    put_escaped(out, edge->relation);
    rg_buf_text(out, " | ");
    put_escaped(out, edge->object);
    for (int i = 0; like && i < like->key_count; i++)
        put_pair(out, like->keys[i], value_of(out->arena, edge, like->keys[i]));
    if (like)
        return;
    if (rg_str_is(edge->polarity, "negated"))
        put_pair(out, RG_STR("polarity"), edge->polarity);
    if (!rg_str_is(edge->modality, "asserted"))
        put_pair(out, RG_STR("modality"), edge->modality);
}

/* Of all edges the one most like the wanted triple, or RG_NONE if none is. */
static int find_likest(const rg_wanted *wanted, const rg_edges *edges)
{
    int best = RG_NONE, most = 0;
    for (int i = 0; i < edges->count; i++) {
        int now = likeness(wanted, &edges->items[i]);
        if (now > most) {
            most = now;
            best = i;
        }
    }
    return best;
}

/* Is the edge what became of a triple that the example names? */
static bool is_meant(const rg_example *example, const rg_edges *edges, int edge)
{
    for (int i = 0; i < example->wanted_count; i++)
        if (find_likest(&example->wanted[i], edges) == edge)
            return true;
    return false;
}

rg_str compare_rewrite(rg_arena *arena, const rg_example *example,
                       const rg_edges *edges, const scope *what)
{
    rg_buf out = rg_buf_in(arena);
    for (int i = 0; i < edges->count; i++)
        if (is_in_scope(what, &edges->items[i])
            && (!what->partial || is_meant(example, edges, i)))
            put_wanted(&out, example, &edges->items[i]);
    return out.len || what->partial ? rg_buf_str(&out) : RG_STR("none");
}
