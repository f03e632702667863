#include "extract/values.h"

#include "base/calendar.h"
#include "extract/pieces.h"

#include <string.h>

/* ---- Amounts --------------------------------------------------------------------------- */

/* A number with its unit, as far as it has been read. */
typedef struct amount {
    decimal total;   /* what stands before the last large scale: "three million ..." */
    decimal current; /* and behind it */
    bool has_number, is_ordinal;
    bool is_scaled, is_mixed; /* current: "two hundred", "two hundred five" */
    rg_str sign, unit;
} amount;

/* "twenty" and "five" make one number, "two" and "three" do not. */
static bool may_follow(decimal before, decimal more)
{
    int whole = decimal_whole(before), next = decimal_whole(more);
    if (before.digits == 0)
        return true;
    return next >= 0
           && ((whole > 0 && whole % 100 == 0 && next < 100)
               || (whole >= 20 && whole % 10 == 0 && next < 10));
}

static bool add_number(amount *a, decimal number)
{
    if (a->unit.len > 0 && a->has_number)
        return false;
    if (!may_follow(a->current, number))
        return false;
    a->has_number = true;
    a->is_mixed = a->is_scaled;
    return decimal_add(&a->current, a->current, number);
}

/* "hundred" and "dozen" multiply what is just before them, which "two hundred five" is not;
 * larger ones end a part. */
static bool add_scale(amount *a, rg_str text)
{
    decimal scale, part;
    const decimal thousand = {1, 3};
    if (!a->has_number || decimal_read(&scale, text) != text.len
        || !decimal_multiply(&part, a->current, scale))
        return false;
    if (decimal_compare(scale, thousand) < 0) {
        a->current = part;
        a->is_scaled = true;
        return !a->is_mixed;
    }
    a->current = (decimal){0, 0};
    a->is_scaled = a->is_mixed = false;
    return decimal_add(&a->total, a->total, part);
}

static bool add_unit(amount *a, rg_str unit)
{
    if (a->is_ordinal)
        return false;
    if (a->unit.len > 0)
        return rg_str_equal(a->unit, unit);
    a->unit = unit;
    return true;
}

static bool add_word(amount *a, rg_str text, bool ordinal)
{
    decimal number;
    a->is_ordinal |= ordinal;
    return !(ordinal && a->unit.len > 0) && decimal_read(&number, text) == text.len
           && add_number(a, number);
}

static bool add_sign(amount *a, rg_str sign)
{
    bool first = a->sign.len == 0 && !a->has_number;
    a->sign = sign;
    return first;
}

/* A dash joins "twenty-five" and "5-year"; between two numbers it makes a range. */
static bool is_joint(const pieces *all, int at)
{
    bool before = at > 0 && all->items[at - 1].has_digits;
    bool behind = at + 1 < all->count && all->items[at + 1].has_digits;
    return at > 0 && at + 1 < all->count && !(before && behind);
}

static bool add_piece(amount *a, const pieces *all, int at)
{
    const piece *p = &all->items[at];
    if (p->has_digits && !add_number(a, p->number))
        return false;
    if (piece_is(p, RG_VALUES_SCALE))
        return add_scale(a, p->words[RG_VALUES_SCALE]);
    if (piece_is(p, RG_VALUES_UNIT))
        return add_unit(a, p->words[RG_VALUES_UNIT]);
    if (p->has_digits) { /* "20th", but not "1990s" */
        a->is_ordinal |= piece_is(p, RG_VALUES_ORDINAL);
        return !piece_is(p, RG_VALUES_PERIOD);
    }
    if (piece_is(p, RG_VALUES_NUMBER))
        return add_word(a, p->words[RG_VALUES_NUMBER], false);
    if (piece_is(p, RG_VALUES_ORDINAL))
        return add_word(a, p->words[RG_VALUES_ORDINAL], true);
    if (piece_is(p, RG_VALUES_SIGN))
        return add_sign(a, p->words[RG_VALUES_SIGN]);
    return piece_is(p, RG_VALUES_SKIP)
           || (piece_is(p, RG_VALUES_RANGE) && is_joint(all, at));
}

