#!/usr/bin/env python3
"""Scores open extraction: CaRB dev and BenchIE dev, with several profiles.

usage: oie.py SHARED [--relgraph PROGRAM] [--profiles default,carb,benchie] [--folds] [...]

SHARED holds eval/ with the sentences, the gold and the scorers (score_carb.py,
score_benchie.py). Prints precision, recall and F1 of all predictions, without a threshold.
With --folds also the F1 of each of five parts of the sentences (number n belongs to part
n mod 5), and with --against FOLDER the difference to the rules in FOLDER, by parts.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BENCHMARKS = ("carb", "benchie")
PARTS = 5


def extract(given, rules, profile, sentences, out):
    """The predictions for a file of sentences, one a line."""
    environment = dict(os.environ)
    if rules:
        environment["RELGRAPH_RULES"] = str(rules)
    command = [given.relgraph, "extract", sentences, "--lines", "-f", "oie", "-o", out]
    if profile != "none":
        command += ["--profile", profile]
    subprocess.run(command, check=True, env=environment)


def score(given, benchmark, gold, predictions):
    """Precision, recall, F1 in percent."""
    scorer = given.shared / "eval" / f"score_{benchmark}.py"
    done = subprocess.run([sys.executable, scorer, "--gold", gold, "--json", predictions],
                          check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    best = found.get("optimal", found)
    return [100 * best[figure] for figure in ("p", "r", "f1")]


def by_sentence(path):
    """The lines of a gold or predictions file under their sentence."""
    out = {}
    for line in path.read_text().splitlines():
        out.setdefault(line.split("\t")[0], []).append(line)
    return out


def key(sentence):
    return "".join(c for c in sentence if c.isalnum())


def score_parts(given, benchmark, work, predictions):
    """F1 of each part of the gold's sentences."""
    folder = given.shared / "eval" / f"{benchmark}-dev"
    order = [key(line) for line in (folder / "sentences.txt").read_text().splitlines()]
    part_of = {sentence: i % PARTS for i, sentence in enumerate(order)}
    figures = []
    for part in range(PARTS):
        names = []
        for path in (folder / "gold.tsv", predictions):
            lines = [line for sentence, all_of_it in by_sentence(path).items()
                     if part_of.get(key(sentence)) == part for line in all_of_it]
            names.append(work / f"{path.name}.part")
            names[-1].write_text("".join(line + "\n" for line in lines))
        figures.append(score(given, benchmark, *names)[2])
    return figures


def measure(given, rules, profile, benchmark, work):
    folder = given.shared / "eval" / f"{benchmark}-dev"
    predictions = work / "predictions.oie"
    extract(given, rules, profile, folder / "sentences.txt", predictions)
    figures = score(given, benchmark, folder / "gold.tsv", predictions)
    parts = score_parts(given, benchmark, work, predictions) if given.folds else []
    return figures, parts, len(predictions.read_text().splitlines())


def print_row(given, profile, benchmark, work):
    figures, parts, count = measure(given, given.rules, profile, benchmark, work)
    text = " ".join(f"{figure:5.1f}" for figure in figures)
    text = f"{profile:8} {benchmark:8} {text}  {count:5}"
    if given.against:
        before, old, _ = measure(given, given.against, profile, benchmark, work)
        gains = [new - then for new, then in zip(parts, old)]
        text += (f"  {figures[2] - before[2]:+.2f} in {sum(g > 0 for g in gains)} of {PARTS}: "
                 + " ".join(f"{gain:+.2f}" for gain in gains))
    elif parts:
        text += "  parts: " + " ".join(f"{part:.1f}" for part in parts)
    print(text, flush=True)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("shared", type=pathlib.Path)
    options.add_argument("--relgraph", default=str(ROOT / "build/release/relgraph"))
    options.add_argument("--profiles", default="carb,benchie,default",
                         help="names with commas between; none: without a profile")
    options.add_argument("--benchmarks", default=",".join(BENCHMARKS))
    options.add_argument("--rules", type=pathlib.Path, help="folder of rules")
    options.add_argument("--against", type=pathlib.Path, help="folder of other rules")
    options.add_argument("--folds", action="store_true")
    given = options.parse_args()
    given.folds = given.folds or given.against is not None
    print("profile  benchmark   P     R     F1      n")
    with tempfile.TemporaryDirectory() as folder:
        for profile in given.profiles.split(","):
            for benchmark in given.benchmarks.split(","):
                print_row(given, profile, benchmark, pathlib.Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
