# `make demo` and `make test` need Python 3.11 or later, pip, make and git; everything else they install into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: demo test oracle compare-rules fuzz coverage-fuzz faults lint types wheel check lowest golden documents benchmarks benchmarks-of-plans editors \
  editors-in-vscode clean

demo: $(INSTALLED)
	@PATH="$(CURDIR)/$(BIN):$$PATH" bash policies/demo.sh

test: $(INSTALLED)
	$(BIN)/python -m pytest -n auto --dist worksteal
	@echo "left to targets of their own, for they need Node.js: make editors, make editors-in-vscode, make reports-in-browser"

# 2,000 random facts for each policy, 1,000 random policies of each kind, 2,000 plans and 2,000 cases of plans in time, a quarter of
# these in the way of many steps as well: takes more than an hour of processor time.
# Other ones: ATTAIN_ORACLE_FIRST and ATTAIN_SCHEDULE_FIRST say the first seed.
oracle: $(INSTALLED)
	ATTAIN_POLICY_SEEDS=2000 ATTAIN_ORACLE_SEEDS=1000 ATTAIN_SCHEDULE_SEEDS=2000 $(BIN)/python -m pytest -n auto --dist worksteal -q tests/oracle

# So many small random policies on random facts: the compiled rules against the evaluator and the oracle.
N ?= 100000
compare-rules: $(INSTALLED)
	$(BIN)/python bench/rules_against_evaluator.py $(N)

# Random policies through every reading of them until the time is up; what fails is made smaller and kept in build/fuzz.
MINUTES ?= 30
fuzz: $(INSTALLED)
	$(BIN)/python bench/fuzz.py --minutes $(MINUTES)

# Coverage-guided fuzzing of policies, facts and the command line, so many minutes each: needs atheris (Linux, macOS).
coverage-fuzz: $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[fuzz]'
	set -e; for target in facts policy command; do $(BIN)/python bench/coverage_fuzz.py $$target --minutes $(MINUTES); done

# Faults put into a copy of the sources, one at a time: which test catches which.
faults: $(INSTALLED)
	$(BIN)/python bench/faults.py

lint: $(INSTALLED)
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: $(INSTALLED)
	$(BIN)/mypy

wheel: $(INSTALLED)
	PYTHON="$(CURDIR)/$(BIN)/python" bash .ci/wheel

check: lint types test wheel

# The tests of what uses other packages, with the oldest versions that pyproject.toml allows (lowest.txt): about ten minutes on two
# processors. `make lowest LOWEST=tests/facts` runs a part of them.
LOWEST ?= tests/report tests/cli tests/optimise tests/facts tests/syntax tests/lsp tests/serve
lowest:
	$(PYTHON) -m venv --clear .venv-lowest
	.venv-lowest/bin/python -m pip install --quiet --disable-pip-version-check --constraint lowest.txt \
	  --editable '.[sheets,tables,lsp,report,serve]' pytest pytest-xdist hypothesis jsonschema interegular
	.venv-lowest/bin/python -m pytest -n auto --dist worksteal -q -W default $(LOWEST)

# What needs Node.js 20 or later (Debian: nodejs, npm): the extension for Visual Studio Code, checked, its grammar tested,
# and packaged as editors/vscode/attain.vsix.
editors:
	cd editors/vscode && npm ci --no-audit --no-fund && npm run types && npm run lint && npm run grammar && \
	  npm run build && npm run package

# The packaged extension in a real Visual Studio Code: tests/install_vscode.sh says what that installs. Takes minutes.
editors-in-vscode: editors $(INSTALLED)
	cd editors/vscode && VSCODE_SERVER="$$(bash tests/install_vscode.sh)" ATTAIN="$(CURDIR)/$(BIN)/attain" npm run in-vscode

# What needs Node.js 20 or later and Chromium (Debian: nodejs, npm, chromium): a report and the page of `attain serve` in a
# real browser, by axe and the keyboard, light and dark, at three widths; screenshots in tests/browser/screens.
reports-in-browser: $(INSTALLED)
	cd tests/browser && npm ci --no-audit --no-fund
	set -e; for pair in modern_work:dashboard.json modern_work:northwind federal_skilled_worker:santos.json leed_new_construction:mill_street; do \
	  $(BIN)/attain report policies/$${pair%:*}.attain policies/facts/$${pair#*:} -o tests/browser/report.html || test $$? -ne 2; \
	  (cd tests/browser && node check.mjs report.html screens/$${pair%:*}-$${pair#*:}); done
	cd tests/browser && node serve.mjs "$(CURDIR)/$(BIN)/attain"

# Write the golden files and the generated documents anew; look at the difference before you commit it.
golden: $(INSTALLED) documents
	ATTAIN_GOLDEN=write $(BIN)/python -m pytest -q -n auto tests/diagnostics tests/facts tests/documents tests/lsp

documents: $(INSTALLED)
	$(BIN)/python -m attain_engine.cli.documents docs/diagnostics
	$(BIN)/python docs/generate_sources.py
	$(BIN)/python docs/generate_schemas.py
	$(BIN)/python editors/generate_words.py

# Measure, and write the figures into docs/benchmarks.md.
benchmarks: $(INSTALLED)
	$(BIN)/python bench/run.py --write

# The same for plans of real sizes and hard shapes, beside models written by hand: about an hour.
benchmarks-of-plans: $(INSTALLED)
	$(BIN)/python bench/plan.py --write

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Attain needs Python 3.11 or later; $(PYTHON) is not. Give another one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { $(PYTHON) -m venv --clear --without-pip $(VENV) && \
	  $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(INSTALLED)

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