static rg_str amount_of(rg_arena *arena, const pieces *all)
{
    amount a = {.sign = RG_STR(""), .unit = RG_STR("")};
    for (int i = 0; i < all->count; i++)
        if (!add_piece(&a, all, i))
            return RG_STR("");
    decimal number;
    if (!a.has_number || !decimal_add(&number, a.total, a.current))
        return RG_STR("");
    rg_buf out = rg_buf_in(arena);
    rg_buf_put(&out, a.sign);
    decimal_put(&out, number);
    if (a.unit.len > 0)
        rg_buf_format(&out, " %.*s", RG_PRINT(a.unit));
    return rg_buf_str(&out);
}

/* ---- Dates ----------------------------------------------------------------------------- */

enum { UNSET = -100 };

/* What a date says of itself. */
typedef struct date {
    int year, month, day, weekday; /* 0: unset */
    int number;                    /* of periods; 0: unset */
    int offset, turn, ago;         /* UNSET, or days, -1 to 1, -1 or 1 */
    char period;                   /* 0: unset */
} date;

static bool set(int *part, int value, int unset)
{
    bool free = *part == unset || *part == value;
    *part = value;
    return free;
}

static bool add_date_number(date *d, int number, bool is_year)
{
    if (number <= 0)
        return false;
    if (is_year && number >= 1000 && number < 3000)
        return set(&d->year, number, 0);
    return set(&d->number, number, 0);
}

static bool add_period(date *d, char period)
{
    int before = d->period;
    d->period = period;
    return before == 0 || before == period;
}

static bool add_number_word(date *d, rg_str text)
{
    decimal number;
    return decimal_read(&number, text) == text.len
           && add_date_number(d, decimal_whole(number), false);
}

/* Of a word with several meanings the first that fits here counts. */
static bool add_date_piece(date *d, const piece *p)
{
    if (p->has_digits && !add_date_number(d, decimal_whole(p->number), p->is_year))
        return false;
    if (piece_is(p, RG_VALUES_MONTH))
        return set(&d->month, piece_number(p, RG_VALUES_MONTH), 0);
    if (piece_is(p, RG_VALUES_WEEKDAY))
        return set(&d->weekday, piece_number(p, RG_VALUES_WEEKDAY), 0);
    if (piece_is(p, RG_VALUES_PERIOD))
        return add_period(d, p->words[RG_VALUES_PERIOD].bytes[0]);
    if (piece_is(p, RG_VALUES_TURN))
        return set(&d->turn, piece_number(p, RG_VALUES_TURN), UNSET);
    if (piece_is(p, RG_VALUES_AGO))
        return set(&d->ago, piece_number(p, RG_VALUES_AGO), UNSET);
    if (piece_is(p, RG_VALUES_DAY)) {
        int days = piece_number(p, RG_VALUES_DAY);
        d->offset = d->offset == UNSET ? days : d->offset + days;
        return true;
    }
    if (piece_is(p, RG_VALUES_SKIP) || p->has_digits)
        return true;
    if (piece_is(p, RG_VALUES_ORDINAL))
        return add_number_word(d, p->words[RG_VALUES_ORDINAL]);
    return piece_is(p, RG_VALUES_NUMBER)
           && add_number_word(d, p->words[RG_VALUES_NUMBER]);
}

/* Where dates come from: the document's day, if it is known. */
typedef struct today {
    bool known;
    rg_day day;
} today;

static rg_str print_day(rg_arena *arena, rg_day day)
{
    if (!rg_day_exists(day))
        return RG_STR("");
    return rg_arena_format(arena, "%04d-%02d-%02d", day.year, day.month, day.day);
}

/* Of four digits, as rg_day_exists has it. */
static bool is_year(int year)
{
    return year >= 1 && year <= 9999;
}

static rg_str print_month(rg_arena *arena, int months)
{
    if (!is_year(months / 12))
        return RG_STR("");
    return rg_arena_format(arena, "%04d-%02d", months / 12, months % 12 + 1);
}

/* The period `count` periods away from the one that holds the day. */
static rg_str shift(rg_arena *arena, rg_day from, char period, int count)
{
    int months = from.year * 12 + from.month - 1, year;
    if (count > 3000 || count < -3000)
        return RG_STR("");
    switch (period) {
    case 'D': return print_day(arena, rg_day_of(rg_day_number(from) + count));
    case 'W': {
        int week = rg_day_week(rg_day_of(rg_day_number(from) + 7 * count), &year);
        return is_year(year) ? rg_arena_format(arena, "%04d-W%02d", year, week)
                             : RG_STR("");
    }
    case 'M': return print_month(arena, months + count);
    case 'Q':
        months += 3 * count;
        return is_year(months / 12) ? rg_arena_format(arena, "%04d-Q%d", months / 12,
                                                      months % 12 / 3 + 1)
                                    : RG_STR("");
    case 'Y':
        return is_year(from.year + count)
                   ? rg_arena_format(arena, "%04d", from.year + count)
                   : RG_STR("");
    default: return RG_STR("");
    }
}

