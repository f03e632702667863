#include "lang/vectors.h"

#include "lang/sections.h"

#include <assert.h>
#include <string.h>

enum {
    MOST_ENTRIES = 6144, /* 24 MB of records */
    BUCKET_BITS = 14,
    BUCKETS = 1 << BUCKET_BITS,
    GROUP = 32, /* new records computed at once */
    NONE = -1,
};

typedef struct entry {
    uint64_t key[RG_COLUMNS]; /* features that the network does not have are 0 */
    int next;                 /* in its bucket */
    unsigned batch;           /* the last call that used it */
    bool is_hot;              /* used since the hand came by */
} entry;

/* What the values of one column add to the mixer's sums, for those met last: a value's
 * place follows from its hash, and a new value takes it over. */
typedef struct features {
    const float *embed;
    rg_layer mixer; /* the mixer's weights for this column alone, without a bias */
    uint64_t *values;
    bool *is_used;
    float *products; /* 288 for each place */
    int places;      /* a power of two */
} features;

/* Records being computed. The columns' products are where they are kept, or in `made` if
 * the column did not have the value's; those are kept when the records are finished, as
 * they take the places of others. */
typedef struct group {
    const int *ids;
    int count;
    const float *parts[GROUP][RG_COLUMNS];
    int missing[RG_COLUMNS][GROUP]; /* indexes into ids */
    int missing_count[RG_COLUMNS];
    float embedded[GROUP][RG_WIDTH];
    float made[RG_COLUMNS][GROUP][RG_MAXOUT];
    float units[GROUP][RG_WIDTH];
    float vectors[GROUP][RG_WIDTH];
    float products[GROUP][3 * RG_MAXOUT];
} group;

/* Buckets are chains through entries; when all entries are used, a hand goes round and
 * takes the first one that was not used since it came by (the clock algorithm). */
struct rg_vectors {
    rg_arena *arena;
    const rg_kernels *kernels;
    int columns;
    rg_layer mixer, window;
    features features[RG_COLUMNS];

    int buckets[BUCKETS];
    entry *entries;
    float *records; /* one for each entry; the arena's pages are touched as they fill */
    int entry_count, hand;
    unsigned batch;

    int fresh[RG_VECTORS_BATCH]; /* entries whose records are still to be computed */
    int fresh_count;
    group *group;
    const float *nothing; /* the record of a row that is no token: zeros */
};

/* Places for the products of a column's values: most texts have few prefixes and shapes
 * and many norms. */
static const int place_counts[RG_COLUMNS] = {2048, 256, 2048, 512, 2, 2};

static void open_column(rg_vectors *v, int column)
{
    features *f = &v->features[column];
    f->mixer = v->mixer;
    f->mixer.weights += column * RG_WIDTH * RG_PANEL;
    f->mixer.inputs = RG_WIDTH;
    f->mixer.bias = rg_new(v->arena, float, RG_MAXOUT);
    f->places = place_counts[column];
    f->values = rg_new(v->arena, uint64_t, f->places);
    f->is_used = rg_new(v->arena, bool, f->places);
    f->products =
        rg_arena_take(v->arena, sizeof(float) * (size_t)f->places * RG_MAXOUT, 64);
}

/* Weights and sizes are those of layout.h, or the model is refused. */
static bool find_weights(rg_vectors *v, const rg_vectors_setup *setup, rg_error *err)
{
    rg_sections in = {setup->model, setup->network, err};
    for (int c = 0; c < v->columns; c++)
        if (!rg_sections_floats(&v->features[c].embed, &in, "embed.", c,
                                rg_embed_rows[c] * RG_WIDTH))
            return false;
    return rg_sections_maxout(&v->mixer, &in, "mixer", NONE, v->columns * RG_WIDTH);
}

