#!/usr/bin/env python3
"""pipes.py RELGRAPH COUNT - the reader of standard output leaves after so many different numbers of
bytes (`| head -c N`): extract, draw and parse end quietly with exit 0, filter with 6.
"""
import fcntl
import os
import pathlib
import random
import subprocess
import sys
import tempfile

import common

PROGRAM, COUNT = os.path.abspath(sys.argv[1]), int(sys.argv[2])
PAGE = 4096
COMMANDS = {
    "extract": (["extract", "long.txt"], 0),
    "extract, jsonl": (["extract", "long.txt", "-f", "jsonl"], 0),
    "draw": (["draw", "long.txt", "-f", "html"], 0),
    "parse": (["parse", "long.txt"], 0),
    "filter": (["filter", "--in", "many.jsonl"], 6),
    "filter --isolate": (["filter", "--in", "many.jsonl", "--isolate", "--line-buffered"], 6),
}


def read_some(words, folder, count):
    ends = os.pipe()
    fcntl.fcntl(ends[1], fcntl.F_SETPIPE_SZ, PAGE)
    with subprocess.Popen([PROGRAM, *words], cwd=folder, stdout=ends[1], stderr=subprocess.PIPE,
                          stdin=subprocess.DEVNULL) as process:
        os.close(ends[1])
        left = count
        while left > 0:
            got = len(os.read(ends[0], left))
            assert got > 0, (words, count, process.stderr.read())
            left -= got
        os.close(ends[0])
        return process.wait(), process.stderr.read()


def main():
    chance = random.Random(3)
    with tempfile.TemporaryDirectory() as top:
        folder = common.fill(pathlib.Path(top, "work"))
        (folder / "many.jsonl").write_text(common.record("r", common.TEXT) * 12)
        for name, (words, expected) in COMMANDS.items():
            size = len(common.run(PROGRAM, words, folder).stdout)
            assert size > 2 * PAGE, (name, size)
            for number in range(COUNT):
                count = 0 if number == 0 else chance.randrange(size - 2 * PAGE)
                code, said = read_some(words, folder, count)
                assert code == expected, (name, count, code, said)
                if expected == 0:
                    assert said == b"", (name, count, said)
                else:
                    assert said.startswith(b"standard output: error: nobody reads it"), said
            print(f"{name}: the reader left {COUNT} times, exit {expected}")


main()
