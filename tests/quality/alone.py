#!/usr/bin/env python3
"""Each rule of a file passes its examples from a file of its own: alone.py RELGRAPH FILE.yaml

The file is cut at its rules, by indentation; each goes with the head of the file (all before
`relations:` and `rules:`) into a file in which nothing else is; one `as: statement`, which
needs a triple to speak of, with the rule before it.
"""
import pathlib
import re
import subprocess
import sys
import tempfile


def parts(text):
    """The head, and for each rule the section it is in and its lines."""
    head, rules, section = [], [], None
    for line in text.splitlines(keepends=True):
        if re.match(r"\S", line) and not line.startswith("#"):
            section = line if line.strip() in ("relations:", "rules:") else None
        elif section and re.match(r"  (- rule: |[a-z-]+:)", line):
            rules.append([section, line])
            continue
        elif section and rules and not re.match(r" *#", line):
            rules[-1].append(line)
        if section is None:
            head.append(line)
    return "".join(head), rules


def main():
    program, path = sys.argv[1], pathlib.Path(sys.argv[2])
    head, rules = parts(path.read_text(encoding="utf-8"))
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for i, lines in enumerate(rules):
            if "    as: statement\n" in lines:
                lines = rules[i - 1] + lines[1:]
            one = pathlib.Path(folder, f"rule{i}.yaml")
            one.write_text(head + "".join(lines), encoding="utf-8")
            done = subprocess.run([program, "test", one], capture_output=True, text=True,
                                  check=False)
            if done.returncode != 0 or not re.match(r"[1-9]\d* passed, 0 failed", done.stdout):
                failed += 1
                print(f"{lines[1].strip()}\n{done.stdout}{done.stderr}")
    print(f"{len(rules)} rules alone, {failed} failed")
    sys.exit(failed > 0 or not rules)


main()
