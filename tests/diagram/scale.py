#!/usr/bin/env python3
"""Large tables of triples: an overview in time, and what cannot be laid out is refused.

    scale.py PROGRAM

Seconds are of CPU time, of the program and its layout child, since machines are shared.
"""
import pathlib
import random
import resource
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]
HEADER = "subject\tsubject_type\trelation\tobject\tobject_type\tdoc\n"
TYPES = ["org", "person", "place", "government", "product", ""]
RELATIONS = ["owns", "leads", "sues", "lives-in", "supplies", "says", "works-for"]


def table(count):
    """Names from many to few mentions, as in the news; the same ones at each call."""
    chance = random.Random(count)

    def entity():
        number = int(count / 3 * chance.random() ** 3)
        return f"Entity {number}\t{TYPES[number % len(TYPES)]}"

    rows = (f"{entity()}\t{chance.choice(RELATIONS)}\t{entity()}\td{i // 20}.txt\n"
            for i in range(count))
    return HEADER + "".join(rows)


def run(folder, count, *options):
    """Exit code, output and errors, CPU seconds."""
    path = pathlib.Path(folder, f"{count}.tsv")
    if not path.exists():
        path.write_text(table(count), encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([PROGRAM, "draw", *options, path], capture_output=True,
                          text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)
    print(f"{count} triples {' '.join(options)}: exit {done.returncode}, {seconds:.1f} s")
    return done, seconds


def check(folder):
    def expect(count, options, most, code, *told):
        done, seconds = run(folder, count, *options)
        text = done.stdout + done.stderr
        missing = [words for words in told if words not in text]
        if seconds > most:
            yield f"more than {most} s"
        if done.returncode != code:
            yield f"exit {done.returncode}, not {code}: {done.stderr[:300]}"
        if missing:
            yield f"not told: {missing}"

    yield from expect(2000, ["-f", "svg"], 10, 0, "showing 150 of ")
    yield from expect(2000, ["-f", "html"], 10, 0, "showing 150 of ")
    yield from expect(50000, ["-f", "dot"], 5, 0, "digraph relgraph", "Entity 16")
    yield from expect(50000, ["-f", "tsv"], 5, 0, "Entity 16")
    yield from expect(50000, ["-f", "svg"], 5, 7, "more than a picture shows", "--top")
    yield from expect(50000, ["-f", "svg", "--top", "100"], 10, 0, "showing 100 of ")
    yield from expect(50000, ["-f", "svg", "--focus", "Entity 0", "--top", "50"], 10, 0,
                      "showing 50 of ")


def main():
    with tempfile.TemporaryDirectory() as folder:
        faults = list(check(folder))
    print("\n".join(faults) or "all in time")
    sys.exit(bool(faults))


main()
