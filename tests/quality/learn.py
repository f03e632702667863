#!/usr/bin/env python3
"""Counts the lessons of which `relgraph learn` makes a file that works.

    learn.py PROGRAM LESSONS LEAST [LEAST_ALSO]

It works if the file, alone, holds its example and passes lint, and if with it the sentence
gives the triple. "also" is another sentence that the file should help with; those are counted
apart. Fails if a triple comes without it, or if fewer lessons (or others) work than LEAST.
"""
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = pathlib.Path(sys.argv[1]).resolve()


def run(*args, text=""):
    return subprocess.run([PROGRAM, *args], input=text, capture_output=True, text=True,
                          check=False)


def gives(example, *rules):
    sentence, triple = example.rsplit(" => ", 1)
    wanted = [part.strip() for part in triple.split("|")]
    rows = run("extract", "-", *rules, text=sentence + "\n").stdout.splitlines()
    return wanted in [row.split("\t")[:3] for row in rows]


def read(path):
    lessons = []
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, _, rest = line.partition(": ")
        if kind == "lesson":
            lessons.append((rest, []))
        elif kind == "also":
            lessons[-1][1].append(rest)
    return lessons


def works(lesson, file):
    learnt = run("learn", lesson)
    file.write_text(learnt.stdout, encoding="utf-8")
    return (learnt.returncode == 0 and run("test", file).returncode == 0
            and run("lint", file).returncode == 0 and gives(lesson, "--add-rules", file))


def main():
    least = [int(number) for number in sys.argv[3:]]
    lessons = read(pathlib.Path(sys.argv[2]))
    right = helped = others = known = 0
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "learnt.yaml")
        for lesson, also in lessons:
            known += gives(lesson)
            good = works(lesson, file)
            right += good
            print("works" if good else "FAILS", lesson)
            for other in also:
                others += 1
                known += gives(other)
                good_too = good and gives(other, "--add-rules", file)
                helped += good_too
                print("   " + ("helps" if good_too else "does not help"), other)
    print(f"{right} of {len(lessons)} lessons work, {helped} of {others} other sentences helped;"
          f" {known} known without")
    sys.exit(known > 0 or any(a < b for a, b in zip((right, helped), least)))


main()
