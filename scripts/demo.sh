#!/usr/bin/env bash
# Starts the local InsurUp with the demo site and tells where to look; ends with it. `make demo` has built both.
#
#   scripts/demo.sh <first of four ports>
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/sandbox.sh

start_sandbox --port "$1" --panel invented --site dist/site --cdn dist/cdn
trap 'stop_sandbox; printf "\nThe demo has ended.\n"; exit 0' INT TERM

cat <<TEXT

  ┌──────────────────────────────────────────────────────────────
  │  Open   http://localhost:$1/       (/index-en for English)
  │
  │  An agency's site with the checkout on it. Everything runs on
  │  this computer; nobody is insured and nothing is charged. The
  │  page has a phone that receives the codes, and details to type.
  │
  │  Ctrl-C ends it.
  └──────────────────────────────────────────────────────────────

TEXT
wait "$SANDBOX"
