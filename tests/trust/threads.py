#!/usr/bin/env python3
"""threads.py RELGRAPH SOURCES - 200 documents with four threads in a build with ThreadSanitizer, which
this makes: extract, build, filter and filter --isolate report no race, and give the bytes of one
thread.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

import common

PROGRAM, SOURCES = map(os.path.abspath, sys.argv[1:])
DOCUMENTS = 200


def make_program():
    for words in (["cmake", "--preset", "tsan"],
                  ["cmake", "--build", "--preset", "tsan", "--target", "relgraph",
                   "relgraph-layout"]):
        subprocess.run(words, cwd=SOURCES, check=True, stdout=subprocess.DEVNULL)
    return f"{SOURCES}/build/tsan/relgraph"


def same(words, program, folder, output=None):
    """One thread of the usual build, four of the watched one."""
    first = common.run(PROGRAM, [*words, "-j", "1"], folder, timeout=900)
    assert first.returncode == 0, first
    made = common.dump(folder / output) if output else None
    if output:
        (folder / output).unlink()
    done = common.run(program, [*words, "-j", "4"], folder, timeout=1800,
                      TSAN_OPTIONS="exitcode=66")
    assert done.returncode == 0 and b"ThreadSanitizer" not in done.stderr, done.stderr[-4000:]
    assert done.stdout == first.stdout, words
    assert not output or common.dump(folder / output) == made, words
    print(f"{' '.join(words[:1] + words[-1:])}: no report, the same bytes", flush=True)


def main():
    program = make_program()
    with tempfile.TemporaryDirectory() as top:
        folder = common.fill(pathlib.Path(top, "work"))
        paths, records = [], []
        for number in range(DOCUMENTS):
            text = common.TEXT.replace("Acme", f"Acme {number % 17}")
            paths.append(f"d{number:03}.txt")
            (folder / paths[-1]).write_text(text)
            records.append(common.record(paths[-1], text))
        (folder / "many.jsonl").write_text("".join(records))
        same(["extract", *paths], program, folder)
        same(["build", *paths, "-o", "KB.db"], program, folder, "KB.db")
        same(["filter", "--in", "many.jsonl"], program, folder)
        same(["filter", "--in", "many.jsonl", "--isolate"], program, folder)


main()
