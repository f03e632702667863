#!/usr/bin/env python3
"""Holds rules/rules.schema.json, which editors use, to what relgraph itself accepts.

    schema.py ROOT PROGRAM VENV

- The keys that the schema knows are those of the loader's own tables: each map is given a
  key that does not exist, and the message names all that do.
- The shipped rule files are valid (check-jsonschema).
- Each document of schema_wrong.yaml is refused by the schema, and by relgraph.

VENV is made with check-jsonschema, from PyPI, if it is not there.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT, PROGRAM, VENV = (pathlib.Path(arg).resolve() for arg in sys.argv[1:4])
SCHEMA = ROOT / "rules/rules.schema.json"
PACKAGE = "check-jsonschema==0.29.4"
HEAD = "relgraph: 1\n"
# Where a key of its own makes relgraph name the keys of a map; and the schema's name of it.
PLACES = {
    "": "zzz: 1\n",
    "rule": "rules:\n- {rule: r, zzz: 1}\n",
    "type": "types: {t: {zzz: 1}}\n",
    "repair": "repair:\n- {zzz: 1}\n",
    "mention": "mentions:\n- {zzz: 1}\n",
    "attribute": "attributes:\n- {zzz: 1}\n",
    "output": "output: {zzz: 1}\n",
    "phrase_spec": "phrase: {zzz: 1}\n",
    "learn": "learn: {zzz: 1}\n",
    "values": "values: {zzz: 1}\n",
    "coref": "coref: {zzz: 1}\n",
    "pass": "coref: {passes: [{zzz: 1}]}\n",
    "pronoun": "coref: {pronouns: {p: {zzz: 1}}}\n",
    "style": "style: {zzz: 1}\n",
    "style_sizes": "style: {sizes: {zzz: 1}}\n",
    "style_node": "style: {nodes: {n: {zzz: 1}}}\n",
    "style_ftm": "style: {ftm: {Ownership: {zzz: 1}}}\n",
    "style_relation": "style: {relations: {r: {zzz: 1}}}\n",
    "style_manner": "style: {manners: {stated: {zzz: 1}}}\n",
    "style_theme": "style: {themes: {t: {zzz: 1}}}\n",
    "style_paint": "style: {themes: {t: {nodes: {n: {zzz: 1}}}}}\n",
    "use": "rules:\n- {rule: r, use: {zzz: 1}}\n",
}


def make_venv():
    python = VENV / "bin/python"
    if not (VENV / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check",
                        PACKAGE], check=True)
        (VENV / "ready").touch()
    return python


def lint(folder, text):
    path = pathlib.Path(folder, "r.yaml")
    path.write_text(text, encoding="utf-8")
    return subprocess.run([PROGRAM, "lint", path], capture_output=True, text=True,
                          check=False)


def properties(schema, name):
    found = schema["$defs"][name] if name else schema
    for option in found.get("oneOf", []):
        found = option if "properties" in option else found
    return set(found["properties"])


def check_keys(schema, folder):
    for name, text in PLACES.items():
        said = lint(folder, HEAD + text).stderr
        known = re.search(r"unknown key 'zzz'.*?hint: known: ([^\n]+)", said, re.S)
        if not known:
            yield f"{name or 'a file'}: no list of the known keys in: {said[:300]}"
            continue
        keys = set(known[1].split(", "))
        if keys != properties(schema, name):
            yield (f"{name or 'a file'}: only relgraph knows "
                   f"{sorted(keys - properties(schema, name))}, only the schema "
                   f"{sorted(properties(schema, name) - keys)}")


def check_shipped():
    files = sorted(ROOT.glob("rules/*.yaml")) + sorted(ROOT.glob("rules/profiles/*.yaml"))
    files += sorted(ROOT.glob("samples/*.yaml"))
    done = subprocess.run([VENV / "bin/check-jsonschema", "--schemafile", SCHEMA, *files],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0 or not files:
        yield f"the shipped rules are not valid: {done.stdout}{done.stderr}"
    for file in files:
        line = file.read_text(encoding="utf-8").splitlines()[0]
        named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", line)
        if not named or (file.parent / named[1]).resolve() != SCHEMA:
            yield f"{file}: the first line does not name the schema"


def check_wrong(python, folder):
    """Documents are apart by lines of ---; a comment before each says what is wrong."""
    text = (ROOT / "tests/lint/schema_wrong.yaml").read_text(encoding="utf-8")
    wrong = [part for part in text.split("---\n") if "relgraph" in part or "rules" in part]
    validate = ("import sys, json, jsonschema, ruamel.yaml\n"
                "schema = json.load(open(sys.argv[1]))\n"
                "check = jsonschema.Draft202012Validator(schema)\n"
                "for text in json.load(sys.stdin):\n"
                "    made = ruamel.yaml.YAML(typ='safe').load(text)\n"
                "    print(int(check.is_valid(made)))\n")
    done = subprocess.run([python, "-c", validate, SCHEMA], input=json.dumps(wrong),
                          capture_output=True, text=True, check=True)
    for part, valid in zip(wrong, done.stdout.split(), strict=True):
        if valid == "1":
            yield f"the schema accepts:\n{part}"
        if lint(folder, part).returncode != 3:
            yield f"relgraph accepts:\n{part}"
    if len(wrong) < 30:
        yield f"only {len(wrong)} wrong documents"


def main():
    python = make_venv()
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        faults = [*check_keys(schema, folder), *check_shipped(),
                  *check_wrong(python, folder)]
    print("\n".join(faults) or "the schema says what relgraph accepts")
    sys.exit(bool(faults))


main()
