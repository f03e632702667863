/* entities_tsv.c - who is who: one mention a line, those of an entity together. */
#include "output/output.h"
#include "output/tsv.h"

static void put_header(rg_buf *out)
{
    rg_buf_text(out,
                "entity\ttype\tdoc\tsentence\tstart\tend\tmention\tpass\tevidence\n");
}

static void put_mention(rg_buf *out, const rg_named *named, const rg_entity *entity,
                        const rg_entity_mention *m)
{
    rg_tsv_put(out, entity->label);
    rg_buf_byte(out, '\t');
    rg_tsv_put(out, rg_coref_type_name(named->rules, entity));
    rg_buf_byte(out, '\t');
    rg_tsv_put(out, named->parse->text->document->name);
    rg_buf_format(out, "\t%d\t%d\t%d\t", m->sentence + 1,
                  rg_parse_start(named->parse, m->first),
                  rg_parse_end(named->parse, m->end - 1));
    rg_tsv_put(out, rg_coref_text(out->arena, named->parse, m));
    rg_buf_byte(out, '\t');
    rg_tsv_put(out, m->pass);
    rg_buf_byte(out, '\t');
    rg_tsv_put(out, rg_coref_evidence(out->arena, named, m));
    rg_buf_byte(out, '\n');
}

static void put_entities(rg_buf *out, const rg_named *named)
{
    for (int i = 0; i < named->coref->entity_count; i++) {
        const rg_entity *entity = &named->coref->entities[i];
        for (int j = 0; j < entity->mention_count && rg_coref_is_shown(entity); j++)
            put_mention(out, named, entity,
                        &named->coref->mentions[entity->mentions[j]]);
    }
}

const rg_format rg_format_entities_tsv = {
    .name = "tsv",
    .ending = ".tsv",
    .summary = "entities, one mention a line, with tabs between",
    .from = RG_FROM_ENTITIES,
    .put_header = put_header,
    .put_entities = put_entities,
};
