#!/usr/bin/env bash
# Open Dateline. Without a display: do the main job (compose, publish, print where the page is) headless.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ "$(uname)" != Linux ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    packaging/system.sh run
    exec .venv/bin/python -m editor "$@"
fi

echo "There is no display here, so no window. Dateline does its main job on the command line:"
packaging/system.sh run 2>/dev/null || true # Qt's libraries; the command line works without
export DATELINE_PROFILE=${DATELINE_PROFILE:-$(mktemp -d)/profile}
dateline=.venv/bin/dateline

slug=sample
$dateline blog show "$slug" >/dev/null 2>&1 || $dateline sample "$slug" >/dev/null
echo "  made the sample live blog \"$slug\""

entry=$(mktemp --suffix .md)
trap 'rm -f "$entry"' EXIT
cat >"$entry" <<'ENTRY'
---
headline: Written without a window
key_event: true
---

This update was written on the command line, kept in the store, and published to a folder.

> Nothing that was typed is lost.
>
> — Dateline, a desktop app
ENTRY
id=$($dateline entry add "$slug" "$entry" --publish)
echo "  wrote and published the entry $id"

status=0
$dateline sync --timeout 120 || status=$?
[ "$status" -eq 0 ] || { echo "  not everything was published:"; $dateline outbox; exit "$status"; }

# the blog's own page is the one that lies highest
page=$(find "$DATELINE_PROFILE" -name index.html -printf '%d %p\n' | sort -n | sed -n '1s/^[0-9]* //p')
if [ -z "$page" ]; then
    echo "  the page was not written" >&2
    exit 1
fi
echo "  the page is $page"
echo "  look at it with: $(command -v python3) -m http.server -d ${page%/index.html}"
