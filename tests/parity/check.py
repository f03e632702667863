#!/usr/bin/env python3
"""Compares `relgraph parse` with the reference analyses, token by token, column by column.

usage: check.py PROGRAM [OPTION...] FILE.MODE.tsv...     (OPTIONs go to the program)

The text is FILE.txt; MODE is whole, lines or blocks. Says which columns differ, and where.
"""
import collections
import pathlib
import subprocess
import sys

SHOWN = 10


def analyse(program, options, reference):
    name, mode = reference.name.split(".")[:2]
    cut = [] if mode == "blocks" else [f"--{mode}"]
    command = [program, "parse", *options, *cut, "-f", "tsv", reference.with_name(f"{name}.txt")]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def rows(lines):
    return [line.split(b"\t") for line in lines]


def differences(header, expected, found):
    """(line, column, expected, found) of every column of every token that differs."""
    for number, (a, b) in enumerate(zip(expected, found), 2):
        for column, (x, y) in zip(header, zip(a, b)):
            if x != y:
                yield number, column.decode(), x.decode(), y.decode()


def compare(reference, output):
    """Number of tokens, and of tokens that differ; prints the first of them."""
    if output == reference.read_bytes():
        return output.count(b"\n") - 1, 0
    header, *expected = rows(reference.read_bytes().splitlines())
    _, *found = rows(output.splitlines())
    all_of_them = list(differences(header, expected, found))
    for number, column, x, y in all_of_them[:SHOWN]:
        print(f"{reference.name}:{number}: {column} is {y!r}, spaCy has {x!r}")
    print(f"{reference.name}: {len(found)} tokens, spaCy has {len(expected)};",
          dict(collections.Counter(column for _, column, _, _ in all_of_them)))
    return len(expected), max(1, len({number for number, *_ in all_of_them}))


def main():
    program, *rest = sys.argv[1:]
    references = [pathlib.Path(name) for name in rest if name.endswith(".tsv")]
    options = [word for word in rest if not word.endswith(".tsv")]
    tokens = bad = 0
    for reference in references:
        count, differing = compare(reference, analyse(program, options, reference))
        tokens += count
        bad += differing
    print(f"parity: {tokens} tokens compared, {bad} differ")
    sys.exit(bad > 0 or tokens == 0)


if __name__ == "__main__":
    main()
