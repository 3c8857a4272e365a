# make serve 与 make test 在只有 Python 3.11 和 make 的机器上就能跑通;其余目标也各自可用。
PYTHON ?= $(shell command -v python3.11 || command -v python3)
HOST ?= 127.0.0.1
PORT ?= 8000
PARTS ?= 5
POLICYQA_DATA_DIR ?= .policyqa
export POLICYQA_DATA_DIR

VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
PINS := $(VENV)/.pins
PEERS := $(VENV)/.peers
INDEX := $(POLICYQA_DATA_DIR)/index/current
INDEX_SOURCES := $(wildcard corpus/*.toml corpus/*/* ingest/*.py ingest/*/*.py ingest/data/* ingest/data/adapter/*)
CODE := ingest rag api ui eval tests bench

.PHONY: setup serve test lint format index eval fit unseen bench contract lock licences audit screenshots browser clean

$(RUNTIME): pyproject.toml constraints.txt constraints-hashes.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	sed -n 's/ \\$$//; s/+cpu$$//; /^[a-z0-9]/p' constraints-hashes.txt > $(PINS)
	$(BIN)/pip install --quiet --constraint constraints.txt --constraint $(PINS) --editable .
	touch $@

$(DEV): $(RUNTIME)
	$(BIN)/pip install --quiet --constraint constraints.txt --constraint $(PINS) --editable '.[dev]'
	touch $@

$(PEERS): $(RUNTIME)
	$(BIN)/pip install --quiet --constraint constraints.txt --constraint $(PINS) --editable '.[peers]'
	touch $@

$(INDEX): $(RUNTIME) $(INDEX_SOURCES)
	$(BIN)/policyqa ingest

setup: $(DEV)

index: $(RUNTIME)
	$(BIN)/policyqa ingest

serve: $(INDEX)
	$(BIN)/policyqa serve --host $(HOST) --port $(PORT)

browser: $(DEV)
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || $(BIN)/playwright install --with-deps chromium

# 浏览器的测试另起一个进程:Playwright 占着事件循环,异步的测试不能排在它后面。
test: $(INDEX) browser
	$(BIN)/pytest --numprocesses 2 --dist loadfile --ignore tests/ui/web
	$(BIN)/pytest --numprocesses 2 --dist loadfile tests/ui/web

lint: $(DEV)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV)
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

eval: $(INDEX)
	$(BIN)/policyqa eval
	$(BIN)/python -m eval.kinds
	$(BIN)/python -m eval.parsing
	$(BIN)/python -m eval.bankless

unseen: $(INDEX)
	$(BIN)/python -m eval.unseen $(PARTS)

fit: $(INDEX)
	$(BIN)/python -m eval.fit
	$(BIN)/python -m eval.fit_dialogue
	$(BIN)/python -m eval.fit_verdict
	$(BIN)/python -m eval.fit_intent
	$(BIN)/python -m eval.fit_names
	$(BIN)/python -m eval.fit_ticket
	$(BIN)/python -m eval.fit_told
	$(BIN)/python -m eval.fit_bankless

bench: $(INDEX) $(PEERS) browser
	$(BIN)/python -m bench.peers
	$(BIN)/python -m bench.assist
	$(BIN)/python -m bench.page
	$(BIN)/python -m bench.retrieval
	$(BIN)/python -m bench.scale
	$(BIN)/python -m bench.notices --drawn
	$(BIN)/python -m bench.fuzz
	$(BIN)/python -m bench.load
	$(BIN)/python -m bench.hostile

lock:
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/pip install --quiet pip-tools==7.6.2
	$(VENV)/lock/bin/python -m bench.lock

licences: $(RUNTIME)
	$(BIN)/python -m bench.licences

audit: $(RUNTIME)
	$(PYTHON) -m venv $(VENV)/audit
	$(VENV)/audit/bin/pip install --quiet pip-audit==2.10.1
	$(BIN)/python -m bench.audit $(VENV)/audit/bin/pip-audit

contract: $(INDEX) $(DEV)
	$(BIN)/python -m bench.contract

screenshots: $(INDEX) browser
	$(BIN)/python -m bench.screenshots

clean:
	rm -rf $(VENV) $(POLICYQA_DATA_DIR)
