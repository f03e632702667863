"""What the tests of trust share: texts, small rules, and folders to run in."""
import json
import os
import pathlib
import sqlite3
import subprocess
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "store"))
from dump import dump  # noqa: E402,F401

TEXT = """Ann Lee founded Acme in Paris on 3 May 1990. She sold it to Norsund Marine for $5 million.

Bo Ray, the head of Zyphtech, did not buy Acme. The company that he led allegedly sued Norsund.
"""


def record(name, text):
    return json.dumps({"id": name, "text": text, "date": "2019-02-20"}) + "\n"


RECORDS = "".join(record(f"r{i}", TEXT) for i in range(3))
# Something of each part of the language that needs memory of a library.
RULES = """relgraph: 1
types:
  org: {pos: PROPN, text: "/[A-Z]cme|Zyph.*/"}
lists:
  start: [found, establish]
rules:
  - rule: founds
    match: {verb: "[$start, VERB]"}
    args: {subject: verb >nsubj, object: verb >dobj}
    relation: founds
    examples:
      - Ann Lee founded Acme. => Ann Lee | founds | Acme
  - rule: sells
    match: {verb: "[/sell|buy|sue/, VERB]"}
    args: {subject: verb >nsubj, object: verb >dobj}
    relation: "{verb|present}"
    examples:
      - Ann Lee may sell Acme. => Ann Lee | sells | Acme
"""


def fill(folder):
    """The files that every command finds in its folder."""
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_text(TEXT)
    (folder / "long.txt").write_text(TEXT * 40)
    (folder / "r.jsonl").write_text(RECORDS)
    (folder / "small.yaml").write_text(RULES)
    return folder


def run(program, words, folder, timeout=120, **environment):
    return subprocess.run([program, *words], cwd=folder, capture_output=True, timeout=timeout,
                          stdin=subprocess.DEVNULL, env=dict(os.environ, **environment))


def check_store(path):
    """A store whose writer was killed can be read; before it was one, it is empty."""
    store = sqlite3.connect(path)
    assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)], path
    store.close()
