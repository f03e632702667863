#!/usr/bin/env python3
"""kill.py RELGRAPH COUNT - `relgraph build` killed (SIGKILL) at so many moments and taken up again:
the store is sound each time, and in the end the same as that of a build nobody killed.
"""
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

import common

PROGRAM, COUNT = sys.argv[1], int(sys.argv[2])
DOCUMENTS = 260


def main():
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        paths = common.write_corpus(folder, DOCUMENTS)
        start = time.monotonic()
        whole = common.build(PROGRAM, paths, folder, "whole.db")
        assert whole.returncode == 0, whole.stderr
        longest = time.monotonic() - start
        expected = common.dump(f"{folder}/whole.db")
        killed = finished = round_ = 0
        while killed < COUNT:
            store = f"k{round_}.db"
            process = subprocess.Popen(common.command(PROGRAM, paths, store), cwd=folder,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(chance.uniform(0, longest))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed += 1
            if process.returncode == 0:
                assert common.dump(f"{folder}/{store}") == expected, store
                finished += 1
                round_ += 1
            elif killed % 10 == 0:
                if pathlib.Path(folder, store).exists():
                    common.dump(f"{folder}/{store}")
        last = common.build(PROGRAM, paths, folder, f"k{round_}.db")
        assert last.returncode == 0, last.stderr
        assert common.dump(f"{folder}/k{round_}.db") == expected
        print(f"{killed} builds killed, {finished + 1} finished, all with the same rows")


main()
