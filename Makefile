# Everything a developer types. `make check` is what the build server runs.
.DEFAULT_GOAL := help
.PHONY: help run build generate fmt format lint drift example-drift check test bench torture screenshots \
	store.db.example clean compiler

GO ?= go
FOR ?= 10m
LINT := .bin/golangci-lint
OURS := find . -name '*.go' ! -name '*_templ.go' ! -path './.*'
PAGES := find . -name '*_templ.go' ! -path './.*'

# go-sqlite3 is C: without cgo the program would build and then refuse every database.
export CGO_ENABLED := 1

help: ## this list
	@awk -F ':.*## ' '/^[a-z.-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build the shop and start it
	@./softlaunch serve

build: compiler ## build ./softlaunch
	@$(GO) build -o softlaunch .

compiler:
	@command -v $(GO) >/dev/null || { \
		echo "Go is missing: install the version that go.mod names, or a newer one (https://go.dev/dl/)." >&2; \
		exit 1; }
	@echo '#include <stdlib.h>' | $$($(GO) env CC) -E - >/dev/null 2>&1 || { \
		echo "A C compiler is missing (SQLite is C): on Debian install gcc and libc6-dev, on macOS run xcode-select --install." \
		>&2; exit 1; }

generate: ## write the *_templ.go files from views/
	@$(GO) tool templ generate -path views

store.db.example: compiler ## build the example shop anew
	@$(GO) run . seed --out $@

fmt: ## format Go and templ files
	@$(OURS) -exec gofmt -l -w {} +
	@$(GO) tool templ fmt views

test: compiler ## run all tests; some need Chromium or strace
	@$(GO) test -timeout 5m ./...
	@for browser in "$$CHROMIUM" chromium chromium-browser google-chrome; do \
		command -v "$$browser" && exit; \
	done >/dev/null; echo "Chromium was not found (install it or set CHROMIUM): the tests in a browser were left out."
	@command -v strace >/dev/null || echo "strace was not found (install it): the tests with a failing disk were left out."

bench: compiler ## measure the shop into docs/benchmarks.md; one alone: make bench PKG=./models/db BENCH=Write
ifdef BENCH
	@$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem $(or $(PKG),./...)
else
	@SHOP_BENCH=$(CURDIR)/docs/benchmarks.md $(GO) test -count=1 -timeout 0 -run Bench ./handlers/command
endif

torture: compiler ## run the long tests, each for FOR=10m, and write docs/torture.md
	@SHOP_TORTURE=$(FOR) $(GO) test -count=1 -timeout 0 -v -run Torture ./... >.torture 2>&1; failed=$$?; \
	{ printf '# Torture\n\nWritten by `make torture FOR=%s`: each test goes round for that long, two at a time; [faults.md](faults.md) says what each\n' $(FOR); \
	printf 'does. Machine: %s cores of %s, %s kB of memory, %s, %s, %s.\n\n```\n' "$$(getconf _NPROCESSORS_ONLN)" \
		"$$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)" "$$(awk '/MemTotal/ { print $$2 }' /proc/meminfo)" \
		"$$(uname -sr)" "$$($(GO) env GOVERSION)" "$$(date -u '+%-d %B %Y')"; \
	grep -E '^(--- (PASS|FAIL)|    [a-z_]+_test\.go:|FAIL|panic)' .torture; echo '```'; } >docs/torture.md; \
	cat docs/torture.md; exit $$failed

screenshots: compiler ## take the pages into docs/screenshots
	@SHOP_SCREENSHOTS=$(CURDIR)/docs/screenshots $(GO) test -count=1 -run Screenshots ./handlers

check: ## all that must hold before a change is merged
	@for step in format lint drift example-drift build test; do \
		echo "== $$step"; \
		$(MAKE) --no-print-directory $$step || { echo "make check stopped at: make $$step"; exit 1; }; \
	done
	@echo "== all well"

format: compiler
	@bad=$$($(OURS) -exec gofmt -l {} +) && [ -z "$$bad" ] || { \
		echo "These files are not formatted, run make fmt:"; echo "$$bad"; exit 1; }
	@$(GO) tool templ fmt -fail views || { \
		echo "Some templ files were not formatted; they are now, commit them."; exit 1; }

lint: compiler $(LINT) ## run the linters, the import law among them
	@$(LINT) run ./... || { echo "The linters found the above; .golangci.yml says why each law is there."; exit 1; }

$(LINT): tools/go.mod tools/go.sum
	@echo "Building golangci-lint once, two minutes or so"
	@cd tools && $(GO) build -trimpath -o ../$@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint
	@touch $@

# Compared with what lay here and not with git, so that work in progress is judged too.
drift: compiler
	@before=$$($(PAGES) -exec cksum {} + | sort); $(MAKE) --no-print-directory generate && \
	[ "$$before" = "$$($(PAGES) -exec cksum {} + | sort)" ] || { \
		echo "The generated *_templ.go files did not match views/; they do now, commit them."; exit 1; }

example-drift: compiler
	@$(GO) run . seed --check store.db.example || { \
		echo "store.db.example is not what softlaunch seed writes: run make store.db.example and commit it."; exit 1; }

clean: ## remove what was built; the shop's own store.db stays
	@rm -rf softlaunch .bin
