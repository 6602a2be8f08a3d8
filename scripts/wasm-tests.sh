#!/usr/bin/env bash
# Runs one file of tests in headless Chromium, as cargo's runner for wasm32.
#
# Now and then Chromium does not load the runner's page: it waits, idle, until the time is over; no test has begun, and nothing is learnt
# about the code. Only then it is tried again, four times at most, and says so. A test that fails, or that hangs, fails.
set -uo pipefail

for try in 1 2 3 4 5; do
  log=$(mktemp)
  # It would take Firefox, where there is a driver for that too.
  env -u GECKODRIVER wasm-bindgen-test-runner "$@" 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  tests=$(grep -c '^test ' "$log")
  rm -f "$log"
  if [ "$status" = 0 ] || [ "$tests" != 0 ] || [ "$try" = 5 ]; then exit "$status"; fi
  printf 'The page with the tests was not loaded; try %s of 5.\n' $((try + 1)) >&2
done
