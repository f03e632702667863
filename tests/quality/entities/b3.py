#!/usr/bin/env python3
"""b3.py [--errors] GOLD.tsv ENTITIES.tsv: B-cubed precision and recall of what
`relgraph entities ARTICLE` prints, against the list made by hand. --errors names the
missed mentions and the wrongly merged and split pairs.
b3.py --self-test: the score of a small example, counted by hand.

B-cubed: Bagga and Baldwin, Algorithms for scoring coreference chains, 1998. Alignment and
counting are described in README.md."""
import collections
import itertools
import sys

GOLD_HEADER = "entity\tmention_start\tmention_end\thead_start\thead_end\ttext"
SYSTEM_HEADER = "entity\ttype\tdoc\tsentence\tstart\tend\tmention\tpass\tevidence"

Gold = collections.namedtuple("Gold", "cluster start end head_start head_end text")
System = collections.namedtuple("System", "cluster start end text")


def split_rows(text, header, name):
    """The fields of each row below the header."""
    lines = text.rstrip("\n").split("\n")
    if lines[0] != header:
        sys.exit(f"{name}:1: error: the header is not {header!r}")
    for number, line in enumerate(lines[1:], 2):
        fields = line.split("\t")
        if len(fields) != header.count("\t") + 1:
            sys.exit(f"{name}:{number}: error: {len(fields)} fields")
        yield fields


def parse_gold(text, name="gold"):
    return [Gold(entity, *map(int, offsets), quote)
            for entity, *offsets, quote in split_rows(text, GOLD_HEADER, name)]


def parse_system(text, name="entities"):
    """One document's mentions; an entity is its label and type."""
    rows = list(split_rows(text, SYSTEM_HEADER, name))
    if len({row[2] for row in rows}) > 1:
        sys.exit(f"{name}: error: more than one document")
    return [System((row[0], row[1]), int(row[4]), int(row[5]), row[6]) for row in rows]


def measure_difference(gold, system):
    """How many bytes the ends differ by; None if the two cannot be one mention."""
    if not system.start <= gold.head_start < gold.head_end <= system.end:
        if (system.start, system.end) != (gold.start, gold.end):
            return None
    return abs(system.start - gold.start) + abs(system.end - gold.end)


def align(golds, systems):
    """{index of a gold mention: index of its system mention}, each used once."""
    candidates = []
    for g, s in itertools.product(range(len(golds)), range(len(systems))):
        difference = measure_difference(golds[g], systems[s])
        if difference is not None:
            candidates.append((difference, golds[g].start, systems[s].start, g, s))
    pairs, used = {}, set()
    for _, _, _, g, s in sorted(candidates):
        if g not in pairs and s not in used:
            pairs[g] = s
            used.add(s)
    return pairs


class Score:
    """B-cubed of one document. Aligned mentions are (gold, system) pairs."""

    def __init__(self, golds, systems):
        pairs = align(golds, systems)
        self.aligned = [(golds[g], systems[s]) for g, s in sorted(pairs.items())]
        self.missed = [gold for g, gold in enumerate(golds) if g not in pairs]
        used = set(pairs.values())
        self.spurious = [system for s, system in enumerate(systems) if s not in used]
        self.golds, self.systems = len(golds), len(systems)
        both = collections.Counter((g.cluster, s.cluster) for g, s in self.aligned)
        of_gold = collections.Counter(gold.cluster for gold in golds)
        of_system = collections.Counter(s.cluster for _, s in self.aligned)
        self.correct = sum(n * n / of_system[s] for (_, s), n in both.items())
        self.found = sum(n * n / of_gold[g] for (g, _), n in both.items())

    def precision(self):
        return self.correct / len(self.aligned) if self.aligned else 0.0

    def recall(self):
        return self.found / self.golds if self.golds else 0.0

    def pairs_between(self, same, other):
        """Pairs of aligned mentions in one cluster of side `same` (0 gold, 1 system) but in
        two of side `other`: {(cluster, other 1, other 2): [(mention, mention), ...]}."""
        pairs = {}
        for a, b in itertools.combinations(self.aligned, 2):
            if a[same].cluster == b[same].cluster and a[other].cluster != b[other].cluster:
                if b[other].cluster < a[other].cluster:
                    a, b = b, a
                key = (a[same].cluster, a[other].cluster, b[other].cluster)
                pairs.setdefault(key, []).append((a[0], b[0]))
        return pairs


def name_cluster(cluster):
    return cluster if isinstance(cluster, str) else f"{cluster[0]} ({cluster[1]})"


def print_pairs(kind, pairs):
    for (cluster, one, other), found in sorted(pairs.items()):
        a, b = found[0]
        names = " | ".join(map(name_cluster, (cluster, one, other)))
        print(f"{kind}\t{names}\t{len(found)} pairs, such as "
              f"{a.text!r} at {a.start}, {b.text!r} at {b.start}")


