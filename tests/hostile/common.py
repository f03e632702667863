"""What holds of every run on a hostile input, and how the manifest is read."""
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
MOST_LINES, LONGEST_LINE = 50, 500
# A process that is forked counts the memory of the one that forks it as its own: so a small one
# starts the program, and tells exit code, seconds and KiB.
MEASURE = """import os, sys
out = int(sys.argv[1])
pid = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ,
                     file_actions=[(os.POSIX_SPAWN_CLOSE, out)])
_, status, usage = os.wait4(pid, 0)
os.write(out, f"{os.waitstatus_to_exitcode(status)} {usage.ru_utime + usage.ru_stime} "
              f"{usage.ru_maxrss}".encode())
"""


class Run:
    """One run of the program: code, out and err (bytes), seconds of the processor (other
    programs may be in the way), peak in MiB."""

    def __init__(self, command, stdin=b"", timeout=900):
        with (tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out,
              tempfile.TemporaryFile() as err):
            given.write(stdin)
            given.seek(0)
            told, tell = os.pipe()
            child = subprocess.Popen([sys.executable, "-SE", "-c", MEASURE, str(tell), *command],
                                     stdin=given, stdout=out, stderr=err, pass_fds=[tell],
                                     start_new_session=True)
            os.close(tell)
            watch = threading.Timer(timeout, os.killpg, (child.pid, signal.SIGKILL))
            watch.start()
            with os.fdopen(told) as report:
                words = report.read().split()
            child.wait()
            watch.cancel()
            code, seconds, kib = words or (-signal.SIGKILL, timeout, 0)
            self.code, self.seconds, self.peak = int(code), float(seconds), int(kib) // 1024
            self.out, self.err = (file.seek(0) or file.read() for file in (out, err))
        self.said = self.err.decode("utf-8", "surrogateescape")

    def faults(self, limits=None):
        """What no run may do. limits: seconds and MiB, or None for a slow build."""
        if self.code < 0 or "Sanitizer" in self.said or "runtime error" in self.said:
            yield f"signal or sanitizer, exit {self.code}: {self.said[:300]}"
        if limits and self.seconds > limits[0]:
            yield f"took {self.seconds:.2f} s"
        if limits and self.peak > limits[1]:
            yield f"took {self.peak} MiB"
        lines = self.said.splitlines()
        if re.search("[\ud800-\udfff]", self.said) or CONTROL.search(self.said):
            yield "messages that are no clean text"
        if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
            yield "messages that are too long"


def rows(folder, surfaces):
    """(file, surface, verdict, seconds, MiB) of the manifest's rows of these surfaces."""
    manifest = pathlib.Path(folder, "manifest.tsv")
    if not manifest.is_file():
        sys.exit(f"error: {folder} has no manifest.tsv")
    for line in manifest.read_text(encoding="utf-8").splitlines():
        row = line.split("\t")
        if len(row) >= 5 and row[1] in surfaces:
            yield row[0], row[1], row[2], float(row[3]), int(row[4])


def refused(run, code, pattern=""):
    """Faults of a run that must end with this exit code and a message like this."""
    if run.code != code or not re.search(pattern, run.said):
        yield f"exit {run.code}, not {code}: {run.said.strip()[:200]!r}"


def is_utf8(data):
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
