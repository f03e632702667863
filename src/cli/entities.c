#include "cli/run.h"

bool run_entities(const arguments *args, rg_error *err)
{
    return run_documents(args, RG_PRODUCT_ENTITIES, err);
}