def print_errors(score):
    for gold in score.missed:
        print(f"missed\t{gold.cluster}\t{gold.text!r} at {gold.start}")
    print_pairs("merged", score.pairs_between(1, 0))
    print_pairs("split", score.pairs_between(0, 1))


def print_score(score):
    precision, recall = score.precision(), score.recall()
    total = precision + recall
    f1 = 2 * precision * recall / total if total else 0.0
    print(f"gold {score.golds}  system {score.systems}  aligned {len(score.aligned)}  "
          f"missed {len(score.missed)}  spurious {len(score.spurious)}")
    print(f"B-cubed precision {100 * precision:.1f}  recall {100 * recall:.1f}  F1 {100 * f1:.1f}")


# "Ann Lee met Bob. She told the tall man that it rained in Oslo."
#  0         10        20        30        40        50
SELF_GOLD = [
    Gold("Ann Lee", 0, 7, 4, 7, "Ann Lee"),
    Gold("Bob", 12, 15, 12, 15, "Bob"),
    Gold("Ann Lee", 17, 20, 17, 20, "She"),
    Gold("Bob", 26, 38, 35, 38, "the tall man"),
    Gold("Oslo", 57, 61, 57, 61, "Oslo"),
]
SELF_SYSTEM = [
    System(("Ann", "PERSON"), 0, 7, "Ann Lee"),
    System(("Ann", "PERSON"), 4, 7, "Lee"),          # the wider one is nearer: spurious
    System(("Ann", "PERSON"), 12, 15, "Bob"),        # wrongly merged
    System(("Ann", "PERSON"), 17, 20, "She"),
    System(("man", "PERSON"), 30, 38, "tall man"),   # narrower, with the head; split
    System(("it", "THING"), 44, 46, "it"),           # spurious; Oslo is missed
]


def expect(what, found, wanted):
    if found != wanted:
        sys.exit(f"self-test: {what} is {found}, not {wanted}")


def test_example():
    score = Score(SELF_GOLD, SELF_SYSTEM)
    expect("aligned", [(g.text, s.text) for g, s in score.aligned],
           [("Ann Lee", "Ann Lee"), ("Bob", "Bob"), ("She", "She"), ("the tall man", "tall man")])
    expect("missed", [g.text for g in score.missed], ["Oslo"])
    expect("spurious", [s.text for s in score.spurious], ["Lee", "it"])
    # Ann Lee and She: 2 of the 3 aligned of their cluster; Bob: 1 of 3; the man: 1 of 1.
    expect("precision", round(score.precision(), 6), round((2 / 3 + 1 / 3 + 2 / 3 + 1) / 4, 6))
    # Ann Lee and She are together; of Bob and the man each has half; Oslo has nothing.
    expect("recall", round(score.recall(), 6), round((1 + 1 / 2 + 1 + 1 / 2 + 0) / 5, 6))
    merged = {key: len(pairs) for key, pairs in score.pairs_between(1, 0).items()}
    expect("merged", merged, {(("Ann", "PERSON"), "Ann Lee", "Bob"): 2})
    split = {key: len(pairs) for key, pairs in score.pairs_between(0, 1).items()}
    expect("split", split, {("Bob", ("Ann", "PERSON"), ("man", "PERSON")): 1})


def test_ends():
    perfect = [System((g.cluster, ""), g.start, g.end, g.text) for g in SELF_GOLD]
    score = Score(SELF_GOLD, perfect)
    expect("perfect", (score.precision(), score.recall()), (1.0, 1.0))
    expect("nothing", Score(SELF_GOLD, []).recall(), 0.0)
    crossing = [System(("Ann", ""), 0, 5, "Ann L")]
    expect("a cut head", len(Score(SELF_GOLD, crossing).aligned), 0)
    rows = f"{SYSTEM_HEADER}\nAnn\tPERSON\ta.txt\t1\t0\t7\tAnn Lee\t-\t-\n"
    expect("a row", parse_system(rows), [SELF_SYSTEM[0]])


def main(arguments):
    if arguments == ["--self-test"]:
        test_example()
        test_ends()
        return
    files = [argument for argument in arguments if argument != "--errors"]
    if len(files) != 2 or len(arguments) - len(files) > 1:
        sys.exit(__doc__)
    with open(files[0], encoding="utf-8", newline="\n") as gold:
        golds = parse_gold(gold.read(), files[0])
    with open(files[1], encoding="utf-8", newline="\n") as system:
        systems = parse_system(system.read(), files[1])
    score = Score(golds, systems)
    print_score(score)
    if "--errors" in arguments:
        print_errors(score)


if __name__ == "__main__":
    main(sys.argv[1:])
