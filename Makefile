# Where people start. Each target first installs what is missing (scripts/setup.sh), then runs its stages in a second make, which
# knows the tools: READY=1 reads what the set-up wrote. How things are built is in xtask/.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# The demo site; the other origins (assets, API, payment page) are the three ports after it.
PORT ?= 8800

ready := $(MAKE) --no-print-directory READY=1
stage := @scripts/stage.sh
cargo_xtask := cargo run --quiet --package xtask --
built = $(abspath $(or $(CARGO_TARGET_DIR),target))
sandbox = $(built)/debug/insurup-sandbox

ifdef READY
include .make/env.mk
host = $(shell rustc -vV | sed -n 's/^host: //p')
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER := $(CURDIR)/scripts/wasm-tests.sh
export WASM_BINDGEN_TEST_TIMEOUT := 60
endif

.PHONY: help
help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r name what; do printf '  make %-12s %s\n' "$$name" "$$what"; done
	@echo '  make demo PORT=n takes four ports from n instead of $(PORT)'

.PHONY: demo demo-ready
demo: ## Build all, start a local InsurUp and a demo agency's site, and say where to look; Ctrl-C ends it
	@scripts/setup.sh build
	@$(ready) PORT=$(PORT) demo-ready
demo-ready: dist-ready
	$(stage) 'Local InsurUp' cargo build --quiet --package insurup-sandbox
	@exec scripts/demo.sh $(PORT)

.PHONY: test test-ready
test: ## All that CI runs: lint, native tests, wasm tests, the delivered files, their size, journeys in Chromium, other engines if there
	@scripts/setup.sh test
	@$(ready) test-ready
# One after the other, and the first failure ends it.
test-ready:
	@$(ready) lint-ready
	$(stage) 'Native tests' env SIMULATION_SEEDS=5000 cargo test --quiet --workspace --exclude insurup-e2e
	$(stage) 'wasm tests, headless Chromium' cargo test --package insurup-core --package insurup-npm --package insurup-widget --target wasm32-unknown-unknown
	@if command -v trunk >/dev/null; then NO_COLOR=true scripts/stage.sh 'Development page' trunk build; fi
	@$(ready) dist-ready
	$(stage) 'Size' $(cargo_xtask) size
	@$(ready) npm-ready
	$(stage) 'Local InsurUp' cargo build --quiet --package insurup-sandbox
	$(stage) 'Package in Node' env SANDBOX=$(sandbox) $(cargo_xtask) npm-test
	@$(ready) journeys-ready
	@$(ready) engines-ready

.PHONY: test-engines engines-ready
test-engines: ## Two whole sales in Firefox and in WebKitGTK, in the frame and inline; installs what is missing of them
	@scripts/setup.sh engines
	@$(ready) dist-ready
	@$(ready) engines-ready
engine = $(if $(3),$(stage) 'Sales in $(1)' cargo test --quiet --package insurup-e2e engines::$(2) -- --ignored --nocapture, \
  @printf '\n== Sales in $(1): SKIPPED, it is not installed here (`make test-engines` installs it)\n')
engines-ready:
	@rm -rf target/screens-engines
	$(call engine,Firefox,firefox,$(GECKODRIVER))
	$(call engine,WebKitGTK,webkit,$(WEBKITDRIVER))

.PHONY: dist dist-ready
dist: ## Build what is delivered: dist/cdn, the demo site in dist/site, their sizes in dist/size.json
	@scripts/setup.sh build
	@$(ready) dist-ready
dist-ready:
	$(stage) 'Delivered files' $(cargo_xtask) dist

.PHONY: npm npm-ready
npm: ## The package for programs: dist/npm, its tarball, and two pages that use it: dist/headless, dist/react
	@scripts/setup.sh build
	@$(ready) npm-ready
npm-ready:
	$(stage) 'Package' $(cargo_xtask) npm

.PHONY: sandbox sandbox-ready
sandbox: ## The local InsurUp as one program file that needs no library of the system: dist/insurup-sandbox
	@scripts/setup.sh build
	@$(ready) sandbox-ready
# For a target named outright, or the flag would reach the macros that the compiler itself loads.
sandbox-ready:
	$(stage) 'Static program' env RUSTFLAGS='-C target-feature=+crt-static' \
	  cargo build --locked --quiet --release --package insurup-sandbox --target $(host)
	@mkdir -p dist && cp $(built)/$(host)/release/insurup-sandbox dist/ && ls -l dist/insurup-sandbox

.PHONY: dev dev-ready
dev: ## The widget on a page of its own that reloads at every change (Trunk), against a local InsurUp
	@scripts/setup.sh dev
	@$(ready) dev-ready
dev-ready:
	$(stage) 'Local InsurUp' cargo build --quiet --package insurup-sandbox
	@exec scripts/dev.sh

.PHONY: lint lint-ready
lint: ## Format, and clippy on both targets with warnings as errors
	@scripts/setup.sh build
	@$(ready) lint-ready
lint-ready:
	$(stage) 'Format' cargo fmt --all --check
	$(stage) 'Clippy, native' cargo clippy --quiet --workspace --all-targets -- --deny warnings
	$(stage) 'Clippy, wasm32' cargo clippy --quiet --package insurup-core --package insurup-npm --package insurup-widget --all-targets --target wasm32-unknown-unknown -- --deny warnings

.PHONY: screens journeys-ready
screens: ## The journeys alone, for their pictures of every screen: target/screens/index.html
	@scripts/setup.sh test
	@$(ready) dist-ready
	@$(ready) npm-ready
	@$(ready) journeys-ready
journeys-ready:
	@rm -rf target/screens target/screens-inline
	$(stage) 'Journeys in the frame, Chromium' env E2E_LAYOUT=frame cargo test --package insurup-e2e
	$(stage) 'Journeys inline, Chromium' env E2E_LAYOUT=inline cargo test --package insurup-e2e --lib -- --skip headless --skip react
	$(stage) 'Every screen was reached' $(cargo_xtask) screens

.PHONY: bench bench-ready
bench: ## Figures, none of them a gate: the delivered files in a slow Chromium, a large answer, whole sales natively
	@scripts/setup.sh test
	@$(ready) dist-ready
	@$(ready) bench-ready
bench-ready:
	$(stage) 'First field, work, 200 offers, presses, Chromium' cargo test --quiet --package insurup-e2e bench:: -- --ignored --nocapture --test-threads=1
	$(stage) 'A megabyte of offers, Chromium' cargo test --release --package insurup-core --target wasm32-unknown-unknown --test bench_browser -- --include-ignored --nocapture
	$(stage) 'Whole sales, natively' env SIMULATION_SEEDS=5000 cargo test --quiet --release --package insurup-core --test simulation no_sale -- --nocapture

.PHONY: clean
clean: ## Remove what was built here (the shared build cache stays)
	rm -rf dist target .make
