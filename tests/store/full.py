#!/usr/bin/env python3
"""full.py RELGRAPH NOSPACE.so COUNT - `relgraph build` on a disk that is full after so many
different numbers of bytes: an error that says so (exit 6), what the store held before is there,
and once there is space the next build ends as if nothing had been. And a store at /dev/full.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

import common

PROGRAM, NOSPACE, COUNT = sys.argv[1], sys.argv[2], int(sys.argv[3])


def triples(folder, store):
    asked = subprocess.run([PROGRAM, "query", store], cwd=folder, capture_output=True, text=True)
    assert asked.returncode == 0, asked.stderr
    return set(asked.stdout.splitlines())


def main():
    with tempfile.TemporaryDirectory() as folder:
        first = common.write_corpus(folder, 40)
        assert common.build(PROGRAM, first, folder, "old.db").returncode == 0
        before = triples(folder, "old.db")
        paths = common.write_corpus(folder, 120)
        shutil.copy(f"{folder}/old.db", f"{folder}/new.db")
        assert common.build(PROGRAM, paths, folder, "new.db").returncode == 0
        expected = common.dump(f"{folder}/new.db")
        size = 3 * pathlib.Path(folder, "new.db").stat().st_size
        told = 0
        for number in range(COUNT):
            shutil.copy(f"{folder}/old.db", f"{folder}/KB.db")
            full = common.build(PROGRAM, paths, folder, env=common.environment(
                LD_PRELOAD=NOSPACE, NOSPACE_AFTER=str(number * size // COUNT)))
            if full.returncode != 0:
                assert full.returncode == 6 and "KB.db: error" in full.stderr, full
                assert "full" in full.stderr or "I/O" in full.stderr, full.stderr
                told += 1
            assert before <= triples(folder, "KB.db")
            again = common.build(PROGRAM, paths, folder)
            assert again.returncode == 0, again.stderr
            assert common.dump(f"{folder}/KB.db") == expected, number
            for name in ("KB.db", "KB.db-wal", "KB.db-shm"):
                pathlib.Path(folder, name).unlink(missing_ok=True)
        device = common.build(PROGRAM, first, folder, "/dev/full")
        assert device.returncode in (5, 6), device
        print(f"{told} of {COUNT} builds met a full disk; nothing was lost")
        assert told > COUNT // 4


main()
