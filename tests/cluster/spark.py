#!/usr/bin/env python3
"""spark.py RELGRAPH CRASH.so VENV [RECORDS] - Spark, with all that goes wrong on a cluster, makes
the tables that one machine makes.

20,000 records go through the commands of docs/scale.md on a cluster of two executors. Two
records cannot be read, one crashes the process that works on it, and one executor is killed while
its filter runs. The same records are filtered by relgraph-parallel.sh and merged by DuckDB: no row
may differ. VENV is made, with the packages from PyPI, if it is not there.
"""
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path += [str(HERE), str(ROOT / "tests/formats")]
import prose  # noqa: E402
from common import make_venv  # noqa: E402

PACKAGES = ["pyspark==4.0.1", "duckdb==2.0.1"]
RELGRAPH, CRASH, VENV = (pathlib.Path(argument).absolute() for argument in sys.argv[1:4])
RECORDS = int(sys.argv[4]) if len(sys.argv) > 4 else 20000
SHARDS = 8
ERRORS = [("", "json: "), ("bad", "no-text: "), ("crash", "crash: SIGSEGV")]
TABLES = ("docs", "triples", "entities", "names", "errors")
QUICK = "-XX:TieredStopAtLevel=1"  # of a JVM that lives for minutes only
DEFAULTS = f"""
spark.master local-cluster[2,1,1024]
spark.driver.memory 1g
spark.sql.shuffle.partitions 4
spark.ui.enabled false
spark.driver.extraJavaOptions {QUICK}
spark.executor.extraJavaOptions {QUICK}
"""


def read_commands():
    """Those for Spark on the page, with more portions, and the library that crashes."""
    page = (ROOT / "docs/scale.md").read_text(encoding="utf-8")
    block = next(block for block in re.findall(r"^```sh\n(.*?)^```", page, re.M | re.S)
                 if "spark-submit" in block)
    program = '"relgraph/relgraph.sh filter'
    assert block.count(program) == 1, block
    return block.replace(program, f'--split 320k "LD_PRELOAD={CRASH} {program[1:]}')


