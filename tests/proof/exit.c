/* exit.c - children that end by _exit, and programs that SIGTERM ends, tell what they reached,
 * too (preset coverage). */
#include <signal.h>

void __gcov_dump(void);
_Noreturn void __real__exit(int status);
_Noreturn void __wrap__exit(int status);

_Noreturn void __wrap__exit(int status)
{
    __gcov_dump();
    __real__exit(status);
}

static void tell_and_end(int number)
{
    __gcov_dump();
    signal(number, SIG_DFL);
    raise(number);
}

__attribute__((constructor)) static void watch_sigterm(void)
{
    signal(SIGTERM, tell_and_end);
}
