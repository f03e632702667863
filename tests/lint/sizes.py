#!/usr/bin/env python3
"""Checks that functions stay short: half of them, 9 of 10 and 99 of 100 within LIMITS.

A function begins at a line '{' and ends at the next line '}', both in the first column.
"""
import pathlib
import sys

LIMITS = {50: 12, 90: 30, 99: 60}


def functions(file):
    """(lines, first line) of each function, braces not counted."""
    start = None
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            yield number - start - 1, start
            start = None


def main():
    found = sorted((size, f"{file}:{line}") for file in pathlib.Path(sys.argv[1]).rglob("*.c")
                   for size, line in functions(file))
    for size, place in found[-5:]:
        print(f"{place}: {size} lines")
    bad = not found
    for share, limit in LIMITS.items():
        size = found[min(len(found) - 1, len(found) * share // 100)][0]
        print(f"{share} of 100 functions have at most {size} lines (limit {limit})")
        bad = bad or size > limit
    sys.exit(bad)


main()
