/* calendar.h - days of the Gregorian calendar: read, counted, put into ISO weeks.
 *
 *     rg_day day;
 *     rg_day_read(&day, RG_STR("2019-02-20"))     2019, 2, 20
 *     rg_day_weekday(day)                         3, a Wednesday
 *     rg_day_of(rg_day_number(day) - 1)           2019-02-19
 */
#ifndef RG_BASE_CALENDAR_H
#define RG_BASE_CALENDAR_H

#include "base/str.h"

typedef struct rg_day {
    int year, month, day; /* year 1 to 9999, month and day from 1 */
} rg_day;

/* Is there such a day? */
bool rg_day_exists(rg_day day);
/* "YYYY-MM-DD" and nothing else; false if it is none, or no day. */
bool rg_day_read(rg_day *out, rg_str text);
/* Days since 1970-01-01, and back. */
int rg_day_number(rg_day day);
rg_day rg_day_of(int number);
/* 1 is Monday, 7 Sunday. */
int rg_day_weekday(rg_day day);
/* The ISO week that holds the day; *year is the one that the week belongs to. */
int rg_day_week(rg_day day, int *year);

#endif
