# Every target sets up what it needs; the only things a machine must have are Python 3.11+ and make.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
RUN_STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev

.PHONY: net-oracle mutants-network verify-permissions mutants-permissions bench-org bench-terraform diff-iam help demo test test-all test-all-only lint format types imports check docs bench bench-estate clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "nephograph needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another with: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): pyproject.toml $(BIN)/python
	@echo "setting up $(VENV) …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(DEV_STAMP): pyproject.toml $(BIN)/python
	@echo "setting up $(VENV) for development …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(RUN_STAMP)

demo: $(RUN_STAMP) ## the sample estate: from the internet to the customer data, drawn and explained
	@$(BIN)/neph demo

test: $(DEV_STAMP) ## the test suite (Python only)
	@$(BIN)/python -m pytest -n auto

test-all: test test-all-only ## the test suite, and what needs more than Python

test-all-only: $(DEV_STAMP)
	@$(BIN)/python scripts/test_all.py

lint: $(DEV_STAMP) ## ruff: lint and format
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

format: $(DEV_STAMP) ## rewrite files in the house's format
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

types: $(DEV_STAMP) ## mypy --strict
	@$(BIN)/mypy

imports: $(DEV_STAMP) ## the rooms import downward only
	@$(BIN)/lint-imports

check: lint types imports test ## everything CI holds

docs: $(DEV_STAMP) ## write the generated reference pages anew
	@$(BIN)/python scripts/reference.py

bench: $(DEV_STAMP) ## figures as ratios in one run, beside peers in environments of their own
	@$(BIN)/python scripts/bench.py

bench-estate: $(DEV_STAMP) ## the estate store at a million resources and ten million edges
	@$(BIN)/python scripts/bench_estate.py

bench-terraform: $(DEV_STAMP) ## generated Terraform trees beside peers (TREES="25 60 200 roots", PEERS=0, ROUNDS=3)
	@TREES="$(or $(TREES),25)" PEERS="$(or $(PEERS),1)" ROUNDS="$(or $(ROUNDS),3)" $(BIN)/python scripts/bench_terraform.py

diff-hcl: $(DEV_STAMP) ## our Terraform parser beside tree-sitter-hcl on real files (FILES=DIR)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check tree-sitter tree-sitter-hcl
	@$(BIN)/python scripts/diff_hcl.py $(FILES)

diff-tfparse: $(DEV_STAMP) ## our Terraform evaluator beside tfparse, in an environment of its own (FILES=REPOSITORY)
	@test -x .bench/tfparse/bin/python || $(PYTHON) -m venv .bench/tfparse
	@.bench/tfparse/bin/python -m pip install --quiet --disable-pip-version-check tfparse
	@$(BIN)/python scripts/diff_tfparse.py $(FILES)

fuzz-hcl: $(DEV_STAMP) ## mutated Terraform files: no exception and no hang (N=2000 trees, FILES=DIR for seeds of your own)
	@$(BIN)/python scripts/fuzz_hcl.py --count $(or $(N),2000) $(if $(FILES),--seeds $(FILES))

bench-warm: $(DEV_STAMP) ## how fast edits are answered in a warm session (TREES="25 200", ROUNDS=3)
	@TREES="$(or $(TREES),25)" ROUNDS="$(or $(ROUNDS),3)" $(BIN)/python scripts/bench_warm.py

diff-iam: $(DEV_STAMP) ## policy decisions beside the npm simulator (needs node; N=20000 FROM=0 SEED=1 JOBS=2 RESUME=1)
	@$(BIN)/python -m scripts.diff_iam --count $(or $(N),20000) --from $(or $(FROM),0) --seed $(or $(SEED),1) --jobs $(or $(JOBS),2) $(if $(RESUME),--resume)

verify-permissions: $(DEV_STAMP) ## the whole-organization engine held equal to the certificate (N=1000000 random requests)
	@$(BIN)/python scripts/verify_permissions.py --checks $(or $(N),1000000)

mutants-permissions: $(DEV_STAMP) ## the engine changed mechanically, one operator at a time: do its checks notice? (SAMPLE=0: all)
	@$(BIN)/python scripts/mutants_permissions.py --sample $(or $(SAMPLE),0)

bench-org: $(DEV_STAMP) ## who can do what in 1,000 accounts x 500 roles x 200,000 resources (SCALE=1.0)
	@$(BIN)/python scripts/bench_org.py --scale $(or $(SCALE),1.0)

bench-paths: $(DEV_STAMP) ## the AND-OR engine at a million atoms and ten million moves, beside scipy and rustworkx
	@$(BIN)/python scripts/bench_paths.py

net-oracle: $(DEV_STAMP) ## the network tracer held against packets in Linux namespaces (root, iproute2, nftables; N=300 estates FROM=0)
	@PYTHONPATH=. $(BIN)/python -m scripts.net_oracle --count $(or $(N),300) --from $(or $(FROM),0)

mutants-network: $(DEV_STAMP) ## the network tracer changed mechanically, one rule at a time: does something notice? (SAMPLE=120)
	@$(BIN)/python scripts/mutants_network.py --sample $(or $(SAMPLE),120)

bench-network: $(DEV_STAMP) ## all pairs of 100,000 network interfaces, what is exposed, one rule changed (SCALE=1.0)
	@$(BIN)/python scripts/bench_network.py --scale $(or $(SCALE),1.0)

clean: ## remove what the targets made
	rm -rf $(VENV) .bench dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
