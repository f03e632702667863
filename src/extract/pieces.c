#include "extract/pieces.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_WORDS = 3 };

bool piece_is(const piece *p, rg_values_part part)
{
    return p->words[part].bytes != NULL;
}

int piece_number(const piece *p, rg_values_part part)
{
    char digits[16] = "";
    rg_str text = p->words[part];
    if (text.bytes && text.len < (int)sizeof digits)
        memcpy(digits, text.bytes, (size_t)text.len);
    return atoi(digits);
}

/* The value of the words in the list of a part; bytes NULL if they are not in it. */
static rg_str look_up(const sentence *s, rg_values_part part, rg_str words)
{
    int list = s->rules->values.lists[part];
    int item = list == RG_NONE ? RG_NONE : rg_rules_find_item(s->rules, list, words);
    return item == RG_NONE ? (rg_str){NULL, 0}
                           : rg_rules_item_value(s->rules, list, item);
}

/* Fills in what the lists say of the words; false if none has them. */
static bool look_up_all(piece *out, const sentence *s, rg_str words)
{
    bool found = false;
    for (int part = 0; part < RG_VALUES_COUNT; part++) {
        if (!piece_is(out, (rg_values_part)part))
            out->words[part] = look_up(s, (rg_values_part)part, words);
        found |= piece_is(out, (rg_values_part)part);
    }
    return found;
}

/* Tokens [first, first + count) in lower case, a blank between; the last one by its lemma
 * if asked for. */
static rg_str join(const sentence *s, int first, int count, bool lemma)
{
    rg_buf out = rg_buf_in(s->arena);
    for (int i = first; i < first + count; i++) {
        const rg_token *token = &s->parse->tokens[i];
        if (i > first)
            rg_buf_byte(&out, ' ');
        rg_buf_put(&out, lemma && i == first + count - 1 ? token->lemma
                                                         : token->lexeme->lower);
    }
    return rg_buf_str(&out);
}

/* "2019", "1,650,000", "5bn", "20th", "1990s": what is behind the digits stands in a list. */
static bool read_digits(piece *out, const sentence *s, rg_str text)
{
    int len = decimal_read(&out->number, text);
    if (len == 0)
        return false;
    out->has_digits = true;
    out->is_year = len == 4 && rg_str_find_byte(rg_str_cut(text, 0, 4), ',', 0) < 0
                   && rg_str_find_byte(rg_str_cut(text, 0, 4), '.', 0) < 0;
    return len == text.len || look_up_all(out, s, rg_str_cut(text, len, text.len));
}

/* The longest piece at a token: how many tokens it takes, 0 if it is none. */
static int read_piece(piece *out, const sentence *s, int first, int end)
{
    *out = (piece){0};
    if (read_digits(out, s, s->parse->tokens[first].lexeme->lower))
        return 1;
    *out = (piece){0};
    int most = end - first < LONGEST_WORDS ? end - first : LONGEST_WORDS;
    for (int count = most; count > 0; count--) {
        bool written = look_up_all(out, s, join(s, first, count, false));
        if (look_up_all(out, s, join(s, first, count, true)) || written)
            return count;
    }
    return 0;
}

bool pieces_read(pieces *out, const sentence *s, int first, int end)
{
    out->count = 0;
    for (int i = first; i < end;) {
        if (s->parse->tokens[i].lexeme->is_space) {
            i++;
            continue;
        }
        if (out->count == MOST_PIECES)
            return false;
        int taken = read_piece(&out->items[out->count], s, i, end);
        if (taken == 0)
            return false;
        out->count++;
        i += taken;
    }
    return out->count > 0;
}
