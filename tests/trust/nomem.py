#!/usr/bin/env python3
"""nomem.py RELGRAPH NOMEM.so COUNT - every allocation of a run fails in turn (of COUNT runs for each
command, at most; then at random): the run ends with exit 8, or does what it does with all memory.
No crash, no other output, an old file stays, nothing else is left in the folder; of a RELGRAPH
with AddressSanitizer, no leak.
"""
import concurrent.futures
import json
import os
import pathlib
import random
import shutil
import sys
import tempfile

import common

PROGRAM, NOMEM = map(os.path.abspath, sys.argv[1:3])
COUNT = int(sys.argv[3])
JOBS = 2
OWN = ["--rules", "small.yaml"]
COMMANDS = {
    "lint": ["lint", *OWN[1:]],
    "lint, all rules": ["lint"],
    "extract": ["extract", *OWN, "a.txt"],
    "extract, all rules": ["extract", "a.txt"],
    "extract -o": ["extract", *OWN, "a.txt", "-o", "out.tsv"],
    "extract -f jsonl": ["extract", *OWN, "a.txt", "-f", "jsonl"],
    "draw -f dot": ["draw", *OWN, "a.txt", "-f", "dot"],
    "draw -o svg": ["draw", "t.jsonl", "-o", "out.svg"],
    "draw -o html": ["draw", "t.jsonl", "-o", "out.html"],
    "draw -f jsonld": ["draw", "t.jsonl", "-f", "jsonld"],
    "draw -f cytoscape": ["draw", "t.jsonl", "-f", "cytoscape"],
    "draw -f ftm": ["draw", "t.jsonl", "-f", "ftm"],
    "draw -f graphml": ["draw", "t.jsonl", "-f", "graphml"],
    "draw -f turtle": ["draw", "t.jsonl", "-f", "turtle"],
    "draw -o nt": ["draw", "t.jsonl", "-o", "out.nt"],
    "test": ["test", *OWN[1:]],
    "explain": ["explain", *OWN, "a.txt:1"],
    "explain -f json": ["explain", *OWN, "a.txt:1", "-f", "json"],
    "explain -f svg": ["explain", *OWN, "a.txt:1", "-f", "svg"],
    "explain --entity": ["explain", "b.txt", "--entity", "Zyphtech", "-f", "json"],
    "stats": ["stats", *OWN, "a.txt"],
    "entities": ["entities", "b.txt", "-f", "jsonl"],
    "entities --suggest": ["entities", "--suggest", *OWN, "a.txt"],
    "learn": ["learn", "--rules", "core.yaml", "Ann Lee left Acme. => Ann Lee | leaves | Acme"],
    "diff": ["diff", "t.jsonl", "u.jsonl"],
    "diff --rules": ["diff", "--rules", "small.yaml", "--rules", "more.yaml", "a.txt"],
    "parse": ["parse", "b.txt", "-f", "json"],
    "lint -f sarif": ["lint", *OWN[1:], "-f", "sarif"],
    "rules list": ["rules", "list", *OWN],
    "rules show": ["rules", "show", *OWN, "founds"],
    "rules expand": ["rules", "expand", *OWN],
    "rules lock": ["rules", "lock", "core.yaml"],
    "build": ["build", *OWN, "a.txt", "-o", "out.db"],
    "build again": ["build", *OWN, "a.txt", "b.txt", "-o", "old.db"],
    "query": ["query", "old.db"],
    "query -f jsonl": ["query", "old.db", "--relation", "founds", "-f", "jsonl"],
    "filter": ["filter", *OWN, "--in", "r.jsonl"],
    "filter -o": ["filter", *OWN, "--in", "r.jsonl", "-o", "out.jsonl"],
    "extract, long": ["extract", *OWN, "long.txt", "-f", "jsonl"],
    "build, long": ["build", *OWN, "long.txt", "-o", "out.db"],
    "filter, long": ["filter", *OWN, "--in", "long.jsonl", "--isolate", "--max-doc-bytes", "9"],
    "filter --isolate": ["filter", *OWN, "--in", "r.jsonl", "--isolate"],
}
# A quarter as often: they are as others, or slow.
LESS = {name for name in COMMANDS if name.startswith("draw -") or name.endswith(", long")} - {"draw -f dot"} \
    | {"explain --entity", "entities", "learn", "rules lock", "diff --rules"}
# NOMEM's functions come before the sanitizer's, and call them.
SANITIZER = "verify_asan_link_order=0:detect_leaks=1:exitcode=99"
LEAKS = f"print_suppressions=0:suppressions={pathlib.Path(__file__).with_suffix('.supp').resolve()}"
OLD = b"what was there before\n"


def make_folder(folder):
    common.fill(folder)
    (folder / "b.txt").write_text("Bo Ray founded Zyphtech.\n")
    (folder / "core.yaml").write_text("relgraph: 1\ninclude: [core]\n")
    (folder / "more.yaml").write_text(common.RULES.replace("founds", "sets-up"))
    (folder / "long.jsonl").write_text(common.record("r", common.TEXT * 300) * 2)
    made = common.run(PROGRAM, ["extract", *OWN, "a.txt", "-o", "t.jsonl"], folder)
    assert made.returncode == 0, made.stderr
    made = common.run(PROGRAM, ["extract", *OWN, "b.txt", "-o", "u.jsonl"], folder)
    assert made.returncode == 0, made.stderr
    made = common.run(PROGRAM, ["build", *OWN, "a.txt", "-o", "old.db"], folder)
    assert made.returncode == 0, made.stderr


