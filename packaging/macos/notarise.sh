#!/usr/bin/env bash
# Has Apple look at an app or a disk image, and fastens what it says: packaging/macos/notarise.sh Dateline.app|Dateline.dmg
# An app is notarised before it goes into its image, so that it opens on a laptop that has never been online since.
#
# DATELINE_MACOS_NOTARY_KEY is the file of an App Store Connect key (.p8), DATELINE_MACOS_NOTARY_KEY_ID its name,
# DATELINE_MACOS_NOTARY_ISSUER who gave it.
set -euo pipefail
# shellcheck source=packaging/macos/common.sh
. "$(dirname "$0")/common.sh"

[ $# -eq 1 ] || die "usage: notarise.sh APP|DMG" 2
need_mac "Notarising"
need DATELINE_MACOS_NOTARY_KEY DATELINE_MACOS_NOTARY_KEY_ID DATELINE_MACOS_NOTARY_ISSUER
need_file "$1"
need_file "$DATELINE_MACOS_NOTARY_KEY"
target=${1%/}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sent=$target
if [ -d "$target" ]; then
    sent=$work/$(basename "$target").zip
    ditto -c -k --keepParent "$target" "$sent"
fi

notary() {
    local command=$1
    shift
    xcrun notarytool "$command" "$@" \
        --key "$DATELINE_MACOS_NOTARY_KEY" \
        --key-id "$DATELINE_MACOS_NOTARY_KEY_ID" \
        --issuer "$DATELINE_MACOS_NOTARY_ISSUER"
}

# It ends with 0 for what was refused too: what counts is what it says.
answer=$work/answer.plist
notary submit "$sent" --wait --timeout 1h --output-format plist >"$answer" || true
status=$(plutil -extract status raw -o - "$answer" 2>/dev/null || echo "no answer")
if [ "$status" != Accepted ]; then
    if id=$(plutil -extract id raw -o - "$answer" 2>/dev/null); then
        notary log "$id" >&2 || true
    fi
    die "Apple has not notarised $(basename "$target"): $status."
fi

xcrun stapler staple -q "$target"
xcrun stapler validate -q "$target"
if [ -d "$target" ]; then
    spctl --assess --type execute "$target"
else
    spctl --assess --type open --context context:primary-signature "$target"
fi
