#!/usr/bin/env python3
"""Precision on real text: draws triples of real articles to be judged, and counts judgements.

usage: precision.py draw FOLDER [--relgraph PROGRAM]   the triples drawn, with their sentences
       precision.py show FOLDER TABLE                  the same, beside the judgement if there is one
       precision.py score TABLE                        the figures of a table

FOLDER holds the articles (*.txt). The 200 triples are drawn by a fixed seed from all triples
of the default profile, sorted by document and place. TABLE is tab-separated: document, start
and end of the sentence, rule, id (a hash of subject, relation and object), judgement (right,
awkward, wrong), what is wrong. It holds no text of the articles.
"""
import hashlib
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
DRAWN, SEED = 200, 20261128
COLUMNS = ("doc", "start", "end", "rule", "id", "judgement", "why")


def triples_of(folder, program):
    """One dictionary a triple, sorted."""
    out = []
    for path in sorted(pathlib.Path(folder).glob("*.txt")):
        text = subprocess.run([program, "extract", path, "--profile", "default"], check=True,
                              capture_output=True, text=True).stdout.splitlines()
        names = text[0].split("\t")
        for line in text[1:]:
            one = dict(zip(names, line.split("\t")))
            one["doc"] = path.name
            told = "|".join(one[k] for k in ("subject", "relation", "object", "polarity",
                                             "modality", "source"))
            one["id"] = hashlib.sha256(told.encode()).hexdigest()[:12]
            out.append(one)
    return sorted(out, key=lambda one: (one["doc"], int(one["start"]), one["id"]))


def draw(folder, program):
    found = triples_of(folder, program)
    chosen = random.Random(SEED).sample(range(len(found)), min(DRAWN, len(found)))
    return [found[i] for i in sorted(chosen)]


def read_table(path):
    rows = [line.split("\t") for line in pathlib.Path(path).read_text().splitlines()]
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def show(drawn, judged):
    known = {(row["doc"], row["start"], row["id"]): row for row in judged}
    sentence = None
    for number, one in enumerate(drawn, 1):
        if one["evidence"] != sentence:
            sentence = one["evidence"]
            print(f"\n## {one['doc']} {one['start']} {sentence}")
        row = known.get((one["doc"], one["start"], one["id"]), {})
        marks = [one[k] for k in ("polarity", "modality", "source", "qualifiers")
                 if one[k] not in ("", "affirmed", "asserted")]
        print(number, one["id"], row.get("judgement", "?"), "  ", one["subject"], "|",
              one["relation"], "|", one["object"], *marks)


def score(rows):
    counts = {}
    for row in rows:
        counts[row["judgement"]] = counts.get(row["judgement"], 0) + 1
    for judgement, count in sorted(counts.items(), key=lambda item: -item[1]):
        print(f"{judgement:8} {count:4} {100 * count / len(rows):5.1f} %")
    reasons = {}
    for row in rows:
        if row["judgement"] == "wrong":
            reasons[row["why"]] = reasons.get(row["why"], 0) + 1
    for reason, count in sorted(reasons.items(), key=lambda item: -item[1]):
        print(f"  wrong: {count:3} {reason}")


def main():
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    program = str(ROOT / "build/release/relgraph")
    if "--relgraph" in sys.argv:
        program = sys.argv[sys.argv.index("--relgraph") + 1]
        words.remove(program)
    if words[:1] == ["draw"] and len(words) == 2:
        show(draw(words[1], program), [])
    elif words[:1] == ["show"] and len(words) == 3:
        show(draw(words[1], program), read_table(words[2]))
    elif words[:1] == ["score"] and len(words) == 2:
        score(read_table(words[1]))
    else:
        sys.exit(__doc__)
    return 0


if __name__ == "__main__":
    sys.exit(main())
