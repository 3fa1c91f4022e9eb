#!/usr/bin/env bash
# Signs an app, or a disk image: packaging/macos/sign.sh Dateline.app
# DATELINE_MACOS_IDENTITY names the certificate, such as "Developer ID Application: …"; "-" signs for this machine only.
#
# What an app holds is signed before the app, from the inside out: its signature is over theirs. --deep would give every
# library the program's entitlements, and skips what lies where Apple does not expect it.
#
# The entitlements are the program's alone, and two. Python's ctypes, by which keyring reaches the keychain, makes a callback when
# it is imported, for which a libffi that is not the system's wants memory that nobody signed. Qt is under the LGPL: whoever
# puts a build of their own in its place has another certificate, which library validation would refuse.
# They stand here since the system's reader of entitlements trips over comments.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=packaging/macos/common.sh
. "$here/common.sh"

[ $# -eq 1 ] || die "usage: sign.sh APP|DMG" 2
need_mac "Signing"
need DATELINE_MACOS_IDENTITY
need_file "$1"
target=${1%/}

if [ "$DATELINE_MACOS_IDENTITY" = - ]; then
    # the hardened runtime and a confirmed time are for notarising, which needs a certificate
    options=(--force --sign - --timestamp=none)
else
    options=(--force --sign "$DATELINE_MACOS_IDENTITY" --options runtime --timestamp)
fi

if [ ! -d "$target" ]; then
    if [ "$DATELINE_MACOS_IDENTITY" != - ]; then
        options=(--force --sign "$DATELINE_MACOS_IDENTITY" --timestamp)
    fi
    codesign "${options[@]}" "$target"
    codesign --verify --strict "$target"
    exit 0
fi

# What Finder and downloads leave on files is no part of them, and codesign refuses it.
xattr -cr "$target"

program=$target/Contents/MacOS/$(plutil -extract CFBundleExecutable raw -o - "$target/Contents/Info.plist")

# the deepest first
by_depth() { awk -F/ '{ print NF "\t" $0 }' | sort -rn | cut -f2-; }

find "$target/Contents" -type f ! -path "$program" -print | by_depth | while IFS= read -r file; do
    case $(file -b "$file") in
        Mach-O*) codesign "${options[@]}" "$file" ;;
    esac
done
find "$target/Contents" -type d -name '*.framework' -print | by_depth | while IFS= read -r framework; do
    codesign "${options[@]}" "$framework"
done
codesign "${options[@]}" --entitlements "$here/entitlements.plist" "$target"

codesign --verify --deep --strict --verbose=2 "$target"
