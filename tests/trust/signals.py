#!/usr/bin/env python3
"""signals.py RELGRAPH COUNT - runs that write, ended by SIGKILL, SIGINT and SIGTERM at random moments
(COUNT each; SIGINT twice as often): the old file whole or the new one, no process that goes on. A
store is sound, and the next build makes of it what nobody disturbed. Other files are left by
SIGKILL only, as .relgraph-*.
"""
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

import common

PROGRAM, COUNT = os.path.abspath(sys.argv[1]), int(sys.argv[2])
COMMANDS = {
    "extract": ["extract", "long.txt", "-j", "2", "-o", "out.tsv"],
    "draw": ["draw", "long.txt", "-o", "out.svg"],
    "filter": ["filter", "--in", "r.jsonl", "-j", "2", "-o", "out.jsonl"],
    "filter --isolate": ["filter", "--in", "r.jsonl", "-j", "2", "--isolate", "-o", "out.jsonl"],
    "build": ["build", "a.txt", "long.txt", "-o", "out.db"],
}
SIGNALS = {signal.SIGKILL: 1, signal.SIGINT: 2, signal.SIGTERM: 1}
OLD = b"what was there before\n" * 100


def is_gone(group):
    """No process of the group is left, if they get some time to end."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.01)
    return False


def run_until(words, folder, seconds, number):
    """The exit code of a run that gets the signal then."""
    with subprocess.Popen([PROGRAM, *words], cwd=folder, stdout=subprocess.DEVNULL,
                          stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          start_new_session=True) as process:
        time.sleep(seconds)
        process.send_signal(number)
        said = process.stderr.read()
        code = process.wait()
    assert is_gone(process.pid), (words, "a process goes on")
    assert code in (0, -number), (words, code, said)
    return code


def try_output(words, folder, seconds, number):
    """Whether it ended before, and whether something was left."""
    output = folder / words[-1]
    output.write_bytes(OLD)
    before = {path.name for path in folder.iterdir()}
    code = run_until(words, folder, seconds, number)
    now = output.read_bytes()
    assert now == NEW[words[-1]] or (now == OLD and code != 0), (words, code, len(now))
    left = {path.name for path in folder.iterdir()} - before
    for name in left:
        assert number == signal.SIGKILL and name.startswith(".relgraph-"), (words, name)
        (folder / name).unlink()
    return code == 0, bool(left)


def try_store(words, folder, seconds, number):
    code = run_until(words, folder, seconds, number)
    if (folder / "out.db").exists() and code != 0:
        common.check_store(folder / "out.db")
    again = common.run(PROGRAM, words, folder)
    assert again.returncode == 0, again
    assert common.dump(folder / "out.db") == NEW["out.db"], (words, number, "other rows")
    left = {path.name for path in folder.iterdir() if path.name.startswith(".")}
    assert not left, left
    for path in folder.glob("out.db*"):
        path.unlink()
    return code == 0, False


NEW = {}


def main():
    signal.signal(signal.SIGINT, signal.default_int_handler)
    chance = random.Random(11)
    with tempfile.TemporaryDirectory() as top:
        folder = common.fill(pathlib.Path(top, "work"))
        for name, words in COMMANDS.items():
            start = time.monotonic()
            done = common.run(PROGRAM, words, folder)
            longest = (time.monotonic() - start) * 1.1
            assert done.returncode == 0, done
            output = folder / words[-1]
            NEW[output.name] = common.dump(output) if name == "build" else output.read_bytes()
            for path in folder.glob("out*"):
                path.unlink()
            attempt = try_store if name == "build" else try_output
            for number, share in SIGNALS.items():
                ends = [attempt(words, folder, chance.uniform(0, longest), number)
                        for _ in range(COUNT * share)]
                print(f"{name}: {len(ends)} times {number.name}, {sum(e[0] for e in ends)} had "
                      f"ended, {sum(e[1] for e in ends)} left a file", flush=True)
            for path in folder.glob("out*"):
                path.unlink()


main()
