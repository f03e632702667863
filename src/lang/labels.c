#include "lang/labels.h"

typedef struct label {
    rg_label_kind kind;
    rg_str text;
} label;

#define LABEL(kind, text) {kind, {text, (int)sizeof text - 1}},
static const label labels[] = {
#include "lang/labels.def"
};
#undef LABEL

enum { LABEL_COUNT = sizeof labels / sizeof labels[0], LONGEST = 32 };

bool rg_label_is_known(rg_label_kind kind, rg_str text)
{
    for (int i = 0; i < LABEL_COUNT; i++)
        if (labels[i].kind == kind && rg_str_equal(labels[i].text, text))
            return true;
    return false;
}

/* The ASCII lower-case form, cut at LONGEST bytes, in `bytes`. */
static rg_str lower(char bytes[LONGEST], rg_str text)
{
    int len = text.len < LONGEST ? text.len : LONGEST;
    for (int i = 0; i < len; i++) {
        char byte = text.bytes[i];
        bytes[i] = byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
    }
    return (rg_str){bytes, len};
}

rg_str rg_label_nearest(rg_label_kind kind, rg_str text)
{
    char word_bytes[LONGEST], label_bytes[LONGEST];
    rg_str word = lower(word_bytes, text), nearest = {"", 0};
    int limit = text.len < 3 ? 0 : text.len < 6 ? 1 : 2;
    for (int i = 0; i < LABEL_COUNT && limit >= 0; i++) {
        if (labels[i].kind != kind)
            continue;
        rg_str known = lower(label_bytes, labels[i].text);
        int distance = rg_str_distance(known, word, limit);
        if (distance <= limit) {
            nearest = labels[i].text;
            limit = distance - 1;
        }
    }
    return nearest;
}

int rg_label_count(rg_label_kind kind)
{
    int count = 0;
    for (int i = 0; i < LABEL_COUNT; i++)
        count += labels[i].kind == kind;
    return count;
}

rg_str rg_label_at(rg_label_kind kind, int i)
{
    for (int at = 0; at < LABEL_COUNT; at++)
        if (labels[at].kind == kind && i-- == 0)
            return labels[at].text;
    return (rg_str){"", 0};
}