def write_records(folder):
    lines = [json.dumps(prose.article(number)) for number in range(RECORDS)]
    lines[RECORDS // 3] += '\nnonsense\n{"id": "bad"}'
    lines[RECORDS // 2] += '\n{"id": "crash", "text": "please crash"}'
    folder.mkdir(parents=True)
    size = -(-RECORDS // SHARDS)
    for shard in range(SHARDS):
        part = lines[shard * size:(shard + 1) * size]
        (folder / f"{shard}.jsonl").write_text("\n".join(part) + "\n", encoding="utf-8")


def now():
    times = os.times()
    return time.monotonic(), times.children_user + times.children_system


def tell(what, since):
    (wall, cpu), then = now(), since
    print(f"{what}: {wall - then[0]:.1f} s, {cpu - then[1]:.1f} s of CPU", flush=True)


# ---- One machine

def run_alone(work, python):
    since = now()
    environment = dict(os.environ, RELGRAPH=str(RELGRAPH), LD_PRELOAD=str(CRASH), JOBS="2")
    subprocess.run([ROOT / "examples/parallel/relgraph-parallel.sh", work / "out/shards", work / "filtered",
                    "--isolate"], env=environment, check=True)
    tell("relgraph-parallel.sh", since)
    since = now()
    subprocess.run([python, ROOT / "examples/parallel/merge.py", work / "filtered", work / "alone"],
                   check=True)
    tell("merge.py", since)


# ---- Spark

def parents():
    """pid -> (its parent, its command) of all processes."""
    known = {}
    for folder in pathlib.Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text()
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (OSError, UnicodeDecodeError):
                continue
            known[int(folder.name)] = (int(stat.rpartition(")")[2].split()[1]), command)
    return known


def ancestors(known, pid):
    while pid in known:
        yield pid
        pid = known[pid][0]


def find_busy_executor(driver):
    """An executor of this driver below which a filter runs."""
    known = parents()
    for pid, (_, command) in known.items():
        line = list(ancestors(known, pid))
        if "relgraph/relgraph filter" in command and driver in line:
            for above in line:
                if "CoarseGrainedExecutorBackend" in known[above][1]:
                    return above
    return None


def kill_in_the_middle(driver, docs):
    """Once some portions are written and others are not."""
    while driver.poll() is None:
        if len(list(docs.glob("_temporary/0/task_*"))) >= 3:
            pid = find_busy_executor(driver.pid)
            if pid:
                os.kill(pid, signal.SIGKILL)
                return True
        time.sleep(0.2)
    return False


def run_spark(work, python):
    since = now()
    environment = dict(os.environ, PATH=f"{python.parent}:{os.environ['PATH']}",
                       RELGRAPH=str(RELGRAPH), SPARK_CONF_DIR=str(work / "conf"),
                       SPARK_LOCAL_IP="127.0.0.1", SPARK_WORKER_DIR=str(work / "worker"),
                       SPARK_LOCAL_DIRS=str(work / "local"))
    (work / "conf").mkdir()
    (work / "conf/spark-defaults.conf").write_text(DEFAULTS, encoding="utf-8")
    (work / "examples").symlink_to(ROOT / "examples")
    log = work / "spark.log"
    with open(log, "w", encoding="utf-8") as out:
        driver = subprocess.Popen(["bash", "-e", "-c", read_commands()], stdout=out,
                                  stderr=subprocess.STDOUT, env=environment, cwd=work)
        killed = kill_in_the_middle(driver, work / "out/spark/docs")
        code = driver.wait()
    text = log.read_text(encoding="utf-8")
    assert code == 0, text[-8000:]
    assert killed and "Lost executor" in text, "no executor was killed in the middle"
    tell("Spark, with an executor killed", since)


# ---- Comparing

CHECKS = r"""
import sys
import duckdb
work, tables = sys.argv[1], sys.argv[2:]
duckdb.sql("SET enable_progress_bar = false")
for table in tables:
    spark, alone = (f"'{work}/{who}/{table}/*.parquet'" for who in ("out/spark", "alone"))
    count = duckdb.sql(f"SELECT count(*) FROM {spark}").fetchall()[0][0]
    for one, other in ((spark, alone), (alone, spark)):
        rows = duckdb.sql(f"FROM {one} EXCEPT ALL FROM {other}").fetchall()
        assert not rows, (table, len(rows), rows[:3])
    print(f"{table}: {count} rows, the same")
for row in duckdb.sql(f"SELECT id, error FROM '{work}/out/spark/errors/*.parquet' ORDER BY id").fetchall():
    print("error", *row, sep="\t")
for row in duckdb.sql(f"SELECT entity, unnest(labels) FROM '{work}/out/spark/entities/*.parquet'"
                      " WHERE type = 'org'").fetchall():
    print("label", *row, sep="\t")
"""


def check(work, python):
    done = subprocess.run([python, "-c", CHECKS, work, *TABLES], check=True, text=True,
                          stdout=subprocess.PIPE).stdout.splitlines()
    print("\n".join(line for line in done if not line.startswith("label\t")))
    assert len(done) > len(TABLES) and done[0].startswith(f"docs: {RECORDS + 3} rows"), done[0]
    errors = [line.split("\t")[1:] for line in done if line.startswith("error\t")]
    assert len(errors) == len(ERRORS), errors
    for (id_, error), (wanted, begin) in zip(errors, ERRORS):
        assert id_ == wanted and error.startswith(begin), (id_, error)
    entity = dict(line.split("\t")[:0:-1] for line in done if line.startswith("label\t"))
    assert entity["QMWC"] == "QMWC", "a short name of two companies is neither"
    merged = 0
    for long, short in prose.MADE:  # where the analysis errs about brackets the share may be too low
        assert entity.get(short, short) in (short, long), (short, entity[short])
        merged += entity.get(short) == entity[long] == long
    print(f"{merged} of {len(prose.MADE)} short names are merged with the long ones")
    assert merged > 0.7 * len(prose.MADE)


def main():
    python = make_venv(VENV, *PACKAGES)
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        write_records(work / "out/shards")
        run_alone(work, python)
        run_spark(work, python)
        check(work, python)


main()
