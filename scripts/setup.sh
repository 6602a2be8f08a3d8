#!/usr/bin/env bash
# Installs what the project needs and is missing here; prints nothing it did not do. Safe to run as often as you like.
#
#   scripts/setup.sh build|test|engines|dev
#
# build: the wasm32 target, wasm-bindgen, the npm tools.  test: build, and Chromium with its driver and pdftotext.
# engines: build, and Firefox and WebKitGTK with their drivers.  dev: build, and Trunk.
# Writes .make/env.mk, from which the Makefile learns the toolchain and where the tools are.
set -euo pipefail
cd "$(dirname "$0")/.."

NEED=${1:-build}
CACHE=${INSURUP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/insurup-checkout}
WASM=wasm32-unknown-unknown
# Must equal the `wasm-bindgen` pin in Cargo.toml: the crate and the command speak a private format to each other.
WASM_BINDGEN=$(sed -n 's/^wasm-bindgen = "=\([0-9.]*\)"$/\1/p' Cargo.toml)
TRUNK=0.21.14
GECKO=0.37.1
mkdir -p "$CACHE" .make

say() { printf 'set-up: %s\n' "$*"; }
stop() { printf 'set-up: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
# Where the first of these is that is there.
first() { local name; for name; do command -v "$name" 2>/dev/null && return 0; done; return 1; }

# Runs a slow step quietly; on failure shows the end of what it printed.
step() {
  local what=$1 log; shift
  log=$(mktemp "$CACHE/setup.XXXXXX")
  printf 'set-up: %s … ' "$what"
  local began=$SECONDS
  if "$@" >"$log" 2>&1; then printf 'done in %s s\n' $((SECONDS - began)); rm -f "$log"; else
    printf 'failed\n'; tail -n 25 "$log" >&2; rm -f "$log"; return 1
  fi
}

# The words with which packages can be installed without asking anyone, or nothing.
as_root() {
  if [ "$(id -u)" = 0 ]; then echo env; elif have sudo && sudo -n true 2>/dev/null; then echo "sudo -n"; fi
}

debian() { have apt-get && have dpkg-query; }

# Installs the Debian packages named, or says how.
packages() {
  local missing=() package root
  for package; do dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package"); done
  [ ${#missing[@]} = 0 ] && return 0
  root=$(as_root)
  [ -n "$root" ] || stop "Run this, then try again: sudo apt-get install -y --no-install-recommends ${missing[*]}"
  step 'refresh the package lists' $root apt-get update -q || true
  step "install ${missing[*]}" $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
}

# A target is there when a program compiles for it, whoever put it there.
compiles() {
  echo 'pub fn f() -> String { String::new() }' | RUSTUP_TOOLCHAIN=$1 rustc --target $WASM --crate-type rlib -o "$CACHE/probe.rlib" - >/dev/null 2>&1
}

# Debian's own compiler has no wasm32 library, but its source: built once, put where rustc looks for it.
debian_library() {
  local dir root lib=/usr/lib/rustlib/$WASM/lib
  dir=$(mktemp -d) root=$(as_root)
  [ -n "$root" ] || stop "The wasm32 library must be copied to $lib, which needs root: run scripts/setup.sh once as root."
  mkdir "$dir/src" && echo '#![no_std]' >"$dir/src/lib.rs"
  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n[profile.release]\nopt-level = "z"\n' >"$dir/Cargo.toml"
  (cd "$dir" && RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes CARGO_TARGET_DIR="$dir/target" RUSTC=/usr/bin/rustc \
    /usr/bin/cargo build --release --target $WASM -Z build-std=std,panic_abort,test)
  rm -f "$dir/target/$WASM/release/deps/"libempty-*.rlib
  $root mkdir -p "$lib" && $root cp "$dir/target/$WASM/release/deps/"*.rlib "$lib/"
  rm -rf "$dir"
}

have cargo && have rustup || stop 'Rust is missing: install rustup (https://rustup.rs), then try again.'
have npm || stop 'Node is missing: install Node 20 or newer with npm, then try again.'
if ! have cc; then if debian; then packages build-essential; else stop 'A C compiler is missing: install one as `cc`, then try again.'; fi; fi

# The toolchain: today's if it has the target; else rustup adds it, unless this machine says that rustup must not download; else Debian's.
TOOLCHAIN=${INSURUP_TOOLCHAIN:-}
if [ -z "$TOOLCHAIN" ]; then
  if compiles stable; then TOOLCHAIN=stable
  elif compiles distro; then TOOLCHAIN=distro
  elif [ "${RUSTUP_AUTO_INSTALL:-1}" != 0 ] && step "add the $WASM target" rustup target add --toolchain stable $WASM && compiles stable; then TOOLCHAIN=stable
  elif debian; then
    packages rustc-web cargo-web rust-web-src rust-web-llvm rust-web-clippy rustfmt-web lld-22
    step "build the standard library for $WASM" debian_library
    rustup toolchain link distro /usr
    compiles distro || stop "Debian's Rust still cannot compile for $WASM: run rustup target add $WASM on a machine with network access."
    TOOLCHAIN=distro
  else stop "The $WASM target is missing: run rustup target add $WASM, then try again."
  fi
fi
if [ "$TOOLCHAIN" = distro ] && debian; then packages rust-web-clippy rustfmt-web; fi
# With its source the standard library is built small; without it the module is an eighth larger, and over the budget.
if [ "$TOOLCHAIN" = stable ] && [ "${RUSTUP_AUTO_INSTALL:-1}" != 0 ] \
  && [ ! -e "$(RUSTUP_TOOLCHAIN=stable rustc --print sysroot)/lib/rustlib/src/rust/library/std/Cargo.toml" ]; then
  step 'add the source of the standard library, rustfmt and clippy' rustup component add --toolchain stable rust-src rustfmt clippy
fi

BINDGEN_DIR=$CACHE/tools/wasm-bindgen-$WASM_BINDGEN
if [ ! -x "$BINDGEN_DIR/bin/wasm-bindgen-test-runner" ]; then
  step "build wasm-bindgen $WASM_BINDGEN (some minutes)" env RUSTUP_TOOLCHAIN="$TOOLCHAIN" CARGO_TARGET_DIR="$CACHE/tools/build" \
    cargo install wasm-bindgen-cli --version "$WASM_BINDGEN" --locked --root "$BINDGEN_DIR"
fi

if ! cmp -s package-lock.json node_modules/.installed-lock 2>/dev/null; then
  step 'install the npm tools' npm ci --no-audit --no-fund
  cp package-lock.json node_modules/.installed-lock
fi

CHROME=${CHROME:-} CHROMEDRIVER=${CHROMEDRIVER:-}
if [ "$NEED" = test ]; then
  CHROME=${CHROME:-$(first chromium chromium-browser google-chrome google-chrome-stable || true)}
  CHROMEDRIVER=${CHROMEDRIVER:-$(first chromedriver || true)}
  if debian; then
    [ -n "$CHROME" ] && [ -n "$CHROMEDRIVER" ] || packages chromium chromium-driver fonts-liberation fonts-dejavu-core
    have pdftotext || packages poppler-utils
    CHROME=${CHROME:-$(first chromium || true)} CHROMEDRIVER=${CHROMEDRIVER:-$(first chromedriver || true)}
  fi
  [ -n "$CHROME" ] && [ -n "$CHROMEDRIVER" ] || stop 'The journeys need a browser: install Chromium (or Chrome) and the ChromeDriver of the same version, then try again.'
  have pdftotext || stop 'The journeys read the policy: install poppler (pdftotext), then try again.'
fi

# The other engines are installed for whoever asks for them; `make test` takes those that are there.
FIREFOX=${FIREFOX:-} GECKODRIVER=${GECKODRIVER:-} WEBKITDRIVER=${WEBKITDRIVER:-} GECKO_DIR=$CACHE/tools/geckodriver-$GECKO
if [ "$NEED" = engines ]; then
  if debian; then
    [ -n "$FIREFOX" ] || first firefox-esr firefox >/dev/null || packages firefox-esr
    [ -n "$WEBKITDRIVER" ] || have WebKitWebDriver || packages webkit2gtk-driver
    have Xvfb || packages xvfb
  fi
  if [ -z "$GECKODRIVER" ] && [ ! -x "$GECKO_DIR/bin/geckodriver" ]; then
    step "build geckodriver $GECKO (some minutes)" env RUSTUP_TOOLCHAIN="$TOOLCHAIN" CARGO_TARGET_DIR="$CACHE/tools/build" \
      cargo install geckodriver --version $GECKO --locked --root "$GECKO_DIR"
  fi
fi
if [ "$NEED" = engines ] || [ "$NEED" = test ]; then
  FIREFOX=${FIREFOX:-$(first firefox-esr firefox || true)}
  GECKODRIVER=${GECKODRIVER:-$(first "$GECKO_DIR/bin/geckodriver" geckodriver || true)}
  WEBKITDRIVER=${WEBKITDRIVER:-$(first WebKitWebDriver || true)}
  if [ "$NEED" = engines ]; then
    [ -n "$FIREFOX" ] || stop 'Firefox is missing: install it (FIREFOX says where it is), then try again.'
    [ -n "$WEBKITDRIVER" ] || stop "WebKitGTK's driver is missing: install WebKitWebDriver and MiniBrowser of WebKitGTK (Debian: webkit2gtk-driver), then try again."
    have Xvfb || stop 'WebKitGTK needs a screen: install Xvfb (Debian: xvfb), then try again.'
  fi
fi

TRUNK_DIR=$CACHE/tools/trunk-$TRUNK
if [ "$NEED" = dev ] && ! have trunk && [ ! -x "$TRUNK_DIR/bin/trunk" ]; then
  step "build Trunk $TRUNK (up to a quarter of an hour)" env RUSTUP_TOOLCHAIN="$TOOLCHAIN" CARGO_TARGET_DIR="$CACHE/tools/build" \
    cargo install trunk --version $TRUNK --locked --root "$TRUNK_DIR"
fi

# One target folder for each toolchain, outside the clone: a fresh clone rebuilds nothing that did not change.
cat >.make/env.mk.new <<ENV
export RUSTUP_TOOLCHAIN := $TOOLCHAIN
export CARGO_TARGET_DIR ?= $CACHE/target-$TOOLCHAIN
export PATH := $BINDGEN_DIR/bin:$TRUNK_DIR/bin:$PWD/node_modules/.bin:\$(PATH)
ENV
[ -z "$CHROME" ] || printf 'export CHROME := %s\nexport CHROMEDRIVER := %s\n' "$CHROME" "$CHROMEDRIVER" >>.make/env.mk.new
if [ -n "$FIREFOX" ] && [ -n "$GECKODRIVER" ]; then printf 'export FIREFOX := %s\nexport GECKODRIVER := %s\n' "$FIREFOX" "$GECKODRIVER" >>.make/env.mk.new; fi
if [ -n "$WEBKITDRIVER" ] && have Xvfb; then printf 'export WEBKITDRIVER := %s\n' "$WEBKITDRIVER" >>.make/env.mk.new; fi
mv .make/env.mk.new .make/env.mk
