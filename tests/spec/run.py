#!/usr/bin/env python3
"""Runs the cases of *.test files: what relgraph does, as a user sees it.

    run.py PROGRAM FILE.test...          RG_UPDATE=1 rewrites the expectations

tests/README.md describes the format. Each case runs through `sh` in an empty folder of
its own, with the program's folder first on PATH and a stack of 512 KiB.
"""
import difflib
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile

SECTION = re.compile(r"--- (file|stdin|stdout|stderr|exit)\b ?(.*)$")
STACK = 512 * 1024
SECONDS = 60


class Section:
    """`--- NAME REST` and the lines below it."""

    def __init__(self, name, rest, line):
        self.name, self.rest, self.line, self.body = name, rest.strip(), line, []

    def text(self):
        return "".join(self.body)


class Case:
    def __init__(self, title, line):
        self.title, self.line, self.commands, self.sections = title, line, [], []

    def find(self, name, rest=""):
        for section in self.sections:
            if section.name == name and section.rest == rest:
                return section
        return None


def fail_format(path, number, text):
    sys.exit(f"{path}:{number}: error: {text}")


def check_section(path, section):
    words = {"stdin": ("", "escaped"), "stdout": ("", "contains", "lacks", "any"),
             "stderr": ("", "contains", "lacks", "any")}
    if section.name in words and section.rest not in words[section.name]:
        fail_format(path, section.line, f"'{section.rest}' after {section.name}")
    if section.name == "exit" and not section.rest.isdigit():
        fail_format(path, section.line, "exit needs a number")


def read_cases(path):
    """The lines before the first case, and the cases."""
    head, cases, section = [], [], None
    with open(path, encoding="utf-8", errors="surrogateescape", newline="\n") as file:
        lines = file.readlines()
    for number, line in enumerate(lines, 1):
        opened = SECTION.match(line)
        if line.startswith("=== "):
            cases.append(Case(line[4:].strip(), number))
            section = None
        elif not cases:
            head.append(line)
        elif opened:
            section = Section(opened[1], opened[2], number)
            check_section(path, section)
            cases[-1].sections.append(section)
        elif section:
            section.body.append(line)
        elif line.startswith("$ "):
            cases[-1].commands.append(line[2:])
        elif line.strip():
            fail_format(path, number, "neither '$ COMMAND' nor '--- SECTION'")
    for case in cases:
        if not case.commands:
            fail_format(path, case.line, "the case has no '$ COMMAND'")
        for section in case.sections:  # blank lines before the next title are layout
            if section is case.sections[-1]:
                while section.body and not section.body[-1].strip():
                    section.body.pop()
    return head, cases


def unescape(text):
    """\\xNN, \\n, \\r, \\t, \\\\; a backslash at the end of a line joins it to the next."""
    names = {"n": b"\n", "r": b"\r", "t": b"\t", "\\": b"\\", "\n": b""}

    def replace(match):
        code = match[1].decode()
        return bytes([int(code[1:], 16)]) if code[0] == "x" else names[code]

    raw = text.encode("utf-8", "surrogateescape")
    return re.sub(rb"\\(x[0-9a-fA-F]{2}|[nrt\\\n])", replace, raw)


def content(section):
    if section.rest.split()[-1:] == ["escaped"]:
        return unescape(section.text().removesuffix("\n"))
    return section.text().encode("utf-8", "surrogateescape")


def write_files(case, folder):
    for section in case.sections:
        if section.name == "file":
            path = os.path.join(folder, section.rest.split()[0])
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content(section))


def limit_stack():
    hard = resource.getrlimit(resource.RLIMIT_STACK)[1]
    resource.setrlimit(resource.RLIMIT_STACK, (STACK, hard))