/* The latest that is not after today, unless the text says which turn is meant. */
static int year_of_month(const date *d, rg_day now, int day)
{
    bool later = d->month > now.month || (d->month == now.month && day > now.day);
    bool same = d->month == now.month && (day == 0 || day == now.day);
    if (d->turn == 0)
        return now.year;
    if (d->turn == 1)
        return later ? now.year : now.year + 1;
    return later || (d->turn == -1 && same) ? now.year - 1 : now.year;
}

static rg_str month_value(rg_arena *arena, date d, const today *now)
{
    int day = d.number;
    if (d.offset > 0 || d.ago != UNSET || d.period || (d.year && d.turn != UNSET)
        || (!d.year && !now->known))
        return RG_STR("");
    int year = d.year ? d.year : year_of_month(&d, now->day, day);
    return day ? print_day(arena, (rg_day){year, d.month, day})
               : print_month(arena, year * 12 + d.month - 1);
}

/* The latest such day up to today; "last" and "next" leave today out. */
static rg_str weekday_value(rg_arena *arena, const date *d, rg_day now)
{
    int number = rg_day_number(now);
    int behind = (rg_day_weekday(now) - d->weekday + 7) % 7;
    if (d->turn == 1)
        number += 7 - behind;
    else if (d->turn == 0) /* of this week */
        number += d->weekday - rg_day_weekday(now);
    else
        number -= d->turn == -1 && behind == 0 ? 7 : behind;
    return print_day(arena, rg_day_of(number));
}

static rg_str year_value(rg_arena *arena, const date *d)
{
    if (d->turn != UNSET || d->ago != UNSET || d->offset != UNSET)
        return RG_STR("");
    if (d->period == 'X')
        return d->year % 10 == 0 ? rg_arena_format(arena, "%03dX", d->year / 10)
                                 : RG_STR("");
    if (d->period == 'Q' && d->number >= 1 && d->number <= 4)
        return rg_arena_format(arena, "%04d-Q%d", d->year, d->number);
    bool bare = !d->number && (!d->period || d->period == 'Y'); /* "the year 2019" */
    return !bare ? RG_STR("") : rg_arena_format(arena, "%04d", d->year);
}

/* What counts from today: "yesterday", "last week", "three years ago", "Sunday". */
static rg_str relative_value(rg_arena *arena, const date *d, const today *now)
{
    bool alone = !d->number && d->ago == UNSET;
    if (!now->known)
        return RG_STR("");
    if (d->weekday)
        return alone && !d->period && d->offset <= 0 ? weekday_value(arena, d, now->day)
                                                     : RG_STR("");
    if (d->period && d->ago != UNSET && d->turn == UNSET)
        return shift(arena, now->day, d->period, d->ago * (d->number ? d->number : 1));
    if (d->period && d->turn != UNSET && alone && d->offset == UNSET)
        return shift(arena, now->day, d->period, d->turn);
    if (d->offset != UNSET && alone && !d->period)
        return shift(arena, now->day, 'D',
                     d->offset + (d->turn == UNSET ? 0 : d->turn));
    return RG_STR("");
}

static rg_str date_of_parts(rg_arena *arena, const date *d, const today *now)
{
    if (d->month)
        return month_value(arena, *d, now);
    if (d->year)
        return d->weekday ? RG_STR("") : year_value(arena, d);
    return relative_value(arena, d, now);
}

static bool read_date(date *out, const pieces *all, int first, int end)
{
    *out = (date){.offset = UNSET, .turn = UNSET, .ago = UNSET};
    for (int i = first; i < end; i++)
        if (!add_date_piece(out, &all->items[i]))
            return false;
    return end > first;
}

