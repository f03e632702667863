#!/usr/bin/env python3
"""Mermaid draws our Mermaid, and cytoscape.js takes our JSON, in Chromium.

    browser.py PROGRAM FOLDER

FOLDER gets both scripts, from npm, if they are not there.
"""
import fcntl
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile

from common import Checker, nodes_of

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "html"))
from chromium import Browser  # noqa: E402

FOLDER = pathlib.Path(sys.argv[2]).resolve()
SCRIPTS = {"mermaid@11.17.2": "mermaid.min.js", "cytoscape@3.35.0": "cytoscape.min.js"}
DRAW = """(async () => {
    mermaid.initialize({ startOnLoad: false });
    const { svg } = await mermaid.render('drawn', %s);
    document.body.innerHTML = svg;
    const texts = (name) => [...document.querySelectorAll(name)].map((one) => one.textContent);
    return { nodes: texts('g.node .nodeLabel'), edges: texts('g.edgeLabel .edgeLabel'),
             paths: document.querySelectorAll('path.flowchart-link').length,
             scripts: document.querySelectorAll('svg script, svg a, svg img, svg b').length };
})()"""
LOAD = """(() => {
    const made = cytoscape({ headless: true, ...%s });
    const data = (list) => list.map((one) => one.data());
    return { nodes: data(made.nodes()), edges: data(made.edges()),
             ends: made.edges().map((e) => [e.source().data('label'), e.target().data('label')]) };
})()"""


def fetch():
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(FOLDER / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for package, script in SCRIPTS.items():
            if not (FOLDER / script).exists():
                subprocess.run(["npm", "pack", "--silent", package], cwd=FOLDER, check=True,
                               stdout=subprocess.DEVNULL)
                archive = FOLDER / (package.replace("@", "-") + ".tgz")
                with tarfile.open(archive) as files:
                    with files.extractfile(f"package/dist/{script}") as found:
                        (FOLDER / script).write_bytes(found.read())
                archive.unlink()


def shown(text):
    """As a reader sees it: cut, without controls, white space folded."""
    text = text[:120] + "\u2026" if len(text) > 120 else text
    text = re.sub("[\t\n\r]", " ", text)
    text = re.sub("[\x00-\x1f\x7f-\x9f\ufffe\uffff]", "\ufffd", text)
    return " ".join(text.split())


def check_mermaid(check, browser, what, files):
    made, edges = check.draw("mermaid", *files).decode(), check.truth(files)
    drawn = browser.run(DRAW % json.dumps(made))
    check.expect(f"{what}: nodes", sorted(" ".join(text.split()) for text in drawn["nodes"]),
                 sorted(shown(label) for label, _ in nodes_of(edges)))
    check.expect(f"{what}: edges", drawn["paths"], len(re.findall(r"\| n\d+$", made, re.M)))
    labels = "\n".join(drawn["edges"])
    for relation in ("acquires", "signs") if what == "samples" else ("marries",):
        check.expect(f"{what}: {relation} in {labels}", relation in labels, True)
    check.expect(f"{what}: nothing but text", drawn["scripts"], 0)


def check_large(check, browser):
    path = check.folder / "large.tsv"
    rows = [f"n{i}\tr\tn{i * 7 % 400 + 1}" for i in range(600)]
    path.write_text("\n".join(["subject\trelation\tobject", *rows, ""]), encoding="utf-8")
    made = check.draw("mermaid", path).decode()
    first = re.match(r"%% (\d+) of (\d+) connections\n", made)
    check.expect("large: says so", bool(first), True)
    drawn = browser.run(DRAW % json.dumps(made))
    check.expect("large: edges", drawn["paths"], int(first[1]))
    check.expect("large: all", int(first[2]), 600)
    wide = check.folder / "wide.tsv"
    rows = [f"{i}{'<' * 400}\t{'>' * 400}\tn" for i in range(100)]
    wide.write_text("\n".join(["subject\trelation\tobject", *rows, ""]), encoding="utf-8")
    made = check.draw("mermaid", wide).decode()
    check.expect("wide: short enough for Mermaid", len(made) < 50000, True)
    check.expect("wide: draws", browser.run(DRAW % json.dumps(made))["paths"],
                 int(made.split()[1]))


def check_cytoscape(check, browser, what, files):
    made, edges = json.loads(check.draw("cytoscape", *files)), check.truth(files)
    loaded = browser.run(LOAD % json.dumps(made).replace("<", "\\u003c"))
    for kind in ("nodes", "edges"):
        check.expect(f"{what}: {kind}", loaded[kind],
                     [one["data"] for one in made["elements"][kind]])
    check.expect(f"{what}: ends", loaded["ends"], [[e["subject"], e["object"]] for e in edges])


def main():
    fetch()
    check = Checker(sys.argv[1])
    page = check.folder / "page.html"
    page.write_text("<!doctype html><meta charset=utf-8><title>t</title>" + "".join(
        f'<script src="{(FOLDER / script).as_uri()}"></script>' for script in SCRIPTS.values()),
        encoding="utf-8")
    with Browser(shutil.which("chromium")) as browser:
        browser.go(page.as_uri())
        for name, files in check.sets():
            check_mermaid(check, browser, name, files)
            check_cytoscape(check, browser, name, files)
        check_large(check, browser)
        check.expect("complaints", list(browser.complaints()), [])
        check.expect("requests", [r for r in browser.requests() if r.startswith("http")], [])
    check.end()


main()
