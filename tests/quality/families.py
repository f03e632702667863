#!/usr/bin/env python3
"""What each family of open extraction earns: F1 with all rules less F1 without the family.

usage: families.py SHARED [--relgraph PROGRAM] [FAMILY...]

A family is taken out of a copy of the rules by leaving out, or changing, the lines that are
named below. Prints, for CaRB dev with the profile carb and BenchIE dev with benchie, the
gain of having it and in how many of five parts of the sentences it gains.
"""
import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
RULES = HERE.parents[1] / "rules"

# Family: [(file, line as it stands without blanks at its ends, what stands there instead)];
# None leaves the line out.
FAMILIES = {
    "passive": [("core.yaml", "- v >(nsubj|nsubjpass|expl)[tag!=WDT|WP]",
                 "- v[!has >auxpass] >(nsubj|expl)[tag!=WDT|WP]")],
    "complement clauses": [("core.yaml", "- v >ccomp[after v]", None)],
    "left complement of reporting verbs": [
        ("core.yaml", "- v[$report] >ccomp[before v]", None)],
    "verb coordination: subject": [
        ("core.yaml", "- v[VERB|AUX] <conj[VERB|AUX] >GSUBJ:* "
         "unless v >(nsubj|nsubjpass|expl)", "- v[zzz] <conj >GSUBJ:*")],
    "verb coordination: auxiliaries": [
        ("core.yaml", '- "v[tag=VBN|VBG, !has >(aux|auxpass|nsubj|nsubjpass)] '
         '<conj[same tag v] >aux"', None),
        ("core.yaml", '- "v[tag=VBN, !has >(aux|auxpass|nsubj|nsubjpass|dobj)] '
         '<conj[same tag v] >auxpass"', None),
        ("core.yaml", '- "v[tag=VB, !has >(aux|nsubj)] <conj[same tag v] >aux"', None)],
    "chain of verbs: agreed to buy": [
        ("core.yaml", '- "v >xcomp[VERB|AUX, after v, !has >(nsubj|nsubjpass)] unless v >dobj '
         '| v[be] >(attr|acomp|prep)"', None)],
    "be able to, is aware of": [
        ("core.yaml", '- "v[be|become|seem|remain|appear|feel|get] >acomp when '
         'v >acomp >(prep|xcomp)"', None)],
    "reduced relative clauses": [
        ("core.yaml", "- v[tag=VBN|VBD] <(acl|relcl) unless v >(aux|auxpass|nsubj|nsubjpass)",
         "- v[zzz] <(acl|relcl)")],
    "participles on nouns": [
        ("core.yaml", "- v[tag=VBG] <acl unless v >GSUBJ:pred", "- v[zzz] <acl")],
    "participle adjuncts": [
        ("core.yaml", "- v[tag=VBG|VBN] <advcl >GSUBJ:* unless v >(nsubj|nsubjpass)",
         "- v[zzz] <advcl >GSUBJ:*")],
    "apposition is": [("open.yaml", 'match: {name: "[PROPN|NOUN, has >appos]"}',
                       'match: {name: "[zzz]"}')],
    "adverbs in the relation": [
        ("core.yaml", '- "v >advmod[ADV, !between v [pos!=AUX|ADV|PART], shorter 2, '
         '!tag=WRB]"', None)],
    "purpose clauses": [
        ("core.yaml", "- v >advcl[!has >dobj] >aux[to]=p <aux", None),
        ("core.yaml", "- v >advcl=w >aux[to]=p <aux (>neg=n <neg)? (>prt=r <prt)? >dobj", None)],
    "clauses with when, where, so": [
        ("core.yaml", "- v >advcl >advmod[when|where]=p <advmod", None)],
}


def take_out(folder, changes):
    for name, old, new in changes:
        path = folder / name
        lines = path.read_text().splitlines()
        places = [i for i, line in enumerate(lines) if line.strip() == old]
        if not places:
            sys.exit(f"families.py: no line '{old}' in {name}")
        for i in reversed(places):
            indent = lines[i][:len(lines[i]) - len(lines[i].lstrip())]
            lines[i:i + 1] = [indent + new] if new else []
        path.write_text("\n".join(lines) + "\n")


def measure(given, family, profile, without):
    command = [sys.executable, HERE / "oie.py", given.shared, "--relgraph", given.relgraph,
               "--rules", RULES, "--against", without, "--profiles", profile,
               "--benchmarks", profile]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    gain, _, parts = out.splitlines()[-1].split("  ")[-1].partition(" in ")
    return f"{gain:>6} in {parts[0]}"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("shared", type=pathlib.Path)
    options.add_argument("families", nargs="*")
    options.add_argument("--relgraph", default=str(HERE.parents[1] / "build/release/relgraph"))
    given = options.parse_args()
    print(f"{'family':40} CaRB         BenchIE")
    for family in given.families or FAMILIES:
        with tempfile.TemporaryDirectory() as work:
            folder = pathlib.Path(work) / "rules"
            shutil.copytree(RULES, folder)
            take_out(folder, FAMILIES[family])
            gains = [measure(given, family, p, folder) for p in ("carb", "benchie")]
            print(f"{family:40} {gains[0]}  {gains[1]}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
