#!/usr/bin/env bash
# Make .venv with Dateline and all its tools in it. Quick when nothing changed since the last time.
set -euo pipefail
cd "$(dirname "$0")/.."

stamp=.venv/.ready
state=$({ pwd && cat pyproject.toml packaging/constraints.txt packaging/setup.sh; } | sha256sum | cut -d' ' -f1)
if [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$state" ]; then
    exit 0
fi

python=""
for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if command -v "$name" >/dev/null &&
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    echo "Dateline needs Python 3.11 or newer; none was found (PYTHON=... names one)." >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    packaging/system.sh setup
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "$python cannot make virtual environments: it has no ensurepip." >&2
        exit 1
    fi
fi

echo "Setting up .venv (about 150 MB to fetch, a minute or so) ..."
rm -f "$stamp"
# An environment that was moved or lost its Python is made anew.
.venv/bin/python -m pip --version >/dev/null 2>&1 || rm -rf .venv
[ -d .venv ] || "$python" -m venv .venv
pip() { .venv/bin/python -m pip --disable-pip-version-check -qq "$@"; }
pip install --require-hashes --no-deps -r packaging/constraints.txt
# "compat" is a plain path entry: the other kinds cost every start some ten milliseconds.
pip install --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
# an editable install is not compiled by pip; the first start should not have to
.venv/bin/python -m compileall -q editor db
echo "$state" >"$stamp"
