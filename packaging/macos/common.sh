#!/usr/bin/env bash
# What macOS' scripts have in common: each says in one sentence why it does nothing. They are read by the bash 3.2 of macOS.
set -euo pipefail

die() {
    echo "$(basename "$0"): $1" >&2
    exit "${2:-1}"
}

need_mac() {
    [ "$(uname)" = Darwin ] || die "$1 can be done on a Mac only."
}

# The variables that have to be set: secrets, which are told by the environment and by nothing else.
need() {
    local name
    for name in "$@"; do
        [ -n "${!name:-}" ] || die "$name is not set. $(basename "$0") needs $*."
    done
}

need_file() {
    [ -e "$1" ] || die "$1 is not there."
}
