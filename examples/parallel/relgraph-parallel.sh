#!/bin/bash
# Filters a folder of shards on one machine, one process a core:
#     relgraph-parallel.sh IN OUT [OPTION of relgraph filter]...
# Each IN/NAME.jsonl or IN/NAME.jsonl.gz becomes OUT/NAME.jsonl, whole or not at all. Outputs
# that are there are left alone, so run it again after whatever stopped it.
#     RELGRAPH=relgraph  the program
#     JOBS=$(nproc)      processes
#     SHARDS=FILE        only these files of IN, one a line
set -euo pipefail
[ $# -ge 2 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
export RELGRAPH=${RELGRAPH:-relgraph} IN=$1 OUT=$2
shift 2

filter_shard() {
    set -euo pipefail
    local shard=$1 out
    shift
    out=$OUT/${shard%.gz}
    [ ! -e "$out" ] || return 0
    mkdir -p "$(dirname "$out")"
    case $shard in
    # a name of its own until gzip has found no fault either
    *.gz) gzip -dc "$IN/$shard" | "$RELGRAPH" filter "$@" -o "$out.part" && mv "$out.part" "$out" ;;
    *) "$RELGRAPH" filter "$@" --in "$IN/$shard" -o "$out" ;;
    esac
}
export -f filter_shard

list_shards() {
    if [ -n "${SHARDS:-}" ]; then
        cat "$SHARDS"
    else
        find "$IN" -name '*.jsonl' -printf '%P\n' -o -name '*.jsonl.gz' -printf '%P\n' | sort
    fi
}

# shellcheck disable=SC2016 # for the bash that xargs starts
list_shards | tr '\n' '\0' | xargs -0 -r -P "${JOBS:-$(nproc)}" -I '{}' \
    bash -c 'filter_shard "$@"' bash '{}' "$@"
