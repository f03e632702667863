#!/usr/bin/env python3
"""Write src/text/entities.inc: the named character references of HTML.

usage: scripts/html_entities.py > src/text/entities.inc

From Python's html.entities.html5, which is the table of the HTML standard. BARE marks the
names that are read without a semicolon, too.
"""
from html.entities import html5


def main():
    names = sorted({name.rstrip(";") for name in html5})
    print("/* Made by scripts/html_entities.py from the table of the HTML standard; do not edit. */")
    for name in names:
        codes = [ord(c) for c in html5[name + ";"]] + [0]
        print(f'{{"{name}", {codes[0]:#x}, {codes[1]:#x}, {"true" if name in html5 else "false"}}},')


main()
