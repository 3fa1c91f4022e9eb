#!/usr/bin/env bash
# Puts the certificate into a keychain of its own for a build, and takes it away again: packaging/macos/keychain.sh open|close
# DATELINE_MACOS_CERTIFICATE is a PKCS #12 file, DATELINE_MACOS_CERTIFICATE_PASSWORD its password. Only for machines that are
# thrown away after the build: security(1) takes passwords on its command line.
set -euo pipefail
# shellcheck source=packaging/macos/common.sh
. "$(dirname "$0")/common.sh"

keychain=${TMPDIR:-/tmp}/dateline-build.keychain-db

case ${1:-} in
    open)
        need_mac "A keychain"
        need DATELINE_MACOS_CERTIFICATE DATELINE_MACOS_CERTIFICATE_PASSWORD
        need_file "$DATELINE_MACOS_CERTIFICATE"
        password=$(openssl rand -hex 24)
        security create-keychain -p "$password" "$keychain"
        security set-keychain-settings -t 7200 -u "$keychain"
        security unlock-keychain -p "$password" "$keychain"
        security import "$DATELINE_MACOS_CERTIFICATE" -k "$keychain" -f pkcs12 \
            -P "$DATELINE_MACOS_CERTIFICATE_PASSWORD" -T /usr/bin/codesign
        # codesign would ask in a window otherwise
        security set-key-partition-list -S apple-tool:,apple: -s -k "$password" "$keychain" >/dev/null
        # beside those that are searched already
        others=()
        while IFS= read -r line; do
            line=${line#*\"}
            others+=("${line%\"*}")
        done < <(security list-keychains -d user)
        security list-keychains -d user -s "$keychain" ${others[@]+"${others[@]}"}
        ;;
    close)
        need_mac "A keychain"
        security delete-keychain "$keychain"
        ;;
    *) die "usage: keychain.sh open|close" 2 ;;
esac
