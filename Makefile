# reelprint: what you can ask of this tree; `make` alone prints the list. Each target installs the Debian packages that
# are missing (PACKAGES=no leaves that out), configures with a preset of CMakePresets.json, and builds in build/<preset>.
.DEFAULT_GOAL := help
.NOTPARALLEL:
SHELL := /bin/bash

JOBS    ?= $(shell nproc)
PREFIX  ?= /usr/local
PACKAGES ?= yes
# Only tests whose name matches this regular expression, e.g. make test ONLY=fingerprint
ONLY    ?=
# How long make fuzz runs each fuzzer
SECONDS_EACH ?= 60
# The user's own videos for the demo: a folder
MEDIA   ?=

CTEST = ctest --parallel $(JOBS) --no-tests=error $(if $(ONLY),--tests-regex '$(ONLY)')
FORMATTED = git ls-files --cached --others --exclude-standard -z -- '*.h' '*.cpp'

# $(call install_packages,OPTIONS)
install_packages = $(if $(filter no,$(PACKAGES)),@:,@tools/install-packages $(1))

# $(call build,PRESET,CMAKE OPTIONS)
define build
cmake --preset $(1) $(2)
cmake --build --preset $(1) --parallel $(JOBS)
endef

.PHONY: help demo test release dev asan tsan fuzz bench install format lint lint-api clean packages

help: ## print this list
	@echo "make TARGET [VARIABLE=value]"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(firstword $(MAKEFILE_LIST)) | \
	  while IFS=$$'\t' read -r target purpose; do printf '  %-9s %s\n' "$$target" "$$purpose"; done

demo: release ## register a small catalog, screen pirate copies of it, print what was found (MEDIA=folder: your own videos)
	demo/run build/release $(if $(MEDIA),"$(MEDIA)")

test: dev ## build and run all tests (ONLY=regex: some of them)
	$(CTEST) --preset dev

release: packages ## build build/release/reelprint
	$(call build,release,-DREELPRINT_TESTS=OFF)

dev: packages ## build build/dev: assertions on, debug symbols, tests
	$(call build,dev)

# That results are the same every time and with any number of threads is no matter of memory, and takes minutes here.
asan: packages ## run all tests with AddressSanitizer and UndefinedBehaviorSanitizer
	$(call build,asan)
	ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1 UBSAN_OPTIONS=print_stacktrace=1 \
	  $(CTEST) --preset asan --exclude-regex '^e2e\.(Determinism\.|SharedFootage\.IsScreenedTheSame)'

# OpenMP's runtime is not built for ThreadSanitizer, which therefore sees races in its barriers; one thread has none.
tsan: packages ## run all tests with ThreadSanitizer
	$(call build,tsan)
	OMP_NUM_THREADS=1 TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1 $(CTEST) --preset tsan

fuzz: ## build the fuzzers and run each for a minute (SECONDS_EACH=number)
	$(call install_packages,--fuzz)
	$(call build,fuzz)
	tools/run-fuzzers build/fuzz $(SECONDS_EACH)

bench: ## build and run the benchmarks
	$(call install_packages,--bench)
	$(call build,bench,-DREELPRINT_TESTS=OFF)
	tools/run-benchmarks build/bench

install: release ## install below PREFIX (default /usr/local); DESTDIR is honoured
	DESTDIR="$(DESTDIR)" cmake --install build/release --prefix "$(abspath $(PREFIX))"

format: ## format the sources in place
	$(call install_packages,--lint)
	$(FORMATTED) | xargs -0 -r clang-format -i

lint: ## check format and clang-tidy on what differs from origin's main branch (ALL=1: on everything)
	$(call install_packages,--lint)
	cmake --preset lint
	tools/lint $(if $(ALL),--all) --jobs $(JOBS) build/lint

lint-api: ## check openapi.yaml with redocly (needs node and npm)
	tools/lint-api

clean: ## remove all that was built
	rm -rf build

packages: ## install the Debian packages that are missing
	$(call install_packages)
