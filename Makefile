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

.PHONY: setup serve test lint format index eval eval-check eval-baseline fit unseen bench contract lock licences audit screenshots browser clean

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

eval: $(INDEX) $(PEERS)
	$(BIN)/policyqa eval
	$(BIN)/python -m eval.tickets.masking
	$(BIN)/python -m eval.other_notices.parsing
	$(BIN)/python -m eval.other_notices.bankless

# 开发集上与上次定下的数字相比,有显著变差的就失败;定新的:make eval-baseline。
eval-check: $(INDEX)
	$(BIN)/policyqa eval --split development --target product
	$(BIN)/policyqa eval compare --split development eval/baseline product

eval-baseline: $(INDEX)
	$(BIN)/policyqa eval --split development --target product
	mkdir -p eval/baseline
	cp $(POLICYQA_DATA_DIR)/evaluation/runs/development/product/scores.csv eval/baseline/

unseen: $(INDEX)
	$(BIN)/python -m eval.fitting.unseen $(PARTS)

fit: $(INDEX)
	$(BIN)/python -m eval.fitting.weights
	$(BIN)/python -m eval.fitting.dialogue
	$(BIN)/python -m eval.fitting.verdict
	$(BIN)/python -m eval.fitting.intent
	$(BIN)/python -m eval.fitting.names
	$(BIN)/python -m eval.fitting.ticket
	$(BIN)/python -m eval.fitting.told
	$(BIN)/python -m eval.fitting.bankless

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
