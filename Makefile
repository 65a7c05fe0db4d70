# Daraja. `make` alone lists what there is.

PYTHON ?= python3
TAGS ?=
UPGRADE ?=
WORKERS ?= 3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install -qq --disable-pip-version-check

# A stamp carries the checksum of what was installed, so that a second run has nothing to do.
checksum = $(firstword $(shell cksum < $(1)))
READY := $(VENV)/installed-$(call checksum,requirements.txt)
READY_TO_TEST := $(VENV)/tests-installed-$(call checksum,tests/requirements.txt)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run demo test thorough sure audit sbom bench lock catalogues screenshots fuzz drill browser

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(READY) ## set up everything and serve the site
	@$(PY) -m flask --app app prepare
	@exec $(PY) -m gunicorn --config edu/gunicorn_settings.py app:app

demo: export DARAJA_DEMO = 1
demo: $(READY) ## the same with a simulated programme, so that reports have something to show
	@$(PY) -m flask --app app prepare
	@$(PY) -m flask --app app demo
	@exec $(PY) -m gunicorn --config edu/gunicorn_settings.py app:app

# Tests write much and keep nothing: in memory, where there is room and programs may run there.
ROOMY := $(shell df -Pk /dev/shm 2>/dev/null | awk '$$6 == "/dev/shm" && $$4 > 6000000')
SCRATCH := $(if $(ROOMY),$(shell awk '$$2 == "/dev/shm" && $$4 !~ /noexec/ {print $$2}' /proc/mounts))
test thorough: export TMPDIR := $(firstword $(SCRATCH) $(TMPDIR) /tmp)
# They start many processes, which need not compile the same modules again.
test thorough: export PYTHONDONTWRITEBYTECODE :=

test: $(READY_TO_TEST) browser ## set up everything and pass all tests, browser and PostgreSQL included
	@$(PY) -m pytest --numprocesses $(WORKERS) --dist loadfile -m "not thorough"

thorough: $(READY_TO_TEST) browser ## pass the long tests: every page in every language, every drill, every hostile address
	@$(PY) -m pytest --numprocesses $(WORKERS) --dist loadfile -m thorough

sure: $(READY_TO_TEST) ## formatting, lint, types, catalogues, privacy page, content, supply chain and tests
	@$(PY) -m ruff format --check --quiet . || { echo "run: $(PY) -m ruff format"; exit 1; }
	@$(PY) -m ruff check --quiet .
	@$(PY) -m mypy --no-error-summary
	@$(PY) -m bandit --quiet --configfile pyproject.toml --recursive app.py edu
	@$(PY) -m edu.catalogues --check
	@$(PY) -m edu.privacy --check
	@$(PY) -m flask --app app check
	@$(MAKE) --no-print-directory sbom audit
	@$(MAKE) --no-print-directory test thorough

audit: $(READY_TO_TEST) ## ask whether a package has a known vulnerability; OFFLINE=1 where there is no network
	@$(PY) -m tests.audit

sbom: $(READY_TO_TEST) ## list every package we stand on, in build/sbom.json (CycloneDX)
	@mkdir -p build
	@$(PY) -W ignore -m cyclonedx_py requirements requirements.txt --pyproject pyproject.toml \
	  --output-reproducible -o build/sbom.json

bench: $(READY_TO_TEST) ## measure speed and size on this machine
	@$(PY) -m tests.bench

fuzz: $(READY_TO_TEST) ## try odd bytes on everything that reads files; NAMES="po zip" for some, SECONDS=600 for longer
	@set -e; for name in $(or $(NAMES),$$($(PY) -m tests.fuzz --list)); do \
	  echo "$$name"; $(PY) -m tests.fuzz $$name --seconds $(or $(SECONDS),60); \
	done

drill: $(READY_TO_TEST) ## kill, cut and fill whatever can be, and count what was lost; two to three hours; NAMES="kills power" for some
	@$(PY) -m tests.drill $(NAMES)

catalogues: $(READY) ## bring the interface's PO files up to date; TAGS="sw ta" begins new ones
	@$(PY) -m edu.catalogues $(TAGS)

screenshots: $(READY_TO_TEST) browser ## take pictures of the pages
	@$(PY) -m tests.screenshots

lock: ## write down versions for pyproject.toml, with hashes; UPGRADE=1 takes the newest
	@set -e; folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	$(PYTHON) -m venv "$$folder"; \
	"$$folder/bin/python" -m pip install -qq --disable-pip-version-check uv; \
	compile="$$folder/bin/uv pip compile pyproject.toml --python-version 3.11 --universal \
	  --generate-hashes --no-emit-index-url --no-header -q $(if $(UPGRADE),--upgrade)"; \
	$$compile -o requirements.txt; \
	$$compile --extra test -c requirements.txt -o tests/requirements.txt

# Not a goal of its own, but what every other one stands on.
$(VENV)/ready:
	@command -v $(PYTHON) >/dev/null || \
	  { echo "There is no $(PYTHON) here. Install Python 3.11 or newer, or say make PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Daraja needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1). Say make PYTHON=..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python cannot make a virtual environment; on Debian install python3-venv."; exit 1; }
	@touch $@

$(READY): $(VENV)/ready
	@echo "Installing what Daraja needs"
	@$(PIP) --require-hashes --requirement requirements.txt
	@rm -f $(VENV)/installed-* && touch $@

# All of the site's packages are among the tests' too. Python compiles what is imported, when it is.
$(READY_TO_TEST): $(VENV)/ready
	@echo "Installing what the tests need"
	@$(PIP) --no-compile --require-hashes --requirement tests/requirements.txt
	@rm -f $(VENV)/installed-* $(VENV)/tests-installed-* && touch $(READY) $@

# Chromium, and letters for Tamil, Devanagari and Arabic, from the system's packages.
browser: $(READY_TO_TEST)
	@$(PY) -m tests.chromium || { \
	  become=; [ "$$(id -u)" = 0 ] || become="sudo -n"; \
	  if command -v apt-get >/dev/null && $$become true 2>/dev/null; then \
	    echo "Installing Chromium and fonts"; \
	    $$become apt-get update -qq >/dev/null && \
	    $$become env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
	      chromium fonts-noto-core >/dev/null 2>&1; \
	  fi; \
	  $(PY) -m tests.chromium || \
	    echo "Tests in a browser need Chromium and Noto fonts: apt-get install chromium fonts-noto-core"; }
