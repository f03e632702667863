#!/usr/bin/env python3
"""What holds of a page without a browser: it is well-formed, nothing from the input is live,
the policy names the script and the style, and the data is complete.

    check.py PROGRAM
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import page

PROGRAM = sys.argv[1]
TRIPLES = pathlib.Path(__file__).with_name("harbour.jsonl")
LABELS = [
    "</script><script>pwned = 1</script>", "<!--<script>", "--><img src=x onerror=pwned=1>",
    "</title><script>pwned = 1</script>", "</style><svg onload=pwned=1>", "]]><script>",
    '" onclick="pwned = 1', "' onclick='pwned = 1", "javascript:pwned=1", "{{data}}",
    "{{picture}}", "&lt;b&gt; &amp; &#60;", "a\u2028b\u2029c", "${pwned = 1}", "`", "\\u003cb>",
    "\u202egnp.exe", "\ufffe\ufdd0 \U0001fffe end", "\x01\x1b[31m\x7f\x9b",
    "</SCRIPT\t>", "<![CDATA[ x ]]>", "<?xml?>",
    "x" * 5000, "\u200d\U0001f469\u200d\U0001f680", "constructor", "__proto__",
]
faults = []


def draw(path, *more):
    return subprocess.run([PROGRAM, "draw", path, "-f", "html", *more], check=True,
                          capture_output=True).stdout


def fault(where, text):
    faults.append(f"{where}: {text}")


def check_page(where, bytes_):
    found, wrong = page.check(bytes_)
    for one in wrong:
        fault(where, one)
    return found


def without(triple, *keys):
    return {key: value for key, value in triple.items() if key not in keys}


def check_triples():
    """All of them, as JSON lines has them, and their wording marked."""
    found = check_page("triples", draw(TRIPLES))
    lines = [json.loads(line) for line in TRIPLES.read_text(encoding="utf-8").splitlines()]
    told = found.data["triples"]
    if [without(t, "link", "class", "marks", "rule_place") for t in told] \
            != [without(t, "rule_place") for t in lines]:
        fault("triples", "not those that were given")
    for triple in told:
        for role, key in (("s", "subject_text"), ("r", "relation_text"), ("o", "object_text")):
            marked = " ".join(text for kind, text in triple["marks"] if kind == role)
            if marked != triple[key]:
                fault("triples", f"marked {marked!r} for {key} {triple[key]!r}")
    if draw(TRIPLES) != draw(TRIPLES):
        fault("triples", "other bytes the second time")
    if found.data["dark"] or not page.Page(draw(TRIPLES, "--theme", "dark").decode()).data["dark"]:
        fault("triples", "--theme is not in the data")


def check_labels():
    """Hostile texts everywhere: nothing is live, and every text is still the same."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "t.jsonl")
        for label in LABELS:
            triple = {key: label for key in ("subject", "relation", "subject_type", "doc", "rule",
                                             "rule_place", "source", "evidence", "style")}
            triple.update(object="object " + label, object_text=label, subject_text=label,
                          qualifiers=[{"key": label, "value": label}])
            path.write_text(json.dumps(triple) + "\n", encoding="utf-8")
            where = repr(label[:40])
            title = label if "x" * 99 not in label else label[:900]
            found = check_page(where, draw(path, "--title", title))
            told = found.data["triples"][0]
            for key in set(triple) - {"qualifiers"}:
                if told[key] != triple[key]:
                    fault(where, f"{key} is {told[key]!r}")
            if found.data["nodes"][0]["label"] != label or found.data["title"] != title:
                fault(where, "label or title is another one")
            plain = re.sub("[\x01\x1b\x7f\x9b\ufffe\ufdd0\U0001fffe]", "\ufffd", title)
            if found.heading not in (title, plain) or found.titles[""] not in (title, plain):
                fault(where, f"the heading is {found.heading!r}")


def check_bad_bytes():
    """Ill-formed UTF-8 and control characters in the title."""
    found = check_page("bad bytes", draw(TRIPLES, "--title",
                                         b"a\xff\xc3b\x1b[31m\x01c\xed\xa0\x80"))
    if "a\ufffd" not in found.heading or not found.heading.endswith("c\ufffd\ufffd\ufffd"):
        fault("bad bytes", f"the heading is {found.heading!r}")


def check_too_large():
    """Refused as the picture is, with what to do instead."""
    rows = "".join(f"a{i}\tleads\tb{i}\n" for i in range(5001))
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "t.tsv")
        path.write_text("subject\trelation\tobject\n" + rows, encoding="utf-8")
        run = subprocess.run([PROGRAM, "draw", path, "-f", "html"], check=False,
                             capture_output=True, text=True)
    if run.returncode != 7 or run.stdout or "hint: " not in run.stderr:
        fault("too large", f"exit {run.returncode}: {run.stderr}")


def check_large():
    """300 pairs: the picture shows a part, the data has all."""
    rows = "".join(f"a{i}\tleads\tb{i % 290}\n" for i in range(300))
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "t.tsv")
        path.write_text("subject\trelation\tobject\n" + rows + "lonely\tsleeps\t\n",
                        encoding="utf-8")
        found = check_page("large", draw(path))
    hidden = [triple for triple in found.data["triples"] if triple["link"] < 0]
    if len(found.data["triples"]) != 301 or len(found.data["links"]) + found.data["hidden"] != 300:
        fault("large", "triples are missing")
    if len(hidden) != found.data["hidden"] + 1:
        fault("large", f"{len(hidden)} triples have no link, {found.data['hidden']} are hidden")


check_triples()
check_labels()
check_bad_bytes()
check_large()
check_too_large()
print("\n".join(faults) or f"{len(LABELS)} hostile labels: no faults")
sys.exit(bool(faults))
