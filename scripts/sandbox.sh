# Sourced by demo.sh and dev.sh: a local InsurUp that lives as long as they do.

# Starts it with the options given and waits until it listens; ends the script with its complaint when it can't.
# Sets SANDBOX to its process id.
start_sandbox() {
  local addresses
  # It says where it is in one line once it listens on all its ports, and nothing after that.
  exec {SANDBOX_OUTPUT}< <(exec "${CARGO_TARGET_DIR:-target}/debug/insurup-sandbox" "$@")
  SANDBOX=$!
  read -r addresses <&"$SANDBOX_OUTPUT" || { wait "$SANDBOX" && exit 1; exit $?; }
}

stop_sandbox() {
  kill "$SANDBOX" 2>/dev/null || true
  wait "$SANDBOX" 2>/dev/null || true
}
