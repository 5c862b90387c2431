# vinhdanh: `make` lists what there is.
#
# The first build compiles the Temporal server, about 7 minutes on 2 cores; later
# builds take seconds. -trimpath and other flags that change every object file are
# left out on purpose: build, test and lint share one build cache.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

GO        ?= go
OUT       ?= demo-output
DATA      ?= data
LISTEN    ?= 127.0.0.1:8080
TODAY     ?= 2023-11-20
PKG       ?= ./...
# In CI every test runs, whatever the cache remembers.
TESTFLAGS ?= $(if $(CI),-count=1)

.PHONY: help
help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: build
build: ## bin/vinhdanh, bin/standalone, bin/temporal-server
	@deploy/deps.sh build
	@[[ -e bin/standalone ]] || echo "building (the first time compiles the Temporal server: about 7 minutes on 2 cores)"
	$(GO) build -o bin/ ./cmd/...

.PHONY: demo
demo: build ## the whole job once, without hands; results in demo-output/ (OUT=DIR)
	@deploy/deps.sh demo
	bin/standalone demo --out $(OUT)

.PHONY: run
run: build ## keep it running with sample data (DATA=DIR LISTEN=HOST:PORT TODAY=YYYY-MM-DD)
	@deploy/deps.sh demo
	bin/standalone --data $(DATA) --listen $(LISTEN) --today $(TODAY)

.PHONY: test
test: deps ## every test (PKG=./internal/law/... for some)
	$(GO) test -timeout 60m -p 2 $(TESTFLAGS) $(PKG)

.PHONY: lint
lint: ## gofmt, go vet, staticcheck, workflowcheck, dependency rule
	@deploy/deps.sh build
	@files=$$(gofmt -l cmd workflows activities internal); [[ -z $$files ]] || { echo "run gofmt -w on:"; echo "$$files"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(GO) tool workflowcheck -config workflowcheck.config.yaml ./workflows/...
	$(GO) test $(TESTFLAGS) ./internal/archtest/...

.PHONY: bench
bench: deps ## benchmarks: ratios and counts of one run (PKG=… for some)
	$(GO) test -run '^$$' -bench . -benchtime 1x -timeout 60m -p 1 $(PKG)

.PHONY: deps
deps: ## install what tests need (PostgreSQL, poppler-utils, qpdf, jq, Chromium); nothing if present
	@deploy/deps.sh test

.PHONY: sbom
sbom: build ## bin/sbom.json: every module of the built programs, with versions and sums
	$(GO) version -m -json bin/vinhdanh bin/standalone bin/temporal-server > bin/sbom.json

.PHONY: clean
clean: ## remove bin/ and demo-output/ (never data/)
	rm -rf bin $(OUT)
