#!/bin/sh
# What Kubernetes' own code says, next to what this project says. Needs Go, a module proxy and patience: the first server takes
# minutes to build, and gigabytes.
#
#   run.sh all DIR [VERSION…]                  schema, and golden
#   run.sh schema DIR [VERSION…]               writes the rows of tests/schema that differ, and the engine's tables
#   run.sh golden DIR [VERSION…]               writes the names of the committed random manifests
#   run.sh vectors DIR SEED COUNT [VERSION…]   random manifests and their names, compared with rollbook's
#   run.sh bench DIR [VERSION]                 what the way to a name takes, in Kubernetes' code and in rollbook
#   run.sh immutable DIR [VERSION…]            which updates API servers refuse, into tests/golden/immutable.tsv
#
# DIR keeps what was built. Versions are releases, such as v1.37.2; without any all that are known.
set -eu
servers='v1.29.6 v1.30.14 v1.31.14 v1.32.13 v1.33.13 v1.34.4 v1.35.4 v1.36.3 v1.37.2'
types='v1.9.0 v1.10.0 v1.11.0 v1.12.1 v1.13.4 v1.14.0 v1.15.12 v1.16.15 v1.17.17 v1.18.0 v1.19.16 v1.20.15 v1.21.14 v1.22.17
v1.23.17 v1.24.17 v1.25.16 v1.26.15 v1.27.16 v1.28.15'

# Those whose API servers are asked what cannot be changed.
asked='v1.30.14 v1.37.2'

# The versions of k8s.io/api and k8s.io/apimachinery that belong to a release: before 1.15 they had no numbers.
modules() {
    case $1 in
    v1.9.0) echo v0.0.0-20171214033149-af4bc157c3a2 v0.0.0-20171207040834-180eddb345a5 ;;
    v1.10.0) echo v0.0.0-20180308224125-73d903622b73 v0.0.0-20180228050457-302974c03f7e ;;
    v1.11.0) echo v0.0.0-20180628040859-072894a440bd v0.0.0-20180621070125-103fd098999d ;;
    v1.12.1) echo v0.0.0-20181004124137-fd83cbc87e76 v0.0.0-20180913025736-6dd46049f395 ;;
    v1.13.4) echo v0.0.0-20190222213804-5cb15d344471 v0.0.0-20190221213512-86fb29eff628 ;;
    v1.14.0) echo v0.0.0-20190313235455-40a48860b5ab v0.0.0-20190313205120-d7deff9243b1 ;;
    *) echo "v0.${1#v1.} v0.${1#v1.}" ;;
    esac
}

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
do=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
shift 2

minor() { echo "$1" | sed 's/^v\(1\.[0-9]*\)\..*/\1/'; }

# k8s.io/kubernetes requires its staging modules at v0.0.0; each is replaced by its published v0.X.Y.
write_module() {
    if [ ! -e go.mod ]; then
        printf 'module oracle\n' > go.mod
        gomod=$(go mod download -json "k8s.io/kubernetes@$1" | sed -n 's/^\t"GoMod": "\(.*\)",$/\1/p')
        {
            printf 'module oracle\n\n'
            grep -E '^(go|godebug) ' "$gomod"
            printf '\nrequire k8s.io/kubernetes %s\n\nreplace (\n' "$1"
            sed -n 's/^\t\(k8s\.io\/[a-z-]*\) v0\.0\.0$/\1/p' "$gomod" | sort -u |
                while read -r m; do printf '\t%s => %s v0.%s\n' "$m" "$m" "${1#v1.}"; done
            printf ')\n'
        } > go.mod.new
        mv go.mod.new go.mod
    fi
}

