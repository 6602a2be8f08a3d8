#!/usr/bin/env bash
# Serves www/dev.html with Trunk, reloading at every change, against a local InsurUp; ends with either. `make dev` has built the latter.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/sandbox.sh

# The ports are those of Trunk.toml.
start_sandbox --port 8800 --panel invented --allow-origin http://localhost:8804
trap stop_sandbox EXIT
printf '\n  Open   http://localhost:8804/   (?lang=en for English)\n\n'
# Trunk reads this one as true or false, where everybody else looks whether there is anything.
[ -z "${NO_COLOR:-}" ] || export NO_COLOR=true
trunk serve
