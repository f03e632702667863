#include "base/calendar.h"

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool rg_day_exists(rg_day day)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (day.year < 1 || day.year > 9999 || day.month < 1 || day.month > 12)
        return false;
    int length = lengths[day.month - 1] + (day.month == 2 && is_leap(day.year));
    return day.day >= 1 && day.day <= length;
}

/* The number that `count` digits from `at` on make, or -1. */
static int read_digits(rg_str text, int at, int count)
{
    int number = 0;
    for (int i = at; i < at + count; i++) {
        if (i >= text.len || text.bytes[i] < '0' || text.bytes[i] > '9')
            return -1;
        number = number * 10 + (text.bytes[i] - '0');
    }
    return number;
}

bool rg_day_read(rg_day *out, rg_str text)
{
    if (text.len != 10 || text.bytes[4] != '-' || text.bytes[7] != '-')
        return false;
    *out = (rg_day){read_digits(text, 0, 4), read_digits(text, 5, 2),
                    read_digits(text, 8, 2)};
    return rg_day_exists(*out);
}

/* Howard Hinnant, "chrono-compatible low-level date algorithms": years begin in March,
 * eras have 400 years. Years before our era do not occur. */
int rg_day_number(rg_day day)
{
    int year = day.year - (day.month <= 2);
    int era = year / 400, of_era = year % 400;
    int months = (day.month + 9) % 12;
    int of_year = (153 * months + 2) / 5 + day.day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

rg_day rg_day_of(int number)
{
    int days = number + 719468;
    int era = days / 146097, of_era = days % 146097;
    int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year + year / 4 - year / 100);
    int months = (5 * of_year + 2) / 153;
    int month = months < 10 ? months + 3 : months - 9;
    return (rg_day){year + era * 400 + (month <= 2), month,
                    of_year - (153 * months + 2) / 5 + 1};
}

int rg_day_weekday(rg_day day)
{
    int since = (rg_day_number(day) + 3) % 7; /* 1970-01-01 was a Thursday */
    return (since < 0 ? since + 7 : since) + 1;
}

int rg_day_week(rg_day day, int *year)
{
    rg_day thursday = rg_day_of(rg_day_number(day) + 4 - rg_day_weekday(day));
    rg_day first = {thursday.year, 1, 1};
    *year = thursday.year;
    return (rg_day_number(thursday) - rg_day_number(first)) / 7 + 1;
}
