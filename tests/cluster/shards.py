"""shards.py RELGRAPH - a folder of shards on one machine and as a Slurm array (of a stand-in for
sbatch): the same tables, also when a run is taken up again, and no merge of what does not fit.
The commands of docs/scale.md run as printed, but for Spark's.
"""
import gzip
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import duckdb

HERE = pathlib.Path(__file__).resolve().parent
EXAMPLES = HERE.parents[1] / "examples"
sys.path += [str(HERE), str(EXAMPLES), str(HERE.parent / "lint")]
import merge_entities  # noqa: E402
import prose  # noqa: E402
import readme  # noqa: E402

RELGRAPH = pathlib.Path(sys.argv[1]).resolve()
RECORDS, SHARDS = 300, 5
TABLES = ("docs", "triples", "entities", "names", "errors")


# sbatch is the one beside this file, python3 the one that runs it, for that has duckdb
ENVIRONMENT = dict(os.environ, RELGRAPH=str(RELGRAPH), PYTHON=sys.executable, PATH=":".join(
    [str(HERE), str(pathlib.Path(sys.executable).parent), os.environ["PATH"]]))


def run(work, *command, code=0, **environment):
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=work,
                          env=dict(ENVIRONMENT, **environment))
    assert done.returncode == code, (command, done.returncode, done.stdout + done.stderr)
    return done.stdout + done.stderr


def write_shards(work):
    (work / "in/deep").mkdir(parents=True)
    for shard in range(SHARDS):
        lines = [json.dumps(prose.article(n)) for n in range(shard, RECORDS, SHARDS)]
        if shard == 1:
            lines += ["nonsense", '{"id":"bad"}', ""]
        text = "".join(line + "\n" for line in lines).encode()
        if shard == 2:
            (work / "in/deep/2.jsonl.gz").write_bytes(gzip.compress(text))
        else:
            (work / f"in/{shard}.jsonl").write_bytes(text)


def merge(work, records, out, **more):
    return run(work, sys.executable, EXAMPLES / "parallel/merge.py", records, out, **more)


def expect_same(work, one, other):
    for table in TABLES:
        ours, theirs = (f"'{work}/{who}/{table}/*.parquet'" for who in (one, other))
        for left, right in ((ours, theirs), (theirs, ours)):
            rows = duckdb.sql(f"FROM {left} EXCEPT ALL FROM {right}").fetchall()
            assert not rows, (one, other, table, rows[:3])


def test_one_machine(work):
    shell = EXAMPLES / "parallel/relgraph-parallel.sh"
    run(work, shell, "in", "filtered", JOBS="2")
    files = sorted(p.relative_to(work / "filtered") for p in (work / "filtered").rglob("*.*"))
    assert len(files) == SHARDS and pathlib.Path("deep/2.jsonl") in files, files
    merge(work, "filtered", "alone")
    rows = duckdb.sql(f"SELECT id, split_part(error, ':', 1) FROM '{work}/alone/errors/*.parquet' "
                      "ORDER BY ALL").fetchall()
    assert rows == [("", "json"), ("", "json"), ("bad", "no-text")], rows
    # taken up again: what is missing is made, what is there stays
    before = (work / "filtered/0.jsonl").stat().st_mtime_ns
    (work / "filtered/1.jsonl").unlink()
    run(work, shell, "in", "filtered", "-j2")
    assert (work / "filtered/0.jsonl").stat().st_mtime_ns == before
    merge(work, "filtered", "again")
    expect_same(work, "again", "alone")


def test_broken_shard(work):
    broken = work / "in/deep/2.jsonl.gz"
    whole = broken.read_bytes()
    broken.write_bytes(whole[:-20])
    shell = EXAMPLES / "parallel/relgraph-parallel.sh"
    said = run(work, shell, "in", "broken", code=123)
    assert "unexpected end of file" in said, said
    assert not (work / "broken/deep/2.jsonl").exists()
    broken.write_bytes(whole)


def test_slurm(work):
    for tasks in ("3", "1000"):
        out = f"slurm{tasks}"
        fake = work / f"fake{tasks}"
        fake.mkdir()
        run(work, EXAMPLES / "slurm/submit.sh", "in", out, TASKS=tasks, SLURM_FAKE=str(fake))
        expect_same(work, f"{out}/merged", "alone")
    broken = work / "in/6.jsonl.gz"
    broken.write_bytes(b"no gzip")
    (work / "fake").mkdir()
    run(work, EXAMPLES / "slurm/submit.sh", "in", "slurm", SLURM_FAKE=str(work / "fake"))
    assert not (work / "slurm/merged").exists(), "a merge of a part"
    broken.unlink()


def test_mixed_versions(work):
    path = work / "filtered/0.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    record = json.loads(lines[0])
    record["v"] = "0.0.1-0"
    path.write_text("\n".join([json.dumps(record), *lines[1:]]) + "\n", encoding="utf-8")
    said = merge(work, "filtered", "mixed", code=1)
    assert "1 documents by 0.0.1-0" in said and "several versions" in said, said
    assert not (work / "mixed/triples").exists()
    run(work, sys.executable, EXAMPLES / "parallel/merge.py", "filtered", "mixed", "--mixed")


def test_page():
    with tempfile.TemporaryDirectory() as folder:
        stage = readme.Stage(EXAMPLES.parent, folder, RELGRAPH.parent, "/bin/false", [])
        (stage.folder / "fake").mkdir()
        stage.env.update(ENVIRONMENT, SLURM_FAKE=str(stage.folder / "fake"))
        page = (EXAMPLES.parent / "docs/scale.md").read_text(encoding="utf-8")
        for kind, body, _ in readme.BLOCK.findall(page):
            if kind == "sh" and "spark-submit" not in body:
                wrong = list(readme.check_commands(stage, body, None))
                assert not wrong, wrong
        for out in ("out/merged", "out/slurm/merged"):
            assert duckdb.sql(f"FROM '{stage.folder}/{out}/triples/*.parquet'").fetchall(), out


def test_who_is_who():
    find, unite = merge_entities.find_pairs, merge_entities.unite
    assert find([(0, 1, 1)]) == [], "one document shows nothing"
    assert find([(0, 1, 8), (0, 2, 2)]) == [(0, 1, 8)], "four in five"
    assert find([(0, 1, 7), (0, 2, 2)]) == [], "a name of two things"
    assert unite(4, [(0, 2, 3), (2, 3, 5)]) == ([0, 1, 0, 0], [])
    many = [(0, n, 1000 - n) for n in range(1, 300)]
    roots, left_out = unite(300, many)
    assert roots.count(0) == merge_entities.MOST_NAMES
    assert left_out == [(0, n, 1000 - n) for n in range(200, 300)], "the weakest are left out"
    nodes = merge_entities.number_names([("Acme", "org"), ("ACME", "org"), ("acme", "place")])
    assert len({node for _, _, node in nodes}) == 2, nodes


def main():
    test_who_is_who()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        write_shards(work)
        test_one_machine(work)
        test_broken_shard(work)
        test_slurm(work)
        test_mixed_versions(work)
    test_page()
    print("shards on one machine and as an array: the same tables")


main()
