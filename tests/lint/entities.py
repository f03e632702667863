#!/usr/bin/env python3
"""Checks rules/entities.yaml: a name has one label, a label one type, no duplicate keys.

The rule loader refuses two labels for one name when rules are read; this check also says
what the loader cannot: labels without a type, lines that are out of order, names that
never count because they begin with "the".
"""

import re
import sys

import yaml

TYPES = set(
    "person org place government group product event work law language facility".split())


class Loader(yaml.SafeLoader):
    """A loader that keeps every scalar a string and reports a key written twice."""

    findings = []

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                self.findings.append(
                    f"{key.start_mark.line + 1}: key {key.value!r} stands twice")
            seen.add(key.value)
        return super().construct_mapping(node, deep)


Loader.yaml_implicit_resolvers = {}


def check_names(aliases):
    owner = {}
    for label, names in aliases.items():
        for name in [label, *names]:
            if re.match("(?i)the ", name):
                yield f"{name!r}: leave out 'the'"
            if owner.setdefault(name, label) != label:
                yield f"{name!r} is a name of {owner[name]!r} and of {label!r}"
        if len(set(names)) < len(names) or label in names:
            yield f"{label!r} has a name twice"


def check_types(aliases, types):
    owner = {}
    other_names = {name: label for label, names in aliases.items() for name in names}
    for kind, labels in types.items():
        if kind not in TYPES:
            yield f"unknown type {kind!r}"
        for label in labels:
            if label in owner:
                yield f"{label!r} has two types, {owner[label]} and {kind}"
            if label in other_names:
                yield f"{label!r} is a second name of {other_names[label]!r}, not a label"
            owner[label] = kind
    for label in aliases:
        if label not in owner:
            yield f"{label!r} has no type"


def check_countries(countries, types):
    places = set(types.get("place", []))
    for name in countries:
        if name not in places:
            yield f"country {name!r} is not a place"


def check_order(lines):
    """Within a run of "  Label: [...]" or "    - Label" lines, labels ascend."""
    last, last_indent = "", 0
    for number, line in enumerate(lines, 1):
        found = re.match(r"(  )([^\s#:-][^:]*): \[|(    )- (.*)", line)
        if not found:
            # A longer list of names goes on; anything else begins a new run.
            if not re.match(r"   +[^\s#-]", line):
                last = ""
            continue
        indent = 2 if found[1] else 4
        label = (found[2] or found[4]).casefold()
        if indent == last_indent and label < last:
            yield f"{number}: {found[2] or found[4]!r} is out of order"
        last, last_indent = label, indent


def main(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    rules = yaml.load(text, Loader)
    aliases, types = rules["aliases"], rules["type"]
    findings = [
        *Loader.findings,
        *check_names(aliases),
        *check_types(aliases, types),
        *check_countries(rules["lists"]["country"], types),
        *check_order(text.split("\nlists:")[0].splitlines()),
    ]
    for finding in findings:
        print(f"{path}: {finding}")
    print(f"{path}: {len(aliases)} labels with other names, "
          f"{sum(map(len, types.values()))} labels with a type")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "rules/entities.yaml"))