bool rg_vectors_new(rg_vectors **out, rg_arena *arena, const rg_vectors_setup *setup,
                    rg_error *err)
{
    assert(setup->columns <= RG_COLUMNS);
    rg_vectors *v = rg_new(arena, rg_vectors, 1);
    v->arena = arena;
    v->kernels = setup->kernels;
    v->columns = setup->columns;
    v->window = *setup->window;
    v->window.inputs = RG_WIDTH;
    v->window.panel_size = RG_WIDTH * RG_PANEL;
    v->window.outputs = 3 * RG_MAXOUT;
    v->window.bias = rg_new(arena, float, 3 * RG_MAXOUT); /* the bias is added later */
    memset(v->buckets, 0xff, sizeof v->buckets);
    v->entries = rg_new(arena, entry, MOST_ENTRIES);
    v->records =
        rg_arena_take(arena, sizeof(float) * (size_t)MOST_ENTRIES * RG_RECORD, 64);
    v->nothing = rg_new(arena, float, RG_RECORD);
    v->group = rg_arena_take(arena, sizeof(group), 64);
    *out = v;
    if (!find_weights(v, setup, err))
        return false;
    for (int c = 0; c < v->columns; c++)
        open_column(v, c);
    return true;
}

static uint64_t mix(uint64_t x)
{
    x ^= x >> 33;
    x *= 0xff51afd7ed558ccdu;
    x ^= x >> 33;
    x *= 0xc4ceb9fe1a85ec53u;
    return x ^ x >> 33;
}

/* MurmurHash3_x64_128 of the 8 bytes of value (Appleby,
 * https://github.com/aappleby/smhasher). */
void rg_vectors_hash(uint32_t rows[4], uint64_t value, uint32_t seed)
{
    uint64_t first = value * 0x87c37b91114253d5u;
    first = (first << 31 | first >> 33) * 0x4cf5ad432745937fu;
    first ^= seed ^ 8u;
    uint64_t second = seed ^ 8u;
    first += second;
    second += first;
    first = mix(first);
    second = mix(second);
    first += second;
    second += first;
    rows[0] = (uint32_t)first;
    rows[1] = (uint32_t)(first >> 32);
    rows[2] = (uint32_t)second;
    rows[3] = (uint32_t)(second >> 32);
}

/* The features in the order of the columns. */
static void read_key(const rg_vectors *v, uint64_t key[RG_COLUMNS],
                     const rg_token *token)
{
    const rg_lexeme *lexeme = token->lexeme;
    bool has_flags = v->columns == RG_COLUMNS;
    key[0] = token->norm_id;
    key[1] = lexeme->prefix_id;
    key[2] = lexeme->suffix_id;
    key[3] = lexeme->shape_id;
    key[4] = has_flags && token->space_after;
    key[5] = has_flags && lexeme->is_space;
}

static int bucket_of(const uint64_t key[RG_COLUMNS])
{
    uint64_t hash = 0; /* the features are hashes themselves */
    for (int c = 0; c < RG_COLUMNS; c++)
        hash = (hash << 9 | hash >> 55) + key[c];
    return (int)(hash * 0x9e3779b97f4a7c15u >> (64 - BUCKET_BITS));
}

static float *record_of(const rg_vectors *v, int id)
{
    return v->records + (size_t)id * RG_RECORD;
}

static bool is_same_key(const uint64_t a[RG_COLUMNS], const uint64_t b[RG_COLUMNS])
{
    uint64_t differ = 0;
    for (int c = 0; c < RG_COLUMNS; c++)
        differ |= a[c] ^ b[c];
    return differ == 0;
}

static int find_entry(const rg_vectors *v, int bucket, const uint64_t key[RG_COLUMNS])
{
    int id = v->buckets[bucket];
    while (id != NONE && !is_same_key(v->entries[id].key, key))
        id = v->entries[id].next;
    return id;
}

static void unlink_entry(rg_vectors *v, int id)
{
    int *link = &v->buckets[bucket_of(v->entries[id].key)];
    while (*link != id)
        link = &v->entries[*link].next;
    *link = v->entries[id].next;
}

/* The next entry that was used neither in this call nor since the hand came by. A call
 * has fewer tokens than there are entries: there is always one. */
static int take_entry(rg_vectors *v)
{
    if (v->entry_count < MOST_ENTRIES)
        return v->entry_count++;
    for (;;) {
        int id = v->hand;
        entry *e = &v->entries[id];
        v->hand = (v->hand + 1) % v->entry_count;
        if (e->batch != v->batch && !e->is_hot) {
            unlink_entry(v, id);
            return id;
        }
        e->is_hot = false;
    }
}

static int add_entry(rg_vectors *v, int bucket, const uint64_t key[RG_COLUMNS])
{
    int id = take_entry(v);
    entry *e = &v->entries[id];
    memcpy(e->key, key, sizeof e->key);
    e->next = v->buckets[bucket];
    v->buckets[bucket] = id;
    v->fresh[v->fresh_count++] = id;
    return id;
}

