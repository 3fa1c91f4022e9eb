#!/usr/bin/env bash
# Renew packaging/constraints.txt: every dependency at one version, hashes for all platforms, no host.
# "packaging/lock.sh --upgrade" takes the newest versions; without it, only what pyproject.toml asks for.
set -euo pipefail
cd "$(dirname "$0")/.."

out=packaging/constraints.txt
new=$(mktemp)
trap 'rm -f "$new"' EXIT
cp "$out" "$new"
.venv/bin/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
    --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
    --quiet --output-file "$new" "$@" >/dev/null
{
    echo "# Made by make lock from pyproject.toml: all platforms, hashed."
    grep -v -E '^ *(#|--(extra-)?index-url|--find-links)' "$new"
} >"$out"
