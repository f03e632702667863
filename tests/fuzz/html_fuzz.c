/* html_fuzz.c - any bytes as a page of HTML: blocks of valid UTF-8 that lead back into them. */
#include "markup.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    read_markup(fuzz_input(bytes, size), RG_TEXT_HTML);
    return 0;
}
