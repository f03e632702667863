/* fuzz_rules.h - what the fuzz targets of rule files share: writing one, loading it. */
#ifndef RG_FUZZ_FUZZ_RULES_H
#define RG_FUZZ_FUZZ_RULES_H

#include "fuzz.h"

#include "base/buf.h"
#include "rules/rules.h"

/* What messages say has to lie within the file, an rg_str. */
static inline void fuzz_check_message(void *user, const rg_message *message)
{
    const rg_str *file = user;
    fuzz_check(message->text.len > 0 && message->id && *message->id);
    fuzz_check(message->line <= file->len + 1 && message->column <= file->len + 1);
}

/* What stands between the double quotes of YAML, on one line. */
static inline void fuzz_put_scalar(rg_buf *out, rg_str text)
{
    for (int i = 0; i < text.len; i++) {
        char byte = text.bytes[i];
        if (byte == '"' || byte == '\\')
            rg_buf_byte(out, '\\');
        rg_buf_byte(out, byte == '\n' ? ' ' : byte);
    }
}

/* Loads what is requested, whose one file has this text; there is an error if and only if
 * it is refused. */
static inline bool fuzz_load(const rg_rules **rules, rg_arena *arena,
                             const rg_rules_request *request, rg_str *text)
{
    rg_error err = {0};
    *rules = NULL;
    bool ok = rg_rules_load(rules, arena, request,
                            (rg_reporter){fuzz_check_message, text}, &err);
    fuzz_check(ok == (err.kind == RG_ERROR_NONE));
    return ok;
}

static inline bool fuzz_load_text(const rg_rules **rules, rg_arena *arena, rg_str *text)
{
    rg_file file = {.path = {"fuzz", 4}, .text = *text};
    rg_rules_request request = {.texts = &file, .text_count = 1};
    return fuzz_load(rules, arena, &request, text);
}

#endif
