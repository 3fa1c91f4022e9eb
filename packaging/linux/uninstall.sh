#!/bin/sh
# Removes what install.sh has installed, file by file, and the folders that are empty then. What was written with
# Dateline is in the user's profile, which is left alone.
set -eu
cd "$(dirname "$0")/../.."
prefix=$PWD
list=$prefix/lib/dateline/installed-files
[ -f "$list" ] || {
    echo "$list is missing: nothing is removed." >&2
    exit 1
}

kept=$(mktemp)
trap 'rm -f "$kept"' EXIT
cat "$list" >"$kept"
while IFS= read -r file; do
    rm -f "$prefix/$file"
done <"$kept"
# the deepest first; a folder with anything else in it stays
sed 's,/[^/]*$,,' "$kept" | awk '{ while ($0 != "") { print; if (!sub("/[^/]*$", "")) break } }' |
    sort -u -r | while IFS= read -r folder; do
    rmdir "$prefix/$folder" 2>/dev/null || true
done

quietly() { if command -v "$1" >/dev/null; then "$@" >/dev/null 2>&1 || true; fi; }
quietly update-desktop-database "$prefix/share/applications"
quietly update-mime-database "$prefix/share/mime"
quietly gtk-update-icon-cache --quiet --force --ignore-theme-index "$prefix/share/icons/hicolor"
[ "${1:-}" = --quiet ] || echo "Dateline is removed from $prefix; what was written with it is where it was."
