#!/usr/bin/env python3
"""Fits the weights of the pronoun passes of rules/entities.yaml. Needs numpy.

    fit_coref.py FEATURES_PROGRAM SHARED [--gum 3] [--l2 2] [--step 0.1] [--least 0.15]

SHARED holds eval/gap and eval/gum. Candidates of each pronoun are asked from the program
(coref_features.c) with the present rules; the weights that make the right ones most likely
(softmax over candidates, marginal over all right ones, L2) are printed as YAML, rounded to
--step, those below --least left out. Of GAP a candidate is right if its entity holds the
name, or, where neither name is right, if it holds none of the two; of GUM if it is in the pronoun's gold cluster. A pronoun of GUM counts --gum times.

Later pronouns see what earlier ones were linked to, so put the weights into the rules and
fit again, once or twice. Five-fold accuracy is printed for each source.
"""
import argparse
import csv
import json
import pathlib
import subprocess

import numpy as np

PASSES = {"he_she": ("gap", "gum"), "it": ("gum",), "they": ("gum",)}


def read_gap(shared):
    """{id: (text, pronoun span, right name spans, both name spans)} in code points"""
    out = {}
    path = shared / "eval/gap/gap-development.tsv"
    with open(path, encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            at = int(row["Pronoun-offset"])
            names = {x: (int(row[x + "-offset"]), int(row[x + "-offset"]) + len(row[x]))
                     for x in "AB"}
            right = [names[x] for x in "AB" if row[x + "-coref"].upper() == "TRUE"]
            out[row["ID"]] = (row["Text"], (at, at + len(row["Pronoun"])), right,
                              list(names.values()))
    return out


def read_gum(shared):
    """{id: (text, [[head span, ..], ..])} in code points"""
    out = {}
    for path in sorted((shared / "eval/gum").glob("*.json")):
        doc = json.loads(path.read_text(encoding="utf-8"))
        out[doc["id"]] = (doc["text"], [[(m[2], m[3]) for m in c] for c in doc["clusters"]])
    return out


def ask(program, texts):
    lines = "".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in texts.items())
    made = subprocess.run([program], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in made.stdout.splitlines()]


def points(text):
    """byte offset -> code point offset"""
    table, at = {}, 0
    for i, c in enumerate(text):
        table[at] = i
        at += len(c.encode())
    table[at] = len(text)
    return table


def gather(program, shared):
    """(pass, source, document, [(features, right)])"""
    gap, gum = read_gap(shared), read_gum(shared)
    tables = {}
    for row in ask(program, {i: v[0] for i, v in gap.items()}):
        text, pronoun, right_names, names = gap[row["id"]]
        t = tables.setdefault(row["id"], points(text))
        if (t[row["at"][0]], t[row["at"][1]]) != pronoun:
            continue
        right = [bool(right_names) == any(a <= t[s] and t[e] <= b for s, e in c["entity"]
                                          for a, b in right_names or names)
                 for c in row["candidates"]]
        yield row["pass"], "gap", row["id"], [(c["f"], r) for c, r in zip(row["candidates"], right)]
    for row in ask(program, {i: v[0] for i, v in gum.items()}):
        text, clusters = gum[row["id"]]
        t = tables.setdefault(row["id"], points(text))
        at = (t[row["at"][0]], t[row["at"][1]])
        gold = next((set(c) for c in clusters if at in c), set())
        right = [(t[c["at"][0]], t[c["at"][1]]) in gold for c in row["candidates"]]
        yield row["pass"], "gum", row["id"], [(c["f"], r) for c, r in zip(row["candidates"], right)]


class Data:
    """Pronouns below one another: the rows of the i-th are from starts[i] on."""

    def __init__(self, rows, names):
        index = {n: i for i, n in enumerate(names)}
        self.documents = [document for _, document, _ in rows]
        self.weights = np.array([weight for weight, _, _ in rows], dtype=float)
        sizes = np.array([len(candidates) for *_, candidates in rows], dtype=int)
        self.starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(int)
        self.of = np.repeat(np.arange(len(rows)), sizes)
        self.x = np.zeros((sizes.sum(), len(names)))
        self.right = np.zeros(sizes.sum())
        every = (c for *_, candidates in rows for c in candidates)
        for i, (features, right) in enumerate(every):
            self.right[i] = right
            for name, value in features.items():
                self.x[i, index[name]] = value

    def shares(self, scores, mask):
        """softmax over the candidates of each pronoun that the mask lets through"""
        e = np.exp(scores - np.maximum.reduceat(scores, self.starts)[self.of]) * mask + 1e-300
        return e / np.add.reduceat(e, self.starts)[self.of]

    def accuracy(self, w):
        scores = self.x @ w
        best = scores >= np.maximum.reduceat(scores, self.starts)[self.of]
        return np.maximum.reduceat(best * self.right, self.starts).mean()


def fit(data, l2, rounds=400):
    """Adam on the mean negative log-likelihood."""
    count = data.x.shape[1]
    w, m, v = np.zeros(count), np.zeros(count), np.zeros(count)
    total = data.weights.sum()
    weights = (data.weights / total)[data.of]
    for step in range(1, rounds + 1):
        scores = data.x @ w
        apart = data.shares(scores, 1) - data.shares(scores, data.right)
        grad = l2 * w / total + (weights * apart) @ data.x
        m, v = 0.9 * m + 0.1 * grad, 0.999 * v + 0.001 * grad ** 2
        w -= 0.05 * (m / (1 - 0.9 ** step)) / (np.sqrt(v / (1 - 0.999 ** step)) + 1e-8)
    return w


def fold_of(document):
    return sum(document.encode()) % 5


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("shared", type=pathlib.Path)
    parser.add_argument("--gum", type=float, default=3)
    parser.add_argument("--l2", type=float, default=2)
    parser.add_argument("--step", type=float, default=0.1)
    parser.add_argument("--least", type=float, default=0.15)
    args = parser.parse_args()
    rows = list(gather(args.program, args.shared))
    for name, sources in PASSES.items():
        kept = [(args.gum if s == "gum" else 1, s + d, c) for p, s, d, c in rows
                if p == name and s in sources]
        missed = sum(not any(r for _, r in c) for *_, c in kept)
        kept = [k for k in kept if any(r for _, r in k[2])]
        names = sorted({f for *_, c in kept for fs, _ in c for f in fs})
        shown = {s: [] for s in sources}
        for fold in range(5):
            train = [k for k in kept if fold_of(k[1]) != fold]
            w = fit(Data(train, names), args.l2)
            for s in sources:
                part = [k for k in kept if fold_of(k[1]) == fold and k[1].startswith(s)]
                if part:
                    shown[s].append((Data(part, names).accuracy(w), len(part)))
        w = fit(Data(kept, names), args.l2)
        shown = {s: sum(a * n for a, n in v) / max(1, sum(n for _, n in v))
                 for s, v in shown.items()}
        print(f"# {name}: {len(kept)} pronouns, {missed} without a right candidate; five-fold "
              + ", ".join(f"{s} {100 * a:.1f}" for s, a in shown.items()))
        print(f"      # {name}")
        for n, value in zip(names, w):
            value = round(value / args.step) * args.step
            if abs(value) >= args.least:
                print(f"        {n}: {value:.2g}")


main()