def run_case(case, program):
    """The real stdout, stderr (text) and exit code."""
    with tempfile.TemporaryDirectory(prefix="relgraph-spec-") as folder:
        write_files(case, folder)
        stdin = case.find("stdin") or case.find("stdin", "escaped")
        environment = dict(os.environ)
        environment["PATH"] = os.path.dirname(program) + ":" + environment["PATH"]
        environment.setdefault("LC_ALL", "C.UTF-8")
        shell = subprocess.Popen(
            ["sh", "-c", "".join(case.commands)], cwd=folder, env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=limit_stack, start_new_session=True)
        try:
            out, err = shell.communicate(content(stdin) if stdin else b"", SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(shell.pid, signal.SIGKILL)
            out, err = shell.communicate()
            err += f"spec runner: stopped after {SECONDS} seconds\n".encode()
    return {"stdout": out.decode("utf-8", "surrogateescape"),
            "stderr": err.decode("utf-8", "surrogateescape"),
            "exit": shell.returncode}


def unfinished(text):
    """Text as its section shows it: a last line without line feed is marked."""
    return text if not text or text.endswith("\n") else text + "\\ no line feed\n"


def compare(case, name, real):
    """Complaints about one stream."""
    wanted, faults, exact = case.find(name), [], True
    for section in case.sections:
        if section.name != name or not section.rest:
            continue
        exact = False
        for line in section.text().splitlines():
            if (line in real) != (section.rest == "contains"):
                faults.append(f"{name} {section.rest}: {line}\n")
    if faults:
        faults.append(f"{name} was:\n{real}")
    if exact or wanted:
        old = wanted.text() if wanted else ""
        faults += difflib.unified_diff(
            old.splitlines(True), unfinished(real).splitlines(True),
            f"{name} expected", f"{name} real")
    return faults


def wanted_exit(case):
    return next((int(s.rest) for s in case.sections if s.name == "exit"), 0)


def check(case, real):
    faults = compare(case, "stdout", real["stdout"])
    faults += compare(case, "stderr", real["stderr"])
    if real["exit"] != wanted_exit(case):
        faults.append(f"exit expected {wanted_exit(case)}, real {real['exit']}\n")
    return faults


def update(case, real):
    """Puts what really came into the exact sections, as an author would have."""
    for name in ("stdout", "stderr"):
        described = any(s.name == name and s.rest for s in case.sections)
        section = case.find(name)
        if not section and not described and real[name]:
            section = Section(name, "", 0)
            case.sections.append(section)
        if section:
            section.body = unfinished(real[name]).splitlines(True)
    case.sections = [s for s in case.sections
                     if s.name != "exit" and (s.body or s.rest or s.name == "stdin")]
    if real["exit"] != 0:
        case.sections.append(Section("exit", str(real["exit"]), 0))


def put_cases(path, head, cases):
    out = list(head)
    for case in cases:
        out.append(f"=== {case.title}\n")
        out += ["$ " + command for command in case.commands]
        for section in case.sections:
            out.append(f"--- {section.name} {section.rest}".rstrip() + "\n")
            out += section.body
        out.append("\n")
    while len(out) > 1 and out[-1] == "\n":
        out.pop()
    with open(path, "w", encoding="utf-8", errors="surrogateescape", newline="\n") as file:
        file.writelines(out)


def run_file(path, program):
    """(passed, failed) of one file."""
    head, cases = read_cases(path)
    if not cases:
        fail_format(path, 1, "no cases")
    failed = 0
    for case in cases:
        real = run_case(case, program)
        faults = check(case, real)
        if faults:
            failed += 1
            print(f"{path}:{case.line}: {case.title}")
            print("".join("    " + fault for fault in faults).rstrip() + "\n")
            if os.environ.get("RG_UPDATE") == "1":
                update(case, real)
    if failed and os.environ.get("RG_UPDATE") == "1":
        put_cases(path, head, cases)
        print(f"{path}: {failed} cases rewritten")
    return len(cases) - failed, failed


def main():
    sys.stdout.reconfigure(errors="backslashreplace")
    program = os.path.abspath(sys.argv[1])
    if not os.access(program, os.X_OK):
        sys.exit(f"{program} is not a program")
    passed = failed = 0
    for path in sys.argv[2:]:
        good, bad = run_file(path, program)
        passed, failed = passed + good, failed + bad
    print(f"{passed} cases as expected, {failed} not")
    sys.exit(failed > 0)


main()
