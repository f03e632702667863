#include "base/clock.h"

#include <time.h>

static double read_clock(clockid_t which)
{
    struct timespec now = {0};
    clock_gettime(which, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

double rg_clock_seconds(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

double rg_clock_cpu_seconds(void)
{
    return read_clock(CLOCK_THREAD_CPUTIME_ID);
}
