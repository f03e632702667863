#!/usr/bin/env python3
"""Does what the pages say: runs their commands and examples, or follows their links.

    readme.py links ROOT
    readme.py commands ROOT BUILD COMPILER [FLAG...]

Each page of RUNNING is read from top to bottom in a folder that looks like the checkout:

- a yaml block that begins with `relgraph: 1` is a rule file. It is written to mine.yaml, or
  to the name in a comment behind the 1; lint must find nothing, all its examples must pass;
- a c block is written to the name that its first line begins with (`/* NAME.c - ...`);
- an sh block that runs something in build/release or out/ is run with bash, command by
  command: each must succeed, and each file behind -o must have something in it. A text
  block right behind it is what it prints, on both outputs.

scripts/ has tests of its own, and so have the commands of docs/scale.md that need DuckDB, Slurm or
Spark (tests/cluster/).
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

RUNNING = ["README.md", "rules/README.md", "docs/tutorial.md", "docs/rules.md",
           "docs/library.md", "docs/scale.md"]
PAGES = RUNNING + ["src/README.md", "tests/README.md", "tests/quality/README.md",
                   "CONTRIBUTING.md", "docs/model.md", "docs/formats.md"]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.M | re.S)
FOLDERS = ("samples", "rules", "models", "docs", "src", "examples")


class Stage:
    """A stand-in for the checkout: links to its folders, and an out/ of its own."""

    def __init__(self, root, folder, build, compiler, flags):
        self.folder = Path(folder)
        for name in FOLDERS:
            if (root / name).exists():
                os.symlink(root / name, self.folder / name)
        for name in ("out", "build", "bin"):
            (self.folder / name).mkdir()
        os.symlink(build, self.folder / "build/release")
        os.symlink(compiler, self.folder / "bin/cc")
        self.env = dict(os.environ, CFLAGS=" ".join(flags),
                        PATH=f"{self.folder / 'bin'}:{os.environ['PATH']}",
                        XDG_CACHE_HOME=str(self.folder / "cache"))

    def run(self, command):
        """What it prints, and what is wrong with that."""
        run = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=self.folder,
                             env=self.env, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, text=True, timeout=300, check=False)
        wrong = [f"exit {run.returncode}: {command}\n{run.stdout}"] if run.returncode else []
        for name in re.findall(r"-o (\S+)", command):
            path = self.folder / name
            if not path.is_file() or path.stat().st_size == 0:
                wrong.append(f"{name} was not written: {command}")
        return run.stdout, wrong


def check_rules(stage, text):
    if not text.startswith("relgraph: 1"):
        text = "relgraph: 1\ninclude: [core]\n" + text
    name = re.match(r"relgraph: 1(?: +# (\S+))?", text).group(1) or "mine.yaml"
    (stage.folder / name).write_text(text, encoding="utf-8")
    relgraph = "build/release/relgraph"
    printed, wrong = stage.run(f"{relgraph} lint {name}")
    if re.search(r"(?:error|warning|note): .* \[(?!no-example\])", printed):
        yield from wrong or [printed]
    printed, wrong = stage.run(f"{relgraph} rules expand --rules {name} > /dev/null")
    yield from wrong or ([printed] if printed else [])
    yield from stage.run(f"{relgraph} test {name}")[1]


def check_commands(stage, text, wanted):
    printed = ""
    for command in text.replace("\\\n", " ").splitlines():
        more, wrong = stage.run(command)
        printed += more
        yield from wrong
    if wanted and printed != wanted:
        yield f"printed otherwise than the page says:\n{text}\n{printed}"


def check_page(stage, text):
    count = 0
    for kind, body, wanted in BLOCK.findall(text):
        if kind == "yaml":
            count += 1
            yield from check_rules(stage, body)
        elif re.match(r"(/\*|#) \w+\.(c|txt)\b", body):
            (stage.folder / body.split()[1]).write_text(body, encoding="utf-8")
        elif kind == "sh" and re.search(r"build/release/|^out/", body, re.M):
            count += 1
            yield from check_commands(stage, body, wanted)
    if count == 0:
        yield "no commands and no rules found"


def check_running(root, build, compiler, flags):
    for page in RUNNING:
        with tempfile.TemporaryDirectory() as folder:
            stage = Stage(root, folder, build, compiler, flags)
            text = (root / page).read_text(encoding="utf-8")
            for finding in check_page(stage, text):
                yield f"{page}: {finding}"


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
    root = Path(sys.argv[2]).resolve()
    if sys.argv[1] == "links":
        findings = [finding for page in PAGES for finding in check_links(root, page)]
    else:
        findings = list(check_running(root, Path(sys.argv[3]).resolve(), sys.argv[4],
                                      sys.argv[5:]))
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
