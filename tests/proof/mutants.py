#!/usr/bin/env python3
"""Takes guards out of the sources, one by one, and sees whether the tests tell.

    mutants.py [--all] [NUMBER...]      all of mutants.tsv, or these rows, counted from 1

mutants.tsv has a row for each guard (a bound, a limit, a check): the file, the tests that
should tell, the text of the guard, which stands once in the file, and what takes its place.
In the texts `\\n` is a line feed. The work is done in a copy of the tree, with sanitizers, in
build/mutants/. --all runs all unit, fuzz and spec tests where the row's own ones do not tell.
Fails if more than one guard in ten is missed, or a changed source cannot be built.
"""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
COPY = ROOT / "build/mutants"
BUILD = COPY / "build/debug"
NEVER = 900  # seconds for a step
ROWS = 4


def run(*command):
    """(passed, output); what takes too long has failed."""
    try:
        done = subprocess.run(command, cwd=COPY, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, errors="replace", timeout=NEVER,
                              check=False, env=dict(os.environ, RELGRAPH_MODEL=model()))
    except subprocess.TimeoutExpired:
        return False, "took too long"
    return done.returncode == 0, done.stdout


def model():
    given = os.environ.get("RELGRAPH_MODEL")
    return given or str(next((ROOT / "models").glob("*.rgm")))


def copy_tree():
    """The files that git knows, or could add; what is the same keeps its time."""
    listed = subprocess.run(["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT,
                            capture_output=True, check=True).stdout.decode().split("\0")
    for name in filter(None, listed):
        source, target = ROOT / name, COPY / name
        if not source.is_file():
            continue
        data = source.read_bytes()
        if not target.is_file() or target.read_bytes() != data:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            target.chmod(source.stat().st_mode)


def targets_of(tests):
    """What must be built for these tests."""
    made = {"relgraph", "relgraph-layout"}
    for test in tests:
        kind, name = test.split(".", 1)
        made |= {"unit": {name}, "fuzz": {name + "_fuzz"}, "trust": {name} & {"nomem"}}.get(
            kind, set())
    return sorted(made)


def build(tests):
    return run("cmake", "--build", str(BUILD), "--target", *targets_of(tests))


def pass_all(tests):
    pattern = "^(" + "|".join(test.replace(".", "[.]") for test in tests) + ")$"
    return run("ctest", "--test-dir", str(BUILD), "-R", pattern, "--timeout", "300",
               "--stop-on-failure")


def read_rows():
    lines = (ROOT / "tests/proof/mutants.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1:]]
    assert all(len(row) == ROWS for row in rows)
    return [(file, tests.split(), old.replace(r"\n", "\n"), new.replace(r"\n", "\n"))
            for file, tests, old, new in rows]


def try_row(file, tests, old, new, everything):
    """'killed', 'survived' or why it could not be tried."""
    path = COPY / file
    source = path.read_text(encoding="utf-8")
    if source.count(old) != 1:
        return f"broken: stands {source.count(old)} times in the file"
    path.write_text(source.replace(old, new), encoding="utf-8")
    try:
        built, said = build(tests)
        if not built:
            return "broken: " + said[-600:]
        if not pass_all(tests)[0]:
            return "killed"
        if everything:
            run("cmake", "--build", str(BUILD))
            if not run("ctest", "--test-dir", str(BUILD), "-R", "^(unit|fuzz|spec)[.]",
                       "--timeout", "600", "--stop-on-failure")[0]:
                return "killed by another test"
        return "survived"
    finally:
        path.write_text(source, encoding="utf-8")


def main():
    everything = "--all" in sys.argv
    wanted = {int(word) for word in sys.argv[1:] if word.isdigit()}
    rows = [(i, *row) for i, row in enumerate(read_rows(), 1) if not wanted or i in wanted]
    copy_tree()
    tests = sorted({test for row in rows for test in row[2]})
    configured, said = run("cmake", "--preset", "debug", "-DBUILD_TESTING=ON")
    built, said = build(tests) if configured else (False, said)
    passed, said = pass_all(tests) if built else (False, said)
    if not passed:
        sys.exit(f"{said[-3000:]}\nerror: the tests fail as it is")
    ends = []
    for number, file, own, old, new in rows:
        ends.append(try_row(file, own, old, new, everything))
        print(f"{number:2} {file}: {' '.join(old.split())[:60]}: {ends[-1]}", flush=True)
    killed = sum(end.startswith("killed") for end in ends)
    broken = sum(end.startswith("broken") for end in ends)
    print(f"{len(ends)} guards taken out, {killed} noticed, {broken} not to be built")
    sys.exit(broken > 0 or killed * 10 < len(ends) * 9)


main()
