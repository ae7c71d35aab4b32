
# Where this file is, so is the hook that was there before it: that one runs first.
folder=$(cd "${0%/*}" && pwd) || exit
earlier=$folder/pre-commit.before-rollbook

# Another program may have moved this file, and call it from a hook that this file calls: the outer one checks.
if [ "${ROLLBOOK_HOOK-}" = "$folder" ]; then
    exit 0
fi
if [ -f "$earlier" ] && [ -x "$earlier" ]; then
    ROLLBOOK_HOOK=$folder "$earlier" "$@" || exit
fi

if ! command -v rollbook >/dev/null 2>&1; then
    cat >&2 <<END
error: the program \`rollbook\` is not on PATH, so what is staged cannot be checked
hint: put it on PATH; or commit without any hook: git commit --no-verify
hint: the hook that wants it is $folder/pre-commit
END
    exit 1
fi
rollbook check --staged --no-pager && exit
status=$?
echo 'hint: git commit --no-verify commits without any hook' >&2
exit $status
