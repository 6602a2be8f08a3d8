#!/usr/bin/env bash
# Runs a command as one stage of a build: a heading, what it prints, how long it took.
#
#   scripts/stage.sh 'Heading' command…
set -uo pipefail

title=$1; shift
printf '\n== %s\n' "$title"
began=$SECONDS
"$@"
status=$?
if [ $status = 0 ]; then printf '== %s: done in %s s\n' "$title" $((SECONDS - began))
else printf '== %s: FAILED after %s s\n' "$title" $((SECONDS - began)) >&2; fi
exit $status
