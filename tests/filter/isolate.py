#!/usr/bin/env python3
"""isolate.py RELGRAPH CRASH.so - `relgraph filter --isolate` when records crash, end or hold up
the process that works on them: each costs its own record, and all others come out as without it.
"""
import json
import os
import subprocess
import sys

PROGRAM, CRASH = sys.argv[1:]
RECORDS = [{"id": f"r{i}", "text": f"Ann Lee founded Acme {i}. She sold it."} for i in range(40)]
BAD = {3: ("please crash", "crash: SIGSEGV"), 4: ("please crash", "crash: SIGSEGV"),
       17: ("please exit", "crash: exit 3"), 30: ("please wait", "timeout: more than 1500 ms"),
       39: ("please crash", "crash: SIGSEGV")}


def run(records, *options, preload=""):
    lines = "".join(json.dumps(record) + "\n" for record in records)
    environment = dict(os.environ, LD_PRELOAD=preload)
    done = subprocess.run([PROGRAM, "filter", *options], input=lines, text=True, env=environment,
                          capture_output=True, timeout=120)
    assert done.returncode == 0, (options, done.returncode, done.stderr)
    return done.stdout.splitlines()


def main():
    expected = run(RECORDS)
    bad = [dict(record, text=BAD[i][0] if i in BAD else record["text"])
           for i, record in enumerate(RECORDS)]
    for threads in ("1", "3"):
        lines = run(bad, "--isolate", "-j", threads, "--doc-timeout-ms", "1500", preload=CRASH)
        assert len(lines) == len(RECORDS), len(lines)
        for i, line in enumerate(lines):
            if i not in BAD:
                assert line == expected[i], (i, line, expected[i])
                continue
            record = json.loads(line)
            assert record["id"] == f"r{i}" and record["error"] == BAD[i][1], (i, record)
    print("crashes, exits and waits cost their own records only")


main()
