#!/usr/bin/env bash
# The hooks of .pre-commit-hooks.yaml in the real pre-commit, on a sample repository.
#
#   run.sh DIR ROLLBOOK [HOOK…]
#
# DIR keeps the virtual environment with pre-commit and what cargo built; ROLLBOOK is the binary that the hook of the
# system runs; without HOOK both hooks are tried. Needs python3, and PyPI the first time. What pre-commit gets is the work
# tree as it stands, committed or not.
set -euo pipefail
pre_commit=4.7.0

root=$(cd "$(dirname "$0")/../.." && pwd)
rollbook=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
mkdir -p "$1"
dir=$(cd "$1" && pwd)
shift 2
[ $# -gt 0 ] || set -- rollbook-check-system rollbook-check

# What git knows of, or would take in; without the vectors of tests, which no binary needs.
git -C "$root" ls-files -z --cached --others --exclude-standard ':!tests/golden' >"$dir/files"

# Nothing of the machine's settings, nor of a commit that this may be a hook of.
unset $(git rev-parse --local-env-vars) PAGER PRE_COMMIT_FROM_REF PRE_COMMIT_TO_REF
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=$dir/gitconfig PRE_COMMIT_HOME=$dir/cache PRE_COMMIT_COLOR=never
printf '[user]\n\tname = Ada Lovelace\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n' >"$GIT_CONFIG_GLOBAL"

say() { printf '%s\n' "$*" >&2; }

# A virtual environment, by what this machine has or may install. Debian's python3 comes without.
environment() {
    rm -rf "$dir/venv"
    python3 -m venv "$dir/venv" 2>/dev/null && return
    rm -rf "$dir/venv"
    if python3 -m pip install -q --target "$dir/virtualenv" virtualenv; then
        PYTHONPATH=$dir/virtualenv python3 -m virtualenv -q "$dir/venv" && return
    elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && apt-get install -qq -y python3-venv >/dev/null && python3 -m venv "$dir/venv" && return
    fi
    say 'error: there is no python3 that makes a virtual environment, so pre-commit cannot be tried'
    say 'hint: apt-get install python3-venv, or what your system has in its place'
    exit 2
}

if ! "$dir/venv/bin/pre-commit" --version 2>/dev/null | grep -q " $pre_commit\$"; then
    environment
    "$dir/venv/bin/pip" install -q --disable-pip-version-check "pre-commit==$pre_commit"
fi
PATH=$dir/venv/bin:$PATH

# The repository that the hooks come from.
source=$dir/rollbook
rm -rf "$source" "$dir/sample" "$dir/remote.git" "$PRE_COMMIT_HOME"
mkdir "$source"
tar --directory "$root" --null --files-from "$dir/files" --ignore-failed-read --create 2>/dev/null |
    tar --extract --directory "$source"
git -C "$source" init -q
git -C "$source" add --all
git -C "$source" commit -qm 'the work tree'
rev=$(git -C "$source" rev-parse HEAD)

sample() {
    rm -rf "$dir/sample" "$dir/remote.git"
    git init -q --bare "$dir/remote.git"
    git init -q "$dir/sample"
    cd "$dir/sample"
    printf 'repos:\n- repo: %s\n  rev: %s\n  hooks:\n  - id: %s\n' "$source" "$rev" "$1" >.pre-commit-config.yaml
    printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {colour: blue}\n' >settings.yaml
    deployment web 1.0
    echo 'A shop' >README.md
    git add --all
    git commit -qm 'first release'
    git remote add origin "$dir/remote.git"
    git push -q origin main
}

# The Deployment in web.yaml. Its selector cannot be changed, so another name of the app is what the check finds.
deployment() {
    cat >web.yaml <<END
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: $1}}
  template:
    metadata: {labels: {app: $1}}
    spec:
      containers:
      - name: web
        image: web:$2
        envFrom: [{configMapRef: {name: settings}}]
END
}

bad() { deployment shop "$1"; }
good() { deployment web "$1"; }

fail() {
    say "FAILED: $hook: $*"
    sed 's/^/    /' "$dir/out" >&2
    exit 1
}

# stops RULE WHAT COMMAND…: the command fails, what it says names the rule and the place, and there is no new commit.
stops() {
    local rule=$1 what=$2 tip
    shift 2
    tip=$(git rev-parse HEAD)
    if "$@" >"$dir/out" 2>&1; then fail "$what was not stopped"; fi
    grep -q "^error\[$rule\]: deployment.apps/web: " "$dir/out" || fail "$what: no $rule in the message"
    grep -q '^ *--> web.yaml:[0-9]' "$dir/out" || fail "$what: no place in the message"
    [ "$(git rev-parse HEAD)" = "$tip" ] || fail "$what: there is a commit"
    say "  stopped  $what"
}

# passes WHAT COMMAND…: the command succeeds, and the hook ran.
passes() {
    local what=$1
    shift
    "$@" >"$dir/out" 2>&1 || fail "$what was stopped"
    grep -q 'rollbook check\.*Passed' "$dir/out" || fail "$what: the hook did not run"
    say "  passed   $what"
}

all_cases() {
    bad 1.0
    git add web.yaml
    stops immutable-field 'a commit' git commit -m bad
    sed 's/^/    /' "$dir/out" >&2
    good 1.1
    git add web.yaml
    passes 'a commit' git commit -m good

    bad 1.1
    stops immutable-field 'commit -a' git commit -a -m bad
    good 1.2
    passes 'commit -a' git commit -a -m good

    bad 1.2
    echo 'The shop' >README.md
    stops immutable-field 'commit -- web.yaml' git commit -m bad -- web.yaml
    passes 'commit -- README.md, beside a bad web.yaml' git commit -m good -- README.md
    good 1.3
    passes 'commit -- web.yaml' git commit -m good -- web.yaml

    good 1.4
    git add web.yaml
    bad 1.4
    passes 'a good index under a bad work tree' git commit -m good
    grep -q 'app: shop' web.yaml || fail 'the work tree was changed'
    git add web.yaml
    good 1.4
    stops immutable-field 'a bad index under a good work tree' git commit -m bad
    grep -q 'app: web' web.yaml || fail 'the work tree was changed'
    git reset -q --hard

    # pre-commit lists no file here.
    git rm -q settings.yaml
    stops missing-reference 'a file that only goes away' git commit -m bad
    git reset -q --hard

    git tag good
    bad 1.5
    git commit -q --no-verify -a -m bad
    git tag bad
    good 1.5
    git commit -q --no-verify -a -m 'and back'
    git tag back
    stops immutable-field 'run --from-ref good --to-ref bad' pre-commit run --from-ref good --to-ref bad
    passes 'run --from-ref good --to-ref back' pre-commit run --from-ref good --to-ref back
    passes 'run --from-ref main --to-ref good' pre-commit run --from-ref main --to-ref good

    pre-commit install -t pre-push >/dev/null
    stops immutable-field 'a push' git push origin bad:refs/heads/main
    passes 'a push' git push origin back:refs/heads/main
}

for hook; do
    say "$hook"
    sample "$hook"
    # Only the hook of the system may find the binary on PATH.
    if [ "$hook" = rollbook-check-system ]; then
        mkdir -p "$dir/bin"
        ln -sf "$rollbook" "$dir/bin/rollbook"
    else
        rm -rf "$dir/bin"
    fi
    PATH=$dir/bin:$PATH
    pre-commit install --install-hooks >"$dir/out" 2>&1 || fail 'the hook cannot be installed'
    all_cases
done
