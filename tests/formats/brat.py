"""The annotations keep brat's rules (brat.nlplab.org/standoff.html) and fit the text."""
import re
import sys

from common import SAMPLES, Checker

TYPE = r"[A-Za-z_][A-Za-z0-9_-]*"
LINES = {
    "T": rf"(T\d+)\t({TYPE}) (\d+ \d+(?:;\d+ \d+)*)\t([^\t]+)",
    "R": rf"(R\d+)\t({TYPE}) Arg1:(T\d+) Arg2:(T\d+)",
    "A": rf"(A\d+)\t({TYPE}) (R\d+)(?: ({TYPE}))?",
    "#": r"(#\d+)\tAnnotatorNotes (R\d+)\t([^\t]+)",
}
NASTY = ("\ufeffZoë Müller leads\r\nCafé Noir Ltd. \x01 Paul\nSmith of Acme Corp did not sue Café\tNoir.\n"
         "The \u2028 bank said 🙂 Ann Jones may join Zeta\nHolding Inc. of Rome.\n").encode() + \
        b"Bob \xff\xfe Brown owns Delta Corp.\n"


def check_entity(check, what, text, found):
    pieces = []
    before = -1
    for piece in found[3].split(";"):
        start, end = map(int, piece.split())
        check.expect(f"{what}: pieces in order", before < start < end <= len(text), True)
        before = end
        pieces.append(text[start:end])
    check.expect(f"{what}: {found[1]}", " ".join(pieces), found[4])
    check.expect(f"{what}: no line end", len(found[4].splitlines()), 1)


def check_annotations(check, what, text, made, edges):
    ids, relations, noted = set(), {}, {}
    check.expect(f"{what}: ends with a line", made.endswith("\n"), True)
    lines = made.split("\n")[:-1]
    check.expect(f"{what}: lines", len(lines), len(made.splitlines()))
    for line in lines:
        found = re.fullmatch(LINES[line[0]], line)
        check.expect(f"{what}: {line[:80]}", bool(found), True)
        if not found:
            continue
        check.expect(f"{what}: {found[1]} is new", found[1] in ids, False)
        used = {"T": [], "R": found.groups()[2:4], "A": found.groups()[2:3],
                "#": found.groups()[1:2]}[line[0]]
        check.expect(f"{what}: {used} are there", set(used) <= ids, True)
        ids.add(found[1])
        if line[0] == "T":
            check_entity(check, what, text, found)
        elif line[0] == "R":
            relations[found[1]] = []
        elif line[0] == "A":
            relations[found[3]].append(found[4] or found[2])
        else:
            noted[re.search("triple_id=([0-9a-f]+)", found[3])[1]] = found[2], found[3]
    for edge in edges:
        if edge["spans"]["subject"] and edge["spans"]["object"]:
            number, note = noted[edge["triple_id"]]
            said = ["Negation"] * (edge["polarity"] == "negated")
            said += [edge["modality"]] * (edge["modality"] != "asserted")
            check.expect(f"{what}: attributes of {number}", relations[number], said)
            check.expect(f"{what}: rule", f"; rule={edge['rule']};" in note, True)
            check.expect(f"{what}: place", f"; start={edge['start']}; end={edge['end']};" in note,
                         True)


def main():
    check = Checker(sys.argv[1])
    nasty = check.folder / "nasty.txt"
    nasty.write_bytes(NASTY)
    for path in [*SAMPLES, nasty]:
        text = path.read_bytes().decode("utf-8", "replace")
        made = check.draw("brat", path).decode()
        check_annotations(check, path.name, text, made, check.truth([path]))
        check.expect(f"{path.name}: something is annotated", "\nR2\t" in made, True)
    folder = f"{check.folder}/many/"
    check.run("draw", "-f", "brat", *SAMPLES, nasty, SAMPLES[0], "-o", folder)
    stems = ["merger", "trade-talks", "nasty", "merger-2"]
    for stem, path in zip(stems, [*SAMPLES, nasty, SAMPLES[0]]):
        read = [(check.folder / "many" / f"{stem}{e}").read_bytes().decode() for e in (".txt", ".ann")]
        check_annotations(check, stem, *read, check.truth([path]))
    check.expect("files", len(list((check.folder / "many").iterdir())), 8)
    check.run("draw", "-f", "brat", *SAMPLES, code=2)
    check.run("draw", "-f", "brat", check.hostile, code=2)
    check.end()


main()
