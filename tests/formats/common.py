"""What the tests of formats share: the packages they read with, hostile triples, and the truth.

The truth is what the same triples are as JSON lines; each format is read by a program that
users have, and compared with it.
"""
import fcntl
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = [ROOT / "samples/merger.txt", ROOT / "samples/trade-talks.txt"]
LABELS = [
    'say "hi"', "it's", "back\\slash", "ends in \\", "\\u0027 OR 1=1", "a\\\\u0027; DROP",
    "<b>bold</b> & <script>alert(1)</script>", "]]>", "<!-- -->", "--> n1", "%%{init: {}}%%",
    "two\nlines", "carriage\r\nreturn", "tab\there", "\x01\x1b[31mred\x7f", "nul\x00byte",
    "\u202egnp.exe\u202c", "\u2028line", "café naïve", "名前", "🙂 👩‍👩‍👧", "e\u0301",
    "=cmd|'/c calc'!A0", "+1", "-1", "@SUM(A1)", "a,b;c", "`tick`", "#35;", "&amp;", "${jndi}",
    "x" * 5000, " ", "  edges  ", "null", "true", "1e309", "0012", "/../etc/passwd", "a:b:c",
    "http://example.org/?q=<>", "{{x}}", "1. list", "- item", "end", "\ufffe", "\"\"\"", "'''",
    "%41", "?", "#", ".",
]


def make_venv(folder, *packages):
    """Its Python, with the packages in it; made once, whoever comes first."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    python = folder / "bin/python"
    with open(folder / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ready = folder / "ready"
        if not ready.exists() or ready.read_text(encoding="utf-8") != " ".join(packages):
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
            subprocess.run([python, "-m", "pip", "install", "-q",
                            "--disable-pip-version-check", *packages], check=True)
            ready.write_text(" ".join(packages), encoding="utf-8")
    return python


def hostile_triples():
    """Each label as subject, as relation, as object, and in all that is told beside them."""
    shared = {"subject_type": "org", "polarity": "negated", "modality": "possible",
              "confidence": 0.25, "sentence": 3, "start": 10, "end": 20}
    for number, label in enumerate(LABELS):
        texts = {"source": label, "doc": label, "evidence": label, "rule": label,
                 "subject_text": label, "relation_text": label, "object_text": label,
                 "rule_place": label, "tense": "past", "style": "adverse",
                 "object_type": label,
                 "qualifiers": [{"key": "time", "value": label, "span": [1, 2]}],
                 "spans": {"subject": [1, 2], "relation": None, "object": [3, 4]}}
        yield {**shared, **texts, "subject": label, "relation": "knows", "object": f"o{number}"}
        yield {**shared, **texts, "subject": f"s{number}", "relation": label, "object": label}
    plain = {"subject": "Ann", "subject_type": "person", "object": "Bob", "object_type": "person"}
    for relation in ("knows", "knows", "trusts", "marries"):  # parallel, and the same twice
        yield {**plain, "relation": relation}
    yield {**plain, "relation": "sleeps", "object": ""}


class Checker:
    """Counts what came out as wanted, and says what did not."""

    def __init__(self, program):
        self.program = pathlib.Path(program).resolve()
        self.faults, self.passed = [], 0
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.temporary.name)
        self.hostile = self.folder / "hostile.jsonl"
        self.hostile.write_text("".join(json.dumps(t) + "\n" for t in hostile_triples()),
                                encoding="utf-8")

    def expect(self, what, got, wanted):
        if got == wanted:
            self.passed += 1
        else:
            self.faults.append(f"{what}: {got!r:.300}, not {wanted!r:.300}")

    def run(self, *arguments, code=0):
        done = subprocess.run([self.program, *map(str, arguments)], capture_output=True,
                              check=False)
        if done.returncode != code:
            self.faults.append(f"{arguments}: exit {done.returncode}: {done.stderr[:500]}")
        return done.stdout

    def draw(self, name, *files):
        """The bytes of a format; the same when made again, and under another locale."""
        made = self.run("draw", "-f", name, *files)
        again = subprocess.run([self.program, "draw", "-f", name, "-j", "2", *files],
                               capture_output=True, check=False,
                               env={**os.environ, "LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Tokyo"}).stdout
        self.expect(f"{name} again", again == made, True)
        return made

    def sets(self):
        """(name, files) of what every format is made from."""
        return [("samples", SAMPLES), ("hostile", [self.hostile])]

    def truth(self, files):
        """The triples that are edges, as JSON lines have them, each with an id of its own."""
        seen, edges = {}, []
        for line in self.run("draw", "-f", "jsonl", *files).decode().split("\n")[:-1]:
            edge = json.loads(line)
            if edge["object"]:
                seen[edge["id"]] = seen.get(edge["id"], 0) + 1
                count = seen[edge["id"]]
                edge["triple_id"] = edge["id"]
                edge["id"] += f"-{count}" if count > 1 else ""
                edges.append(edge)
        return edges

    def end(self):
        print("\n".join(self.faults[:40]) or f"{self.passed} checks passed")
        self.temporary.cleanup()
        sys.exit(bool(self.faults) or self.passed == 0)


def nodes_of(edges):
    """(label, type) of all nodes, in their order."""
    ends = ((e[end], e[end + "_type"]) for e in edges for end in ("subject", "object"))
    return list(dict.fromkeys(ends))


def escape(text):
    return text.replace(";", "\\;")


def details(edge):
    """What the formats of graphs tell of a triple: name -> text; what is empty is left out."""
    told = {"triple_id": edge["triple_id"], "relation": edge["relation"], "polarity": edge["polarity"],
            "modality": edge["modality"], "said_by": edge["source"],
            "confidence": edge["confidence"], "sentence": edge["sentence"] or "",
            "class": edge.get("style", ""), "is": "; ".join(edge.get("is", [])),
            "qualifiers": "; ".join(f'{escape(q["key"])}={escape(q["value"])}'
                                    for q in edge["qualifiers"])}
    for name in ("start", "end"):
        told[name] = edge[name] if edge[name] >= 0 else ""
    for name in ("rule", "rule_place", "doc", "evidence", "subject_text", "relation_text",
                 "object_text", "subject_normal", "object_normal", "tense", "aspect",
                 "object_id"):
        told[name] = edge.get(name, "")
    for end, span in edge["spans"].items():
        if span:
            told[end + "_start"], told[end + "_end"] = span
    return {name: value for name, value in told.items() if value != ""}
