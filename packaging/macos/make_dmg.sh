#!/usr/bin/env bash
# Makes the disk image that people download: packaging/macos/make_dmg.sh Dateline.app Dateline-1.2.3-arm64.dmg
# The app lies in it beside a link to the folder it is dragged to. Two images of one app differ: hdiutil writes its time.
set -euo pipefail
# shellcheck source=packaging/macos/common.sh
. "$(dirname "$0")/common.sh"

[ $# -eq 2 ] || die "usage: make_dmg.sh APP DMG" 2
need_mac "A disk image"
need_file "$1/Contents/Info.plist"
app=${1%/}

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
# ditto keeps links, rights and signatures
ditto "$app" "$stage/$(basename "$app")"
ln -s /Applications "$stage/Applications"
rm -f "$2"
hdiutil create -quiet -volname "$(basename "$app" .app)" -srcfolder "$stage" -fs HFS+ -format ULMO "$2"
hdiutil verify -quiet "$2"
