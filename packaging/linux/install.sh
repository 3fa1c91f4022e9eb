#!/bin/sh
# Installs Dateline for one user (~/.local) or, as root, for all (/usr/local); --prefix DIR chooses another place.
# What another version has installed there is replaced; what was written with it is never touched.
set -eu
cd "$(dirname "$0")"

if [ "$(id -u)" -eq 0 ]; then prefix=/usr/local; else prefix=$HOME/.local; fi
case ${1:-} in
    "") ;;
    --prefix) prefix=${2:?--prefix needs a folder} ;;
    --prefix=*) prefix=${1#--prefix=} ;;
    *)
        echo "usage: dateline-….run [-- --prefix DIR]" >&2
        exit 2
        ;;
esac
case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac

if ! said=$(usr/lib/dateline/dateline --version 2>&1); then
    echo "Dateline does not run on this system:" >&2
    echo "$said" >&2
    exit 1
fi

if [ -x "$prefix/lib/dateline/uninstall.sh" ]; then
    "$prefix/lib/dateline/uninstall.sh" --quiet
fi

mkdir -p "$prefix"
list=$(mktemp)
trap 'rm -f "$list"' EXIT
(cd usr && find . \( -type f -o -type l \) -print) | sed 's,^\./,,' | sort >"$list"
(cd usr && tar -cf - .) | (cd "$prefix" && tar -xf - --no-same-owner)
cp uninstall.sh "$prefix/lib/dateline/uninstall.sh"
{
    cat "$list"
    echo lib/dateline/uninstall.sh
    echo lib/dateline/installed-files
} >"$prefix/lib/dateline/installed-files"

# Desktop files name the program by its whole path: not every session has the folder on its PATH.
quoted=$(printf %s "$prefix" | sed 's/[\\"`$]/\\\\&/g; s/%/%%/g')
for name in dateline dateline-import; do
    file=$prefix/share/applications/$name.desktop
    awk -v at="$quoted" '
        /^Exec=dateline$/ { print "Exec=\"" at "/bin/dateline\""; next }
        /^Exec=\/usr\/lib/ { print "Exec=env \"DATELINE=" at "/bin/dateline\" \"" at "/lib/dateline/import-entries\" %F"; next }
        { print }' "$file" >"$list"
    cat "$list" >"$file"
done

quietly() { if command -v "$1" >/dev/null; then "$@" >/dev/null 2>&1 || true; fi; }
quietly update-desktop-database "$prefix/share/applications"
quietly update-mime-database "$prefix/share/mime"
quietly gtk-update-icon-cache --quiet --force --ignore-theme-index "$prefix/share/icons/hicolor"

if ! said=$("$prefix/bin/dateline" self-test 2>&1); then
    echo "Dateline is installed in $prefix, but not all of it works here:" >&2
    echo "$said" | grep -v '^ok ' >&2
    echo "A library that is missing can be installed from your system's packages." >&2
    exit 1
fi
echo "Dateline is installed: $prefix/bin/dateline"
echo "To remove it: $prefix/lib/dateline/uninstall.sh (what you have written stays)"
