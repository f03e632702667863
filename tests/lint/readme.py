#!/usr/bin/env python3
"""Runs what the README tells its readers to run, or follows the links of all pages.

    readme.py ROOT PROGRAM    runs the commands
    readme.py ROOT            follows the links

Every line that calls build/release/relgraph, and every line of a block that does, runs as
printed with bash in a folder that looks like the checkout; each must succeed, and each
file behind -o must have something in it. scripts/ has tests of its own.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PAGES = ["README.md", "rules/README.md", "src/README.md", "tests/README.md",
         "CONTRIBUTING.md", "docs/rules.md", "docs/model.md", "docs/formats.md"]


def shell_blocks(text):
    for block in re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S):
        if "build/release/relgraph" in block:
            yield block.splitlines()


def check_line(line, folder):
    run = subprocess.run(["bash", "-o", "pipefail", "-c", line], cwd=folder,
                         capture_output=True, text=True, timeout=120)
    if run.returncode != 0:
        yield f"exit {run.returncode}: {line}\n{run.stderr}"
    for name in re.findall(r"-o (\S+)", line):
        path = Path(folder) / name
        if not path.is_file() or path.stat().st_size == 0:
            yield f"{name} was not written: {line}"


def check_commands(root, program):
    """A stand-in for the checkout: links to its folders, and an out/ of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("samples", "rules", "models", "docs"):
            if (root / name).exists():
                os.symlink(root / name, Path(folder) / name)
        (Path(folder) / "out").mkdir()
        (Path(folder) / "build/release").mkdir(parents=True)
        os.symlink(program, Path(folder) / "build/release/relgraph")
        count = 0
        for block in shell_blocks((root / "README.md").read_text(encoding="utf-8")):
            for line in block:
                count += 1
                yield from check_line(line, folder)
        if count == 0:
            yield "README.md: no commands found"


def check_links(root, page):
    if not (root / page).exists():
        yield f"{page} is missing"
        return
    text = (root / page).read_text(encoding="utf-8")
    text = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    text = re.sub(r"`[^`\n]*`", "", text)
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if "://" in target:
            continue
        if not ((root / page).parent / target).exists():
            yield f"{page}: nothing at {target}"


def main():
    root = Path(sys.argv[1]).resolve()
    if len(sys.argv) > 2:
        findings = list(check_commands(root, Path(sys.argv[2]).resolve()))
    else:
        findings = [finding for page in PAGES for finding in check_links(root, page)]
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