build_server() {
    at=$dir/$(minor "$1")
    mkdir -p "$at"
    cp "$here"/*.go "$here/linkname.s" "$at"
    cd "$at"
    write_module "$1"
    go build -mod=mod -o oracle .
}

build_probe() {
    at=$dir/immutable-$(minor "$1")
    mkdir -p "$at"
    cp "$here"/immutable/*.go "$at"
    cd "$at"
    write_module "$1"
    go build -mod=mod -ldflags "-s -w -X k8s.io/component-base/version.gitVersion=$1" -o probe .
}

print_types() {
    at=$dir/types-$(minor "$1")
    mkdir -p "$at"
    cp "$here/types/main.go" "$here/qualified.go" "$at"
    cd "$at"
    printf 'module types\n\ngo 1.21\n\nrequire (\n\tk8s.io/api %s\n\tk8s.io/apimachinery %s\n)\n' $(modules "$1") > go.mod
    # Without it the newest one is taken, which needs a newer Go.
    case $1 in v1.9.0) echo 'require k8s.io/kube-openapi v0.0.0-20190228160746-b3a7cee44a30' >> go.mod ;; esac
    go run -mod=mod .
}

has_server() { case " $servers " in *" $1 "*) ;; *) return 1 ;; esac; }

# What versions that were asked before have said still counts. Where the engine does not know a shape, nothing is written.
write_schema() {
    mkdir -p "$dir/said"
    for v in ${*:-$types $servers}; do
        said=$dir/said/$(minor "$v").schema
        print_types "$v" > "$said.new"
        if has_server "$v"; then
            build_server "$v"
            "$dir/$(minor "$v")/oracle" -probes >> "$said.new"
        fi
        mv "$said.new" "$said"
    done
    cd "$root"
    ROLLBOOK_ORACLE="$dir/said" cargo test --test schema -- --ignored --nocapture
    ROLLBOOK_BLESS=1 cargo test --test schema
    git diff --stat -- tests/schema src/template/schema
}

# The column of each version anew; the others stay, and the versions are sorted.
write_golden() {
    golden=$root/tests/golden
    mkdir -p "$dir/golden"
    gzip -cd "$golden/vectors.jsonl.gz" > "$dir/golden/vectors.jsonl"
    gzip -cd "$golden/vectors.tsv.gz" > "$dir/golden/old"
    column=0
    for m in $(sed -n '1s/^# //p' "$dir/golden/old"); do
        column=$((column + 1))
        sed 1d "$dir/golden/old" | cut -f "$column" > "$dir/golden/$m"
    done
    for v in ${*:-$servers}; do
        has_server "$v" || continue
        build_server "$v"
        names=$dir/golden/$(minor "$v")
        "$dir/$(minor "$v")/oracle" -stream -names < "$dir/golden/vectors.jsonl" > "$names.new"
        [ ! -e "$names" ] || echo "$(minor "$v"): $(diff "$names" "$names.new" | grep -c '^>') names are others"
        mv "$names.new" "$names"
    done
    cd "$dir/golden"
    minors=$(ls | grep '^1\.' | sort -t . -k 2 -n)
    { echo "# $minors" | paste -s -; paste $minors; } > new
    cmp -s old new || gzip -9nc new > "$golden/vectors.tsv.gz"
    cd "$root"
    git diff --stat -- tests/golden
    cargo test --test vectors
}

case $do in
all)
    write_schema "$@"
    write_golden "$@"
    ;;
schema) write_schema "$@" ;;
golden) write_golden "$@" ;;
vectors)
    seed=$1 count=$2
    shift 2
    versions=${*:-$servers}
    for v in $versions; do
        build_server "$v"
        newest=$dir/$(minor "$v")/oracle
    done
    cd "$dir"
    "$newest" -random "$count" -seed "$seed" > vectors.jsonl
    columns='' head='#'
    for v in $versions; do
        "$dir/$(minor "$v")/oracle" -stream -names < vectors.jsonl > "names-$(minor "$v")"
        columns="$columns names-$(minor "$v")" head="$head $(minor "$v")"
    done
    { echo "$head" | tr ' ' '\t' | sed 's/^#\t/# /'; paste $columns; } > vectors.tsv
    cd "$root"
    ROLLBOOK_VECTORS=$dir cargo test --test vectors
    ;;
bench)
    version=${1:-${servers##* }}
    build_server "$version"
    cd "$root"
    ROLLBOOK_ORACLE_PROGRAM="$dir/$(minor "$version")/oracle" cargo bench --bench kubernetes
    ;;
immutable)
    rows=$root/tests/golden/immutable.tsv
    for v in ${*:-$asked}; do
        build_probe "$v"
        ./probe "$root/tests/golden/immutable.yaml" "$rows" > "$dir/immutable.tsv" 2> "$dir/immutable.log"
        mv "$dir/immutable.tsv" "$rows"
    done
    cd "$root"
    git diff --stat "$rows"
    cargo test --test immutable
    ;;
*)
    sed -n '2,13s/^# \{0,1\}//p' "$0"
    exit 2
    ;;
esac
