#!/usr/bin/env python3
"""Runs the unit tests and the program on the samples under valgrind: no error, no leak.

    valgrind.py BUILD [NAME...]      all, or what has one of these names

BUILD is the folder of the release build. The layout helper is not looked into: its limits on
memory and time are below what valgrind needs, and what Graphviz, Pango and Fontconfig keep
until the end is theirs. Possible leaks are none: what is alive in an arena is often known by
a pointer into the middle of a block only. Suppressions are in valgrind.supp, each with its reason.
"""
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FOUND = 99
SECONDS = 1800
# One test each fails, which is no fault of memory: valgrind makes a fork of posix_spawn, which
# then cannot tell that the program is missing; and linear time is not in time.
FAILS = ("child_test", "tokenizer_test")
SAMPLES = sorted((ROOT / "samples").glob("*.txt"), key=lambda path: path.stat().st_size)


def commands(build, triples):
    """name -> command; the diagrams are drawn from the file of triples."""
    program = str(build / "relgraph")
    found = {path.name: [str(path)] for path in sorted(build.glob("tests/*_test"))}
    for sample in SAMPLES:
        kernel = [] if sample == SAMPLES[0] else ["--kernel", "portable"]
        found[f"extract {sample.name}"] = [program, "extract", "-f", "jsonl", *kernel, str(sample)]
    for form in ("dot", "svg", "html", "graphml", "turtle", "jsonld", "cypher", "tsv", "csv"):
        found[f"draw -f {form}"] = [program, "draw", "-f", form, "-o", "-", triples]
    found["explain"] = [program, "explain", "Ann Lee leads Acme."]
    found["test"] = [program, "test", str(ROOT / "samples/advises.yaml")]
    found["lint"] = [program, "lint"]
    found["model info"] = [program, "model", "info"]
    return found


def run(name, command):
    """None, or what is wrong."""
    done = subprocess.run(
        ["valgrind", "-q", f"--error-exitcode={FOUND}", "--leak-check=full", "--show-leak-kinds=definite",
         "--errors-for-leak-kinds=definite", "--trace-children=no",
         f"--suppressions={HERE / 'valgrind.supp'}", *command],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        errors="replace", timeout=SECONDS, check=False)
    if done.returncode == FOUND or "==    at 0x" in done.stderr:
        return done.stderr[:3000]
    if done.returncode == 0 or (name in FAILS and done.returncode == 1):
        return None
    return f"exit {done.returncode}: {done.stderr[-1500:]}"


def all_triples(build, folder):
    """What the samples say, extracted without valgrind."""
    path = f"{folder}/triples.jsonl"
    subprocess.run([build / "relgraph", "extract", "-o", path, *SAMPLES], check=True)
    return path


def run_all(build, names, folder):
    """How many were run, how many have faults."""
    todo = {name: command for name, command in
            commands(build, all_triples(build, folder)).items()
            if not names or any(one in name for one in names)}
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for name, fault in zip(todo, pool.map(run, todo, todo.values())):
            bad += fault is not None
            if fault:
                print(f"{name}: {fault}", flush=True)
    return len(todo), bad


def main():
    with tempfile.TemporaryDirectory() as folder:
        count, bad = run_all(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:], folder)
    print(f"{count} programs under valgrind, {bad} with faults")
    sys.exit(bad > 0 or not count)


main()
