#!/bin/bash
# Filters a folder of shards with a Slurm array and merges when all of it is done:
#     submit.sh IN OUT
# IN/*.jsonl and *.jsonl.gz become OUT/filtered/*.jsonl, and these the tables of OUT/merged. A shard
# is a task of the array, or every TASKS-th shard if there are more. Shards that are done are
# left alone: submit again after a failure. IN and OUT are on a file system that nodes share.
#     RELGRAPH=relgraph           the program
#     FILTER_OPTIONS=--isolate    of relgraph filter
#     TASKS=1000                  at most so many tasks (Slurm's own limit is MaxArraySize)
#     PYTHON=python3              one with the package duckdb, for the merge
set -euo pipefail
[ $# = 2 ] || { sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2; }
IN=$(realpath "$1")
mkdir -p "$2/log"
OUT=$(realpath "$2")
EXAMPLES=$(realpath "$(dirname "$0")/..")
export IN OUT EXAMPLES RELGRAPH=${RELGRAPH:-relgraph} FILTER_OPTIONS=${FILTER_OPTIONS---isolate}
[[ $RELGRAPH != */* ]] || RELGRAPH=$(realpath "$RELGRAPH")

find "$IN" \( -name '*.jsonl' -o -name '*.jsonl.gz' \) -printf '%P\n' | sort >"$OUT/shards.txt"
count=$(wc -l <"$OUT/shards.txt")
[ "$count" -gt 0 ] || { echo "$IN: no *.jsonl in it" >&2; exit 1; }
most=${TASKS:-1000}
[ "$count" -le "$most" ] || count=$most
array=$(sbatch --parsable --export=ALL --array="1-$count" --output="$OUT/log/filter-%A-%a.log" \
    "$EXAMPLES/slurm/filter.sbatch")
sbatch --parsable --export=ALL --dependency="afterok:${array%%;*}" \
    --output="$OUT/log/merge-%j.log" "$EXAMPLES/slurm/merge.sbatch"
