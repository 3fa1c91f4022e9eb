#!/bin/sh
# Starts the program in the image. The image is read-only, and the profile is where it is with any other package.
here=$(dirname "$(readlink -f "$0")")
exec "$here/usr/lib/dateline/dateline" "$@"
