#!/usr/bin/env python3
"""opens.py RELGRAPH - what the commands open, connect to and start, as strace sees it: the inputs and
outputs that were named, the model, the rules, libraries and fonts, and nothing else.
"""
import os
import pathlib
import re
import sys
import tempfile

import common

PROGRAM = os.path.realpath(sys.argv[1])
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(PROGRAM)))
CALLS = "open,openat,openat2,creat,socket,connect,bind,execve,execveat,unlink,unlinkat,rename," \
        "renameat,renameat2,link,linkat,symlink,symlinkat,mkdir,mkdirat"
ALWAYS = [
    r"(core|open|news|entities|style)\.yaml", r"(first|given)_names\.tsv",  # in the folder of rules
    r".*/work/home/\.cache/relgraph/(phrases/[0-9a-f]*\.lock|names-[-0-9a-z]*\.index)",
    r"/etc/ld\.so\.(cache|preload)", r"(/usr)?/lib/.*\.so[.0-9]*", r"(/usr)?/lib/locale/.*",
    r"/usr/share/locale/.*", r"/proc/self/(exe|fd/\d+)", r"/dev/null", r"\.",
    r"/usr/lib/.*/gconv/.*", r"/sys/devices/system/cpu.*", r"/proc/self/maps", r"/proc/meminfo",
    re.escape(ROOT) + r"/rules(/.*)?", re.escape(ROOT) + r"/models/.*",
    re.escape(os.environ.get("RELGRAPH_MODEL", ROOT)),
]
FONTS = [r"/etc/fonts/.*", r"/usr/share/fonts.*", r"/usr/share/fontconfig.*", r"/usr/share/.*fonts.*",
         r"/var/cache/fontconfig.*", r"/usr/local/share/fonts.*", r"/usr/share/xml/fontconfig.*",
         r"/etc/localtime", r"/", r"/proc/filesystems",
         r"/\.cache/fontconfig/.*"]  # without HOME, which the layout is not told
STORE = [r"(\./|.*/)?KB\.db(-wal|-shm|-journal)?", r"/dev/urandom", r"/etc/localtime", r".*/work"]
SEED = r"/dev/urandom"  # of jansson's tables, whose order nothing depends on
RUNS = {
    # Compiled phrases and indexes of names are kept at the first time (docs/rules.md).
    "first": (["extract", "a.txt"], [r"a\.txt", r".*/work/home/\.cache(/relgraph.*)?"]),
    "extract": (["extract", "a.txt", "-o", "out.tsv"], [r"a\.txt", r"out\.tsv", r"\./\.relgraph.*"]),
    "parse": (["parse", "a.txt"], [r"a\.txt"]),
    "draw -f svg": (["draw", "a.txt", "-o", "out.svg"],
                    [r"a\.txt", r"out\.svg", r"\./\.relgraph.*", *FONTS]),
    "filter": (["filter", "--in", "r.jsonl", "-o", "out.jsonl"],
               [r"r\.jsonl", r"out\.jsonl", r"\./\.relgraph.*", SEED]),
    "filter --isolate": (["filter", "--isolate", "--in", "r.jsonl"], [r"r\.jsonl", SEED]),
    "build": (["build", "a.txt", "-o", "KB.db"], [r"a\.txt", *STORE]),
    "query": (["query", "KB.db"], STORE),
    "lint": (["lint", "small.yaml"], [r"small\.yaml"]),
}
LAYOUT = re.escape(os.path.dirname(PROGRAM)) + "/relgraph-layout"


def is_fine(call, allowed):
    name, rest = call.split("(", 1)
    if name == "socket":
        return False
    if name in ("execve", "execveat"):
        path = rest.split('"')[1]
        return path == PROGRAM or bool(re.fullmatch(LAYOUT, path)) and allowed is not None
    return all(any(re.fullmatch(pattern, path) for pattern in ALWAYS + allowed)
               for path in re.findall(r'"([^"]*)"', rest.rsplit(" = ", 1)[0]))


def main():
    with tempfile.TemporaryDirectory() as top:
        folder = common.fill(pathlib.Path(top, "work"))
        (folder / "home").mkdir()
        for name, (words, allowed) in RUNS.items():
            log = pathlib.Path(top, "log")
            environment = dict(LD_PRELOAD="", HOME=str(folder / "home"), XDG_CACHE_HOME="")
            done = common.run("strace", ["-f", "-qq", "-s", "4096", "-e", f"trace={CALLS}",
                                         "-e", "signal=none", "-o", str(log), PROGRAM, *words],
                              folder, **environment)
            assert done.returncode == 0, (name, done)
            calls = [line.split(None, 1)[1] for line in log.read_text().splitlines()]
            calls = [call for call in calls if "(" in call and not call.startswith("<...")
                     and "EEXIST" not in call]
            wrong = [call for call in calls if not is_fine(call, allowed)]
            started = sum(call.startswith("execve") for call in calls)
            assert started <= 1 or name.startswith("draw"), (name, calls)
            assert not wrong, (name, wrong)
            print(f"{name}: {len(calls)} calls, all to what it may")
        kept = {path.parent.name for path in folder.glob("home/.cache/relgraph/*/*")}
        assert kept <= {"phrases"}, kept


main()
