"""What the tests of the store share: a corpus of our own sentences, builds, dumps."""
import os
import pathlib
import subprocess

from dump import dump  # noqa: F401

NAMES = ["Ann Lee", "Bo Ray", "Mara Voss", "Jonas Reinholt", "Norsund Marine", "Acme", "Zyphtech"]
VERBS = ["founded", "bought", "sued", "praised", "left", "did not buy", "joined"]


def write_corpus(folder, count, seed=0):
    """Files of some sentences each; the paths, relative to the folder."""
    paths = []
    for number in range(count):
        lines = []
        for line in range(5):
            key = number * 31 + line * 7 + seed
            lines.append(f"{NAMES[key % 7]} {VERBS[key // 7 % 7]} {NAMES[(key * 3 + 1) % 7]} in "
                         f"{1990 + key % 30}. It was told in part {key}.")
        path = f"d{number:04}.txt"
        pathlib.Path(folder, path).write_text("\n\n".join(lines) + "\n")
        paths.append(path)
    return paths


def command(program, paths, store="KB.db", threads=1):
    return [program, "build", *paths, "-o", store, "-j", str(threads)]


def build(program, paths, folder, store="KB.db", **more):
    return subprocess.run(command(program, paths, store), cwd=folder, capture_output=True,
                          text=True, **more)


def environment(**more):
    return dict(os.environ, **more)
