#!/usr/bin/env python3
"""same.py RELGRAPH COUNT - the same bytes in COUNT runs of each command: with one thread and two, with
every kernel, in the locales C, tr_TR and de_DE (those that are missing are named).
"""
import itertools
import os
import pathlib
import subprocess
import sys
import tempfile

import common

PROGRAM, COUNT = os.path.abspath(sys.argv[1]), int(sys.argv[2])
LOCALES = ["C", "tr_TR.UTF-8", "de_DE.UTF-8"]
COMMANDS = {
    "extract": ["extract", "a.txt", "long.txt"],
    "extract, jsonl": ["extract", "long.txt", "-f", "jsonl"],
    "draw -f dot": ["draw", "long.txt", "-f", "dot"],
    "draw -f svg": ["draw", "long.txt", "-f", "svg"],
    "filter": ["filter", "--in", "r.jsonl"],
    "query": ["query", "KB.db"],
}
KERNELS = ["portable", "avx2"]


def can_run(kernel, folder):
    return common.run(PROGRAM, ["parse", "a.txt", "--kernel", kernel], folder).returncode == 0


def query_what_was_built(words, options, folder, environment):
    (folder / "KB.db").unlink(missing_ok=True)
    built = common.run(PROGRAM, ["build", "a.txt", "long.txt", "-o", "KB.db", *options[2:]],
                       folder, **environment)
    assert built.returncode == 0, built
    return common.run(PROGRAM, words, folder, **environment)


def main():
    there = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=True).stdout
    there = there.lower().replace("utf8", "utf-8").split()
    for name in LOCALES:
        if name.lower() not in there:
            print(f"NOT TESTED: the locale {name} is missing (scripts/setup --tests)")
    with tempfile.TemporaryDirectory() as top:
        folder = common.fill(pathlib.Path(top, "work"))
        kernels = [kernel for kernel in KERNELS if can_run(kernel, folder)]
        ways = list(itertools.product(LOCALES, kernels, ("1", "2")))
        for name, words in COMMANDS.items():
            expected = None
            for number in range(COUNT):
                locale, kernel, threads = ways[number % len(ways)]
                environment = dict(LANG=locale, LC_ALL=locale)
                options = ["--kernel", kernel, "-j", threads]
                if name == "query":
                    done = query_what_was_built(words, options, folder, environment)
                else:
                    done = common.run(PROGRAM, [*words, *options], folder, **environment)
                assert done.returncode == 0 and done.stdout, done
                expected = expected or done.stdout
                assert done.stdout == expected, (name, locale, kernel, threads)
            print(f"{name}: {COUNT} runs, {len(expected)} bytes each, kernels {' '.join(kernels)}")


main()
