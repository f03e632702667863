#!/usr/bin/env python3
"""Time to extract from text, and to check rules, grows as their size does.

usage: growth_more.py RELGRAPH [text|rules]

Each generator makes texts or rule files from 32 KiB to 1 MiB. From one size to the next, twice
as large, the processor's time (without that of an empty input) may grow 2.6-fold; less than
a tenth of a second says nothing. Rules may be refused: then it is the time to say so.
"""
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "hostile"))
from common import Run  # noqa: E402

KIB = 1024
LIMIT = 2.6
LEAST, LONGEST = 0.1, 1000  # seconds
SIZES = [size * KIB for size in (32, 64, 128, 256, 512, 1024)]


def repeat(unit, start=""):
    return lambda size: start + unit * (size // len(unit.encode()))


def count(form, start=""):
    """`form` with 0, 1, 2 ... in the place of #."""
    def make(size):
        out, length, i = [start], len(start), 0
        while length < size:
            out.append(form.replace("#", str(i)))
            length += len(out[-1])
            i += 1
        return "".join(out)
    return make


TEXT = {
    "one token": repeat("a"),
    "digits": repeat("7"),
    "no sentence end": repeat("cat "),
    "conjuncts": repeat("dogs, ", "Ann likes "),
    "and": repeat("cats and dogs and "),
    "verbs in a row": repeat("said that Ann "),
    "(": repeat("("),
    "( word )": repeat("( a "),
    "brackets nested": lambda n: "(a " * (n // 6) + ") b" * (n // 6),
    "combining marks": repeat("\u0301", "a"),
    "words with marks": repeat("e\u0301\u0302\u0303 "),
    "blanks": repeat(" "),
    "blank lines": repeat("\n"),
    "lines of a letter": repeat("a\n\n"),
    "words with dashes": repeat("so-called-"),
    "dashes": repeat("-"),
    "quotes": repeat('"'),
    "quoted words": repeat('"cat" '),
    "apostrophes": repeat("'"),
    "contractions": repeat("don't"),
    "addresses": repeat("a.b/c@"),
    "full stops": repeat("."),
    "short sentences": repeat("Ann left. "),
    "one name": repeat("Ann Lee leads Acme Corp. "),
    "many names": count("Ann#a Lee#b leads Acme#c. "),
    "pronouns": repeat("She told her that he saw it. ", "Ann Lee met Bob Day. "),
    "names cut short": count("John Smith# met Smith. "),
}
HEAD = "relgraph: 1\n"
RULE = ("  - rule: r#\n    match: {v: '[buy#]'}\n    args: {a: v >nsubj, b: v >dobj}\n"
        "    relation: x\n")
RULES = {
    "rules": count(RULE, HEAD + "rules:\n"),
    "rules of one name": count(RULE.replace("r#", "r"), HEAD + "rules:\n"),
    "phrases": count("  - rule: r#\n    text: '<a> word# <b>'\n    relation: x\n",
                     HEAD + "rules:\n"),
    "a long list": count("  - word#\n", HEAD + "lists:\n  a:\n"),
    "a long list on a line": lambda n: HEAD + "lists: {a: [" + "w, " * (n // 3) + "w]}\n",
    "lists": count("  a#: [b]\n", HEAD + "lists:\n"),
    "lists in lists": count("  a#: [$a0, b#]\n", HEAD + "lists:\n  a0: [b]\n"),
    "keys twice": repeat("  a: [b]\n", HEAD + "lists:\n"),
    "types": count("  t#: {ent: PERSON}\n", HEAD + "types:\n"),
    "a long pattern": lambda n: (HEAD + "rules:\n  - rule: r\n    match: {v: '[a"
                                 + "|b" * (n // 2) + "]'}\n"),
    "long patterns": count("  - rule: r#\n    match: {v: '[" + "a|" * 2000 + "b]'}\n"
                           "    args: {a: v >nsubj, b: v >dobj}\n    relation: x\n",
                           HEAD + "rules:\n"),
    "long paths": count("  - rule: r#\n    match: {v: '[buy]'}\n    args: {a: v "
                        + ">dobj " * 8 + ", b: v >dobj}\n    relation: x\n",
                        HEAD + "rules:\n"),
    "slots": count(", s#: v >dobj", HEAD + "rules:\n  - rule: r\n    match: {v: '[buy]'}\n"
                   "    relation: x\n    args: {a: v >nsubj"),
    "[": repeat("["),
    "{a: ": repeat("{a: "),
    "- ": repeat("- "),
    "deeper": lambda n: "".join(" " * i + "a:\n" for i in range(int((2 * n) ** 0.5))),
    "anchors": count("  - &a# b\n", HEAD + "lists:\n"),
    "tags": repeat("  - !a b\n", HEAD + "lists:\n"),
    "directives": repeat("%TAG ! a\n"),
    "comments": repeat("# a\n", HEAD),
    "a quote that stays open": repeat("a ", HEAD + "lists: {a: ['"),
    "examples": count("  - Ann bought boat#. => none\n", HEAD + "tests:\n"),
    "wrong keys": count("key#: 1\n", HEAD),
    "wrong patterns": count("  - rule: r#\n    match: {v: '[b'}\n    relation: {\n",
                            HEAD + "rules:\n"),
    "expressions": count("  - rule: r#\n    match: {v: '[text=/a+#/]'}\n    relation: x\n"
                         "    args: {a: v >nsubj, b: v >dobj}\n", HEAD + "rules:\n"),
}


def run_text(program, text):
    return Run([program, "extract", "-f", "tsv", "-o", "/dev/null", "-"], text)


def run_rules(program, text):
    with tempfile.NamedTemporaryFile(suffix=".yaml") as file:
        file.write(text)
        file.flush()
        return Run([program, "lint", file.name])


def take_time(run, program, text):
    done = run(program, text.encode())
    if done.code not in (0, 1, 3):
        sys.exit(f"error: exit {done.code}: {done.said[:300]}")
    return done.seconds


def worst_growth(times):
    """The largest factor from one size to the next."""
    return max((b / max(a, LEAST / 2) for a, b in zip(times, times[1:]) if b >= LEAST), default=0)


def least_times(run, program, make, empty):
    """Seconds for each size; those that seem to grow too fast are taken again, up to five times
    in all, and the least counts: other programs may have been in the way."""
    texts = [make(size) for size in SIZES]
    times = [LONGEST] * len(SIZES)
    for _ in range(5):
        times = [min(time, max(take_time(run, program, text) - empty, 0.001))
                 for time, text in zip(times, texts)]
        if worst_growth(times) <= LIMIT:
            break
    return times


def main():
    program, wanted = sys.argv[1], sys.argv[2:]
    faults = kinds = 0
    for kind, run, makers, none in (("text", run_text, TEXT, "a"),
                                    ("rules", run_rules, RULES, HEAD)):
        if wanted and kind not in wanted:
            continue
        empty = min(take_time(run, program, none) for _ in range(3))
        kinds += len(makers)
        for name, make in makers.items():
            times = least_times(run, program, make, empty)
            growth = worst_growth(times)
            faults += growth > LIMIT
            print(f"{kind:5} {name:24} {times[-1]:7.2f} s/MiB  x{growth:.2f}"
                  + ("  TOO MUCH" if growth > LIMIT else ""), flush=True)
    print(f"{kinds} kinds, {faults} grow too fast")
    sys.exit(faults > 0)


main()