/* The sum of the four embedding rows that the feature hashes to. */
static void put_feature(float *to, const rg_vectors *v, int column, uint64_t value)
{
    uint32_t keys[4], size = (uint32_t)rg_embed_rows[column];
    rg_vectors_hash(keys, value, (uint32_t)(RG_FIRST_SEED + column));
    const float *rows[4];
    for (int i = 0; i < 4; i++)
        rows[i] = v->features[column].embed + (size_t)(keys[i] % size) * RG_WIDTH;
    v->kernels->add(to, rows);
}

static int place_of(const features *f, uint64_t value)
{
    return (int)(mix(value) & (uint64_t)(f->places - 1));
}

static uint64_t value_of(const rg_vectors *v, const group *g, int item, int column)
{
    return v->entries[g->ids[item]].key[column];
}

/* Finds the products that are at hand and lists the others as missing. */
static void find_products(const rg_vectors *v, group *g, int column)
{
    const features *f = &v->features[column];
    g->missing_count[column] = 0;
    for (int i = 0; i < g->count; i++) {
        uint64_t value = value_of(v, g, i, column);
        int place = place_of(f, value);
        if (f->is_used[place] && f->values[place] == value)
            g->parts[i][column] = f->products + (size_t)place * RG_MAXOUT;
        else
            g->missing[column][g->missing_count[column]++] = i;
    }
}

static void make_products(const rg_vectors *v, group *g, int column)
{
    int count = g->missing_count[column];
    for (int m = 0; m < count; m++) {
        int item = g->missing[column][m];
        put_feature(g->embedded[m], v, column, value_of(v, g, item, column));
        g->parts[item][column] = g->made[column][m];
    }
    v->kernels->linear(g->made[column][0], g->embedded[0], RG_WIDTH, count,
                       &v->features[column].mixer);
}

static void keep_products(rg_vectors *v, const group *g, int column)
{
    features *f = &v->features[column];
    for (int m = 0; m < g->missing_count[column]; m++) {
        uint64_t value = value_of(v, g, g->missing[column][m], column);
        int place = place_of(f, value);
        memcpy(f->products + (size_t)place * RG_MAXOUT, g->made[column][m],
               sizeof g->made[column][m]);
        f->values[place] = value;
        f->is_used[place] = true;
    }
}

static void compute_group(rg_vectors *v, const int *ids, int count)
{
    group *g = v->group;
    g->ids = ids;
    g->count = count;
    for (int c = 0; c < v->columns; c++) {
        find_products(v, g, c);
        make_products(v, g, c);
    }
    for (int i = 0; i < count; i++)
        v->kernels->greatest(g->units[i], g->parts[i], v->columns, &v->mixer);
    v->kernels->normalise(g->vectors[0], g->units[0], count, false, &v->mixer);
    v->kernels->linear(g->products[0], g->vectors[0], RG_WIDTH, count, &v->window);
    for (int i = 0; i < count; i++) {
        float *record = record_of(v, ids[i]);
        memcpy(record, g->vectors[i], sizeof g->vectors[i]);
        memcpy(record + RG_WIDTH, g->products[i], sizeof g->products[i]);
    }
    for (int c = 0; c < v->columns; c++)
        keep_products(v, g, c);
}

static void compute_fresh(rg_vectors *v)
{
    for (int from = 0; from < v->fresh_count; from += GROUP) {
        int left = v->fresh_count - from;
        compute_group(v, v->fresh + from, left < GROUP ? left : GROUP);
    }
    v->fresh_count = 0;
}

void rg_vectors_find(rg_vectors *v, const float **records,
                     const rg_token *const *tokens, int count)
{
    assert(count <= RG_VECTORS_BATCH);
    v->batch++;
    for (int i = 0; i < count; i++) {
        uint64_t key[RG_COLUMNS];
        if (!tokens[i]) {
            records[i] = v->nothing;
            continue;
        }
        read_key(v, key, tokens[i]);
        int bucket = bucket_of(key), id = find_entry(v, bucket, key);
        bool is_new = id == NONE;
        if (is_new)
            id = add_entry(v, bucket, key);
        v->entries[id].is_hot = !is_new;
        v->entries[id].batch = v->batch;
        records[i] = record_of(v, id);
    }
    compute_fresh(v);
}