def run(words, folder, **environment):
    return common.run(PROGRAM, words, folder, LD_PRELOAD=NOMEM, ASAN_OPTIONS=SANITIZER,
                      LSAN_OPTIONS=LEAKS, **environment)


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def is_store(name):
    return name.endswith((".db", ".db-wal", ".db-shm"))


def same_but_records(output, expected):
    """A record without memory is an error of its own."""
    lines, wanted = output.splitlines(), expected.splitlines()
    return len(lines) == len(wanted) and all(
        line == other or json.loads(line)["error"] in ("limit: out of memory", "crash: exit 0")
        for line, other in zip(lines, wanted))


class Command:
    """One command: its template of a folder, and what comes of it with all memory."""

    def __init__(self, words, work, template):
        self.words, self.work, self.template = words, work, template
        self.output = words[words.index("-o") + 1] if "-o" in words else None
        self.folders = []
        counted = work / "count"
        folder = self.take_folder()
        done = run(words, folder, NOMEM_COUNT=str(counted))
        self.exit = 1 if words[0] == "diff" else 0  # there are differences
        assert done.returncode == self.exit, (words, done)
        self.count = int(counted.read_text())
        assert self.count > 100, "its allocations are not those of NOMEM"
        self.stdout, self.made = done.stdout, files(folder)
        shutil.rmtree(folder)

    def take_folder(self):
        folder = pathlib.Path(tempfile.mkdtemp(dir=self.work))
        shutil.copytree(self.template, folder, dirs_exist_ok=True)
        if self.output and not is_store(self.output):
            (folder / self.output).write_bytes(OLD)
        return folder

    def fault(self, number):
        """What is wrong when this allocation fails, or None."""
        folder = self.take_folder()
        before = files(folder)
        try:
            done = run(self.words, folder, NOMEM_AT=str(number))
            return self.judge(done, folder, before)
        except Exception as error:  # pylint: disable=broad-except
            return repr(error)
        finally:
            shutil.rmtree(folder)

    def judge(self, done, folder, before):
        if done.returncode == 1 and b"out of memory" in done.stderr:  # one of several documents
            return self.judge_files(done, folder, before) if self.words[0] != "build" else None
        if done.returncode not in (self.exit, 8):
            return f"exit {done.returncode}: {done.stderr[:300]}"
        if done.returncode == 8 and b"memory" not in done.stderr:
            return f"exit 8 without a word: {done.stderr[:300]}"
        if done.returncode == self.exit and done.stdout != self.stdout and not (
                self.words[0] == "filter" and same_but_records(done.stdout, self.stdout)):
            return f"other output: {done.stdout[-300:]} {done.stderr[:300]}"
        return self.judge_files(done, folder, before)

    def judge_files(self, done, folder, before):
        wanted = self.made if done.returncode == self.exit else before
        now = files(folder)
        for name in sorted(set(now) | set(wanted)):
            if is_store(name):
                continue
            if now.get(name) == wanted.get(name):
                continue
            if self.words[0] == "filter" and name == self.output and done.returncode == 0 \
                    and same_but_records(now[name], wanted[name]):
                continue
            return f"exit {done.returncode}, file {name} differs"
        if self.words[0] == "build":
            return self.judge_store(folder)
        return None

    def judge_store(self, folder):
        """The next build ends as if nothing had been."""
        again = common.run(PROGRAM, self.words, folder)
        if again.returncode != 0:
            return f"the next build: exit {again.returncode}: {again.stderr[:300]}"
        wanted = getattr(self, "rows", None)
        rows = common.dump(folder / self.output)
        if wanted is None:
            self.rows = rows
        elif rows != wanted:
            return "the next build has other rows"
        return None


def main():
    chance = random.Random(7)
    faults = 0
    only = sys.argv[4:]
    with tempfile.TemporaryDirectory() as top, \
            concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        work = pathlib.Path(top)
        make_folder(work / "template")
        for name, words in COMMANDS.items():
            if only and name not in only:
                continue
            command = Command(words, work, work / "template")
            numbers = list(range(1, command.count + 1))
            most = COUNT // 4 if name in LESS else COUNT
            if len(numbers) > most:
                numbers = sorted(chance.sample(numbers, most))
            if words[0] == "build":
                command.fault(command.count + 1)
            wrong = [(n, fault) for n, fault in zip(numbers, pool.map(command.fault, numbers))
                     if fault]
            print(f"{name}: {len(numbers)} of {command.count} allocations failed, "
                  f"{len(wrong)} badly", flush=True)
            for number, fault in wrong[:int(os.environ.get("NOMEM_SHOW", "5"))]:
                print(f"    {number}: {fault}")
            faults += len(wrong)
    assert faults == 0


main()
