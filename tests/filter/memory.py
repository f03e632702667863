#!/usr/bin/env python3
"""memory.py RELGRAPH MEGABYTES - memory of `relgraph filter` while so many megabytes of JSON lines
go through it: the most after a tenth of them is about the most after all.

Of the texts one in 64 is analysed; the others are longer than --max-doc-bytes allows, so that a
gigabyte takes minutes, not an hour.
"""
import json
import subprocess
import sys
import threading

PROGRAM, MEGABYTES = sys.argv[1], int(sys.argv[2])
SHORT = "Ann Lee founded Acme in Paris. She sold it to Norsund, which paid. " * 20
LONG = SHORT * 48
MOST_GROWTH = 1.10


def highest(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


def main():
    filter_ = subprocess.Popen([PROGRAM, "filter", "--max-doc-bytes", "10000"],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL)
    counted = []
    reader = threading.Thread(target=lambda: counted.append(sum(1 for _ in filter_.stdout)))
    reader.start()
    sent, number, early = 0, 0, 0
    while sent < MEGABYTES << 20:
        text = SHORT if number % 64 == 0 else LONG
        line = (json.dumps({"id": f"r{number}", "text": text}) + "\n").encode()
        filter_.stdin.write(line)
        sent += len(line)
        number += 1
        if not early and sent > MEGABYTES * 104858:
            early = highest(filter_.pid)
    late = highest(filter_.pid)
    filter_.stdin.close()
    reader.join()
    assert filter_.wait() == 0
    assert counted == [number], (counted, number)
    print(f"{sent >> 20} MiB, {number} records: {early} kB after a tenth, {late} kB at the end")
    assert late < early * MOST_GROWTH, "memory grows with the stream"


main()
