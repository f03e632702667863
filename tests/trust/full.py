#!/usr/bin/env python3
"""full.py RELGRAPH NOSPACE.so COUNT - outputs on a disk that is full after COUNT different numbers of
bytes: exit 6 with path and reason, the old file whole, nothing else left. And /dev/full as the
standard output of every command.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

import common

PROGRAM, NOSPACE = map(os.path.abspath, sys.argv[1:3])
COUNT = int(sys.argv[3])
WRITERS = [
    ["extract", "long.txt", "-o", "out.tsv"],
    ["draw", "t.jsonl", "-o", "out.dot"],
    ["draw", "t.jsonl", "-o", "out.svg"],
    ["draw", "t.jsonl", "-o", "out.html"],
    ["filter", "--in", "r.jsonl", "-o", "out.jsonl"],
    ["explain", "a.txt:1", "-o", "out.svg"],
    ["rules", "lock", "phrases.yaml"],
]
MADE = {"phrases.yaml": "phrases.lock"}  # what is not named by -o
PRINTERS = [
    ["extract", "a.txt"], ["draw", "a.txt"], ["draw", "t.jsonl", "-f", "svg"],
    ["draw", "t.jsonl", "-f", "png"], ["parse", "a.txt"], ["entities", "a.txt"],
    ["filter", "--in", "r.jsonl"], ["query", "old.db"], ["query", "old.db", "--from", "Ann Lee", "--to", "Acme"],
    ["diff", "t.jsonl", "none.jsonl"], ["explain", "a.txt:1"], ["stats", "a.txt"],
    ["explain", "a.txt:1", "-f", "svg"], ["explain", "a.txt:1", "-f", "json"],
    ["test", "small.yaml"], ["test", "small.yaml", "-f", "junit"], ["lint", "small.yaml", "-f", "json"],
    ["lint", "small.yaml", "-f", "sarif"], ["rules", "list"], ["rules", "show", "acquires"],
    ["rules", "expand"], ["model", "info"], ["build", "a.txt", "-o", "new.db"],
    ["parse", "a.txt", "-f", "json"], ["parse", "a.txt", "-f", "conllu"], ["entities", "a.txt", "-f", "jsonl"],
    ["entities", "--suggest", "a.txt"], ["stats", "a.txt", "-f", "tsv"],
    ["diff", "t.jsonl", "none.jsonl", "-f", "tsv"],
    ["learn", "--rules", "phrases.yaml", "Ann Lee left Acme. => Ann Lee | leaves | Acme"],
    ["--help"], ["extract", "--help"], ["--version"],
]
PHRASES = """relgraph: 1
include: [core]
relations:
  joins: {say: "<person> joins <org>", examples: [Ann Lee joined Acme. => Ann Lee | joins | Acme]}
"""
OLD = b"what was there before\n"


def fill_disk(words, folder):
    output = folder / MADE.get(words[-1], words[-1])
    done = common.run(PROGRAM, words, folder)
    assert done.returncode == 0, done
    size = output.stat().st_size
    output.write_bytes(OLD)
    before = sorted(os.listdir(folder))
    for number in range(COUNT):
        full = common.run(PROGRAM, words, folder, LD_PRELOAD=NOSPACE,
                          NOSPACE_AFTER=str(number * size // COUNT))
        assert full.returncode == 6, (words, number, full)
        assert full.stderr.startswith(output.name.encode() + b": error: cannot write: No space"), full
        assert output.read_bytes() == OLD, (words, number)
        assert sorted(os.listdir(folder)) == before, (words, number)
    output.unlink()
    print(f"{' '.join(words)}: {COUNT} times a full disk")


def print_to_full(words, folder):
    with open("/dev/full", "wb") as full:
        done = subprocess.run([PROGRAM, *words], cwd=folder, stdout=full, stderr=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, timeout=120, check=False)
    assert done.returncode == 6, (words, done)
    assert b"standard output: error: cannot write: No space left" in done.stderr, (words, done)


def main():
    with tempfile.TemporaryDirectory() as top:
        folder = common.fill(pathlib.Path(top, "work"))
        for words in (["extract", "a.txt", "-o", "t.jsonl"], ["build", "a.txt", "-o", "old.db"]):
            assert common.run(PROGRAM, words, folder).returncode == 0
        (folder / "none.jsonl").write_text("")
        (folder / "phrases.yaml").write_text(PHRASES)
        for words in WRITERS:
            fill_disk(words, folder)
        for words in PRINTERS:
            print_to_full(words, folder)
        print(f"{len(PRINTERS)} commands told that /dev/full is full")


main()
