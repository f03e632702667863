#!/usr/bin/env python3
"""Write src/base/unicode.inc: what Python 3.11 (Unicode 14.0.0) knows of each code point.

usage: scripts/unicode_tables.py > src/base/unicode.inc

The model was trained on features that Python's str methods gave, so the tables are made
from those methods themselves. Two stages: a code point's upper bits choose a page, its
place in the page gives the number of a record (properties, distance to the lower case).
"""
import sys
import unicodedata

PAGE_BITS = 7
FLAGS = ["SPACE", "ALPHA", "UPPER", "DIGIT", "CASED", "IGNORABLE"]


def record(code):
    c = chr(code)
    # Python keeps Cased and Case_Ignorable to itself, but shows them in final sigmas. A
    # character that is both counts as ignorable, as there.
    cased = (c + "\u03a3").lower().endswith("\u03c2")
    ignorable = not cased and ("A" + c + "\u03a3").lower().endswith("\u03c2")
    has = [c.isspace(), c.isalpha(), c.isupper(), c.isdigit(), cased, ignorable]
    lower = c.lower()
    delta = ord(lower) - code if len(lower) == 1 else 0
    return sum(1 << i for i, yes in enumerate(has) if yes), delta


def put_array(type_name, name, values):
    print(f"static const {type_name} {name}[{len(values)}] = {{")
    line = "   "
    for value in values:
        text = f" {value},"
        if len(line) + len(text) > 88:
            print(line)
            line = "   "
        line += text
    print(line)
    print("};\n")


def main():
    if unicodedata.unidata_version != "14.0.0":
        sys.exit(f"needs Unicode 14.0.0, this Python has {unicodedata.unidata_version}")
    records, record_numbers = [], {}
    pages, page_numbers, stage1 = [], {}, []
    for start in range(0, 0x110000, 1 << PAGE_BITS):
        page = []
        for code in range(start, start + (1 << PAGE_BITS)):
            r = record(code)
            if r not in record_numbers:
                record_numbers[r] = len(records)
                records.append(r)
            page.append(record_numbers[r])
        page = tuple(page)
        if page not in page_numbers:
            page_numbers[page] = len(pages)
            pages.append(page)
        stage1.append(page_numbers[page])
    long_ones = [c for c in range(0x110000) if len(chr(c).lower()) > 1]
    assert long_ones == [0x130] and len(records) < 256 and len(pages) < 65536

    print("/* Made by scripts/unicode_tables.py from Unicode 14.0.0; do not edit. */\n")
    print("enum {")
    print(f"    PAGE_BITS = {PAGE_BITS},")
    for i, flag in enumerate(FLAGS):
        print(f"    {flag} = {1 << i},")
    print("};\n")
    print(f"static const struct record {{\n    unsigned char flags;\n    int to_lower;\n}} records[{len(records)}] = {{")
    for flags, delta in records:
        print(f"    {{{flags}, {delta}}},")
    print("};\n")
    put_array("unsigned short" if len(pages) > 255 else "unsigned char", "page_of", stage1)
    put_array("unsigned char", "record_of", [r for page in pages for r in page])


if __name__ == "__main__":
    main()
