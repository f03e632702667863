#!/usr/bin/env python3
"""Checks that the arrows between the folders of src/ point one way.

A file may include its own folder, base/*, relgraph.h, and FOLDER/FOLDER.h of folders
before it in ORDER; cli/ sees relgraph.h and itself only. Memory comes from base/arena.c
only, and the labels of the English analysis are known to model/ and lang/ only.
"""
import pathlib
import re
import sys

ORDER = ["base", "model", "text", "lang", "rules", "extract", "entities", "graph",
         "output", "check", "store", "run", "relgraph.c", "serve", "cli"]
# relgraph.c is what run/ was split from: it sees all of its headers.
SEES_ALL_OF = {"relgraph.c": {"run"}}
# Headers beside FOLDER/FOLDER.h that are made for folders behind theirs.
SHARED = {"model/kernels.h", "model/convolve.h", "model/layout.h", "lang/labels.h",
          "lang/inflect.h", "rules/lock.h", "rules/expand.h", "extract/phrases.h",
          "graph/palette.h", "graph/label.h", "graph/child.h"}
COMMENT = re.compile(r"/\*.*?(\*/|$)|^\s*\*.*")
INCLUDE = re.compile(r'\s*#\s*include "([^"]+)"')
ALLOCATION = re.compile(r"\b(malloc|calloc|realloc|strdup|strndup|asprintf)\s*\(")
LABEL = re.compile(r'"(nsubj|nsubjpass|csubj|csubjpass|dobj|iobj|pobj|dative|agent|attr|'
                   r'acomp|oprd|ccomp|xcomp|advcl|acl|relcl|amod|nmod|npadvmod|nummod|'
                   r'auxpass|appos|poss|prt|pcomp|preconj|predet|quantmod)"')


def folder_of(path):
    return path.parts[0]


def is_allowed(path, included):
    own, target = folder_of(path), pathlib.PurePosixPath(included)
    theirs = target.parts[0]
    if included == "relgraph.h" or theirs == own:
        return True
    if own in ("cli", "relgraph.h"):
        return False
    if theirs == "base" or theirs in SEES_ALL_OF.get(own, ()):
        return True
    return (theirs in ORDER and ORDER.index(theirs) < ORDER.index(own)
            and (included in SHARED or target.name == theirs + ".h"))


def check_line(path, line):
    """What is wrong with the line, or None."""
    include = INCLUDE.match(line)
    if include and not is_allowed(path, include[1]):
        return f"{folder_of(path)} may not include {include[1]}"
    line = COMMENT.sub("", line)
    allocation = ALLOCATION.search(line)
    if allocation and str(path) != "base/arena.c":
        return f"{allocation[1]}: memory comes from an arena"
    label = LABEL.search(line)
    if label and folder_of(path) not in ("model", "lang"):
        return f"{label[0]}: a label of the analysis belongs in rules/"
    return None


def main():
    root = pathlib.Path(sys.argv[1])
    faults = checked = 0
    for file in sorted(root.rglob("*")):
        path = file.relative_to(root)
        if file.suffix not in (".c", ".h", ".def"):
            continue
        checked += 1
        if folder_of(path) not in ORDER + ["relgraph.h"]:
            print(f"{file}:1: folder is not in the order of layers.py")
            faults += 1
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            fault = check_line(path, line)
            if fault:
                print(f"{file}:{number}: {fault}")
                faults += 1
    print(f"{checked} files, {faults} faults")
    sys.exit(faults > 0 or checked == 0)


main()