/* "2019-02-20" is five tokens: the dates as written in one run, or empty. */
static rg_str iso_of(rg_arena *arena, const sentence *s, int first, int end)
{
    rg_day day;
    int *tokens = rg_new(s->arena, int, end - first);
    for (int i = first; i < end; i++)
        tokens[i - first] = i;
    rg_str text = rg_extract_text(arena, s->parse, (rg_tokens){tokens, end - first});
    return rg_day_read(&day, text) ? text : RG_STR("");
}

/* "March to May 2019": two dates, the first of which may take year and month of the
 * second. */
static rg_str range_of(rg_arena *arena, const pieces *all, int at, const today *now)
{
    date from, to;
    if (!read_date(&from, all, 0, at) || !read_date(&to, all, at + 1, all->count))
        return RG_STR("");
    if (to.month && !from.month && from.number && !from.year)
        from.month = to.month;
    if (to.month && from.month && !to.number && to.year == 0 && from.number)
        return RG_STR("");
    if (!from.year && from.month)
        from.year = to.year;
    rg_str first = date_of_parts(arena, &from, now),
           last = date_of_parts(arena, &to, now);
    if (first.len == 0 || last.len == 0 || rg_str_compare(first, last) >= 0)
        return RG_STR("");
    return rg_arena_format(arena, "%.*s/%.*s", RG_PRINT(first), RG_PRINT(last));
}

static rg_str date_of(rg_arena *arena, const pieces *all, const today *now)
{
    date whole;
    for (int i = 0; i < all->count; i++)
        if (piece_is(&all->items[i], RG_VALUES_RANGE))
            return range_of(arena, all, i, now);
    return read_date(&whole, all, 0, all->count) ? date_of_parts(arena, &whole, now)
                                                 : RG_STR("");
}

/* ---- Mentions -------------------------------------------------------------------------- */

static bool is_type_of(const rg_rules *rules, int type, const uint64_t *types)
{
    for (int i = 0; i < RG_MAX_TYPES / 64; i++)
        if (rules->types[type].kinds[i] & types[i])
            return true;
    return false;
}

/* Is the word in the list of units? The model leaves some of them out of its names. */
static bool is_unit(const sentence *s, int token, int block)
{
    int list = s->rules->values.lists[RG_VALUES_UNIT];
    const rg_token *t = &s->parse->tokens[token];
    return list != RG_NONE && t->block == block
           && (rg_rules_find_item(s->rules, list, t->lexeme->lower) != RG_NONE
               || rg_rules_find_item(s->rules, list, t->lemma) != RG_NONE);
}

static rg_str mention_amount(const sentence *s, rg_arena *arena, const rg_mention *m)
{
    int first = m->first, end = m->end, block = s->parse->tokens[first].block;
    pieces all;
    if (first > s->first && is_unit(s, first - 1, block))
        first--;
    if (end < s->first + s->count && is_unit(s, end, block))
        end++;
    return pieces_read(&all, s, first, end) ? amount_of(arena, &all) : RG_STR("");
}

static rg_str mention_date(const sentence *s, rg_arena *arena, const rg_mention *m)
{
    pieces all;
    today now = {0};
    rg_str iso = iso_of(arena, s, m->first, m->end);
    if (iso.len > 0)
        return iso;
    now.known = rg_day_read(&now.day, s->parse->text->document->date);
    if (!pieces_read(&all, s, m->first, m->end))
        return RG_STR("");
    rg_str value = date_of(arena, &all, &now);
    return value.len > 0 ? value : amount_of(arena, &all); /* "two years" */
}

/* The mention that the node is in, or, if the node is a unit, that before it. */
static const rg_mention *find_mention(const sentence *s, int node)
{
    int token = s->first + node;
    int index = s->mentions->of_token[token];
    if (index == RG_NONE && node > 0
        && is_unit(s, token, s->parse->tokens[token].block))
        index = s->mentions->of_token[token - 1];
    return index == RG_NONE ? NULL : &s->mentions->items[index];
}

rg_str values_of(const sentence *s, rg_arena *arena, int node)
{
    const rg_values *values = &s->rules->values;
    const rg_mention *mention = find_mention(s, node);
    if (!mention || mention->type == RG_NONE)
        return RG_STR("");
    if (is_type_of(s->rules, mention->type, values->dates))
        return mention_date(s, arena, mention);
    if (is_type_of(s->rules, mention->type, values->amounts))
        return mention_amount(s, arena, mention);
    return RG_STR("");
}
