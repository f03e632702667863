#!/usr/bin/env python3
"""large.py RELGRAPH MEGABYTES - a document of so many megabytes in one line, through extract and filter:
memory stays within bounds that do not grow like the analysis of a whole text, and so does time.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

PROGRAM, MEGABYTES = os.path.abspath(sys.argv[1]), int(sys.argv[2])
TEXT = "Ann Lee founded Acme in Paris, and Bo Ray sued Norsund for it. "
KINDS = {"sentences": TEXT, "one word": "x", "no end": "Ann and ", "dots": "."}
SECONDS = 90  # for each megabyte


def run(words, folder):
    """Seconds, and megabytes of memory at the most."""
    start = time.monotonic()
    process = subprocess.Popen([PROGRAM, *words], cwd=folder, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, (words, status, said)
    return time.monotonic() - start, used.ru_maxrss // 1024


def main():
    with tempfile.TemporaryDirectory() as top:
        folder = pathlib.Path(top)
        for name, piece in KINDS.items():
            text = piece * ((MEGABYTES << 20) // len(piece))
            (folder / "a.txt").write_text(text)
            (folder / "r.jsonl").write_text(json.dumps({"id": "r", "text": text}) + "\n")
            for words in (["extract", "a.txt"], ["filter", "--in", "r.jsonl"]):
                if name == "no end" and words[0] == "filter":
                    continue  # the same stages, for minutes
                seconds, memory = run(words, folder)
                print(f"{name}, {words[0]}: {MEGABYTES} MiB in {seconds:.1f} s, {memory} MiB of memory",
                      flush=True)
                assert seconds < SECONDS * MEGABYTES, (name, words, seconds)
                assert memory < 200 + 2000 * MEGABYTES, (name, words, memory)


main()
