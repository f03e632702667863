/* clock.h - how long something takes. */
#ifndef RG_BASE_CLOCK_H
#define RG_BASE_CLOCK_H

/* Seconds since some moment; never goes back. */
double rg_clock_seconds(void);

/* Seconds of processor time that the calling thread has used. */
double rg_clock_cpu_seconds(void);

#endif
