#!/bin/sh
# What a file manager runs for entry files: they are taken in as drafts, then the window comes to the front.
# A file beside a blog.json goes to that blog, any other to the one live blog; where there are several, nobody guesses.
dateline=${DATELINE:-dateline}

tell() {
    printf '%s\n' "$1" >&2
    if command -v notify-send >/dev/null; then
        notify-send --icon=dateline Dateline "$1" || true
    fi
}

for file; do
    if said=$("$dateline" import "$file" 2>&1); then
        continue
    fi
    live=$("$dateline" blog list 2>/dev/null | awk '$2 == "live" { print $1 }')
    if [ "$(printf '%s\n' "$live" | grep -c .)" -eq 1 ] &&
        said=$("$dateline" import --blog "$live" "$file" 2>&1); then
        continue
    fi
    tell "$said"
done
exec "$dateline"
