#include "rules/reader.h"

#include <ctype.h>
#include <string.h>

char reader_peek(const reader *in)
{
    return in->at < in->scalar.value.len ? in->scalar.value.bytes[in->at] : '\0';
}

void reader_skip_blanks(reader *in)
{
    while (in->at < in->scalar.value.len && isspace((unsigned char)reader_peek(in)))
        in->at++;
}

bool reader_accept(reader *in, const char *text)
{
    rg_str rest = rg_str_cut(in->scalar.value, in->at, in->scalar.value.len);
    if (!rg_str_starts(rest, rg_str_of(text)))
        return false;
    in->at += (int)strlen(text);
    return true;
}

static bool is_ident(char byte)
{
    return isalnum((unsigned char)byte) || byte == '-' || byte == '_'
           || (unsigned char)byte >= 0x80;
}

bool reader_accept_word(reader *in, const char *word)
{
    reader_skip_blanks(in);
    int before = in->at;
    if (reader_accept(in, word) && !is_ident(reader_peek(in)))
        return true;
    in->at = before;
    return false;
}

rg_str reader_ident(reader *in)
{
    int from = in->at;
    if (isalpha((unsigned char)reader_peek(in))
        || (unsigned char)reader_peek(in) >= 0x80)
        while (in->at < in->scalar.value.len && is_ident(reader_peek(in)))
            in->at++;
    return rg_str_cut(in->scalar.value, from, in->at);
}

static bool ends_run(char byte)
{
    return isspace((unsigned char)byte) || strchr("[],|=!<>(){}", byte) != NULL;
}

rg_str reader_run(reader *in)
{
    int from = in->at;
    while (in->at < in->scalar.value.len && !ends_run(reader_peek(in)))
        in->at++;
    return rg_str_cut(in->scalar.value, from, in->at);
}

bool reader_expect_end(reader *in)
{
    reader_skip_blanks(in);
    if (in->at >= in->scalar.value.len)
        return true;
    rg_str rest = rg_str_cut(in->scalar.value, in->at, in->at + 20);
    return reader_error(in, in->at, "syntax", NULL, "cannot read '%.*s' here",
                        RG_PRINT(rest));
}

uint64_t rg_label_bit(int symbol)
{
    return (uint64_t)1 << ((unsigned)symbol * 2654435769u >> 26);
}
