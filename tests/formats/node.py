#!/usr/bin/env python3
"""Mermaid's own command draws our Mermaid, and cytoscape.js takes our JSON, in Node.js.

    node.py PROGRAM FOLDER

FOLDER gets both, from npm, if they are not there. The command draws with our Chromium.
"""
import fcntl
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as tree

from common import Checker, nodes_of

FOLDER = pathlib.Path(sys.argv[2]).resolve()
PACKAGES = ["@mermaid-js/mermaid-cli@11.17.0", "mermaid@11.17.2", "puppeteer@24.43.1",
            "cytoscape@3.35.0"]
LOAD = """
const cytoscape = require('cytoscape');
const made = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8'));
const graph = cytoscape({ headless: true, ...made });
const data = (list) => list.map((one) => one.data());
const ends = graph.edges().map((e) => [e.source().data('label'), e.target().data('label')]);
console.log(JSON.stringify({ nodes: data(graph.nodes()), edges: data(graph.edges()), ends }));
"""


def fetch():
    FOLDER.mkdir(parents=True, exist_ok=True)
    ready = FOLDER / "ready"
    with open(FOLDER / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists() or ready.read_text(encoding="utf-8") != " ".join(PACKAGES):
            subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund",
                            "--prefix", FOLDER, *PACKAGES], check=True, cwd=FOLDER,
                           env={**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"})
            ready.write_text(" ".join(PACKAGES), encoding="utf-8")


def write_settings(check):
    arguments = ["--disable-gpu"]
    if os.getuid() == 0:
        arguments.append("--no-sandbox")
    if not os.access("/dev/shm", os.W_OK):
        arguments.append("--disable-dev-shm-usage")
    (check.folder / "browser.json").write_text(json.dumps(
        {"executablePath": shutil.which("chromium"), "args": arguments}), encoding="utf-8")


def draw_mermaid(check, made):
    """(exit code, SVG or None) of the command."""
    source, drawn = check.folder / "made.mmd", check.folder / "made.svg"
    source.write_text(made, encoding="utf-8")
    drawn.unlink(missing_ok=True)
    done = subprocess.run([FOLDER / "node_modules/.bin/mmdc", "--quiet", "-i", source, "-o", drawn,
                           "-p", check.folder / "browser.json"], capture_output=True, check=False)
    return done.returncode, tree.parse(drawn).getroot() if drawn.exists() else None


def drawing_of(check, what, made):
    code, svg = draw_mermaid(check, made)
    check.expect(f"{what}: exit code", code, 0)
    return svg if svg is not None else tree.Element("nothing")


def texts(svg, name):
    """Of the <span>s of this class; each edge has another element of the class, too."""
    return ["".join(span.itertext()) for span in svg.iter("{http://www.w3.org/1999/xhtml}span")
            if name in span.get("class", "").split()]


def count_lines(svg):
    return sum("flowchart-link" in path.get("class", "").split()
               for path in svg.iter("{http://www.w3.org/2000/svg}path"))


def shown(text):
    """As a reader sees it: cut, without controls, white space folded."""
    text = text[:120] + "\u2026" if len(text) > 120 else text
    text = re.sub("[\t\n\r]", " ", text)
    text = re.sub("[\x00-\x1f\x7f-\x9f\ufffe\uffff]", "\ufffd", text)
    return " ".join(text.split())


def edge_labels(made):
    """What the file says of its edges, without blanks: those at the ends of lines are lost."""
    labels = re.findall(r'\|"(.*)"\| n\d+$', made, re.M)
    read = [re.sub(r"#(\d+);", lambda code: chr(int(code[1])), label.replace("<br>", ""))
            for label in labels]
    return sorted("".join(label.split()) for label in read)


def check_mermaid(check, what, files):
    made, edges = check.draw("mermaid", *files).decode(), check.truth(files)
    svg = drawing_of(check, what, made)
    check.expect(f"{what}: nodes", sorted(" ".join(t.split()) for t in texts(svg, "nodeLabel")),
                 sorted(shown(label) for label, _ in nodes_of(edges)))
    check.expect(f"{what}: edges", count_lines(svg), len(edge_labels(made)))
    drawn = texts(svg, "edgeLabel")
    check.expect(f"{what}: labels", sorted("".join(t.split()) for t in drawn), edge_labels(made))
    for relation in ("acquires", "signs") if what == "samples" else ("marries",):
        check.expect(f"{what}: {relation}", any(relation in label for label in drawn), True)
    names = {element.tag.rpartition("}")[2] for element in svg.iter()}
    check.expect(f"{what}: nothing but text", names & {"script", "a", "img", "b"}, set())


def check_broken(check):
    """The command itself refuses what is no Mermaid."""
    made = check.draw("mermaid", check.hostile).decode()
    for what, broken in (("label", made.replace('"]:::', "]:::", 1)),
                         ("edge", made.replace('"| n', '" n', 1))):
        check.expect(f"broken {what}: is", broken != made, True)
        code, svg = draw_mermaid(check, broken)
        check.expect(f"broken {what}: fails", (code != 0, svg), (True, None))


def check_large(check):
    path = check.folder / "large.tsv"
    rows = [f"n{i}\tr\tn{i * 7 % 400 + 1}" for i in range(600)]
    path.write_text("\n".join(["subject\trelation\tobject", *rows, ""]), encoding="utf-8")
    made = check.draw("mermaid", path).decode()
    first = re.match(r"%% (\d+) of (\d+) connections\n", made)
    check.expect("large: says so", bool(first), True)
    check.expect("large: edges", count_lines(drawing_of(check, "large", made)), int(first[1]))
    check.expect("large: all", int(first[2]), 600)
    wide = check.folder / "wide.tsv"
    rows = [f"{i}{'<' * 400}\t{'>' * 400}\tn" for i in range(100)]
    wide.write_text("\n".join(["subject\trelation\tobject", *rows, ""]), encoding="utf-8")
    made = check.draw("mermaid", wide).decode()
    check.expect("wide: short enough for Mermaid", len(made) < 50000, True)
    check.expect("wide: draws", count_lines(drawing_of(check, "wide", made)),
                 int(made.split()[1]))


def load_cytoscape(check, made):
    """What cytoscape.js has of it, or None."""
    path = check.folder / "made.cyjs"
    path.write_bytes(made)
    done = subprocess.run(["node", "-e", LOAD, path], cwd=FOLDER, capture_output=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else None


def check_cytoscape(check, what, files):
    made, edges = check.draw("cytoscape", *files), check.truth(files)
    elements = json.loads(made)["elements"]
    loaded = load_cytoscape(check, made) or {}
    for kind in ("nodes", "edges"):
        check.expect(f"{what}: {kind}", loaded.get(kind), [one["data"] for one in elements[kind]])
    check.expect(f"{what}: ends", loaded.get("ends"), [[e["subject"], e["object"]] for e in edges])
    astray = made.replace(b'"source":"n', b'"source":"m', 1)
    check.expect(f"{what}: an edge from nowhere is one", astray != made, True)
    check.expect(f"{what}: an edge from nowhere", load_cytoscape(check, astray) == loaded, False)


def main():
    fetch()
    check = Checker(sys.argv[1])
    write_settings(check)
    for name, files in check.sets():
        check_mermaid(check, name, files)
        check_cytoscape(check, name, files)
    check_broken(check)
    check_large(check)
    check.end()


main()
