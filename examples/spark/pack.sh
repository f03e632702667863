#!/bin/bash
# Packs relgraph for machines that lack it: program, libraries, rules, model.
#     pack.sh RELGRAPH OUT.tgz
# Unpacked into FOLDER anywhere, FOLDER/relgraph.sh is the program. The C library is the
# machine's own, so that must be no older than this one's.
set -euo pipefail
[ $# = 2 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
root=$(cd -P "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/lib" "$work/models"
cp "$1" "$work/relgraph"
cp -rL "${RELGRAPH_RULES:-$root/rules}" "$work/rules"
cp "${RELGRAPH_MODEL:-$root/models/en_core_web_sm-3.8.0.rgm}" "$work/models/en_core_web_sm-3.8.0.rgm"
ldd "$1" | awk '$2 == "=>" && $3 ~ /^\// { print $3 }' |
    grep -Ev '/(libc|libm|libdl|librt|libpthread)\.so' | xargs cp -Lt "$work/lib"
cat >"$work/relgraph.sh" <<'END'
#!/bin/sh
here=$(dirname "$0")
LD_LIBRARY_PATH=$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} exec "$here/relgraph" "$@"
END
chmod +x "$work/relgraph.sh"
tar -czf "$2" -C "$work" .
