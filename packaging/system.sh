#!/usr/bin/env bash
# Install the Debian packages of the groups named, if any is missing and the user may.
# Otherwise print the exact command and fail. Quick when nothing is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -eq 0 ]; then
    echo "usage: packaging/system.sh setup|run|test|real|real-wordpress..." >&2
    exit 2
fi
command -v dpkg-query >/dev/null || exit 0 # not a Debian: packaging/debian-packages.txt is a hint

installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | awk '$1 == "installed" { print $2 }')

missing() { # the lines of these groups of which no alternative is installed
    awk -v groups=" $* " '
        FNR == NR { have[$1] = 1; next }
        /^#/ || /^$/ { next }
        /^\[/ { on = index(groups, " " substr($0, 2, length($0) - 2) " "); next }
        on {
            n = split($0, names, / *\| */); found = 0
            for (i = 1; i <= n; i++) if (names[i] in have) found = 1
            if (!found) print
        }' <(echo "$installed") packaging/debian-packages.txt
}

choose() { # of each line the first name that this release has
    while IFS= read -r line; do
        chosen=""
        for name in ${line//|/ }; do
            if apt-cache show --no-all-versions "$name" >/dev/null 2>&1; then
                chosen=$name
                break
            fi
        done
        echo "${chosen:-${line%% *}}"
    done
}

lines=$(missing "$@")
[ -n "$lines" ] || exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        as_root="sudo"
    else
        names=$(choose <<<"$lines" | tr '\n' ' ')
        echo "Some system packages are missing. Please install them, then try again:" >&2
        echo "  sudo apt-get update && sudo apt-get install --no-install-recommends ${names% }" >&2
        exit 1
    fi
fi

apt() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 "$@"; }

log=$(mktemp)
trap 'rm -f "$log"' EXIT

# The tests start the servers of these groups themselves. Packages start theirs while they are
# installed, which a policy forbids, and at every boot, which is taken back.
policy=/usr/sbin/policy-rc.d
services() { systemctl --root=/ list-unit-files --type=service --state=enabled --no-legend 2>/dev/null | awk '{ print $1 }' | sort; }
if [[ " $* " == *" real"* ]]; then
    if [ ! -e "$policy" ]; then
        trap 'rm -f "$log"; $as_root rm -f "$policy"' EXIT
        printf '#!/bin/sh\nexit 101\n' | $as_root install -m 755 /dev/stdin "$policy"
    fi
    before=$(services || true)
fi

echo "Installing system packages: $(echo "$lines" | sed 's/ .*//' | tr '\n' ' ')"
if ! { apt update && mapfile -t names < <(choose <<<"$lines") &&
    apt install -y --no-install-recommends "${names[@]}"; } >"$log" 2>&1; then
    cat "$log" >&2
    echo "The system packages could not be installed; this is the command that failed:" >&2
    echo "  ${as_root:+$as_root }apt-get install --no-install-recommends $(choose <<<"$lines" | tr '\n' ' ')" >&2
    exit 1
fi

if [ -n "${before+x}" ]; then
    brought=$(comm -13 <(echo "$before") <(services || true))
    [ -z "$brought" ] || $as_root systemctl --root=/ --quiet disable $brought >/dev/null 2>&1 || true
fi
