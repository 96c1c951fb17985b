# make serve | test | check | audit | bench | load | docs | texts | format | clean
# Needs Python >= 3.11; everything else is put into .venv at the versions in constraints.txt.
.DEFAULT_GOAL := serve
.PHONY: serve test check audit bench load docs texts format clean
.DELETE_ON_ERROR:

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
RECIPE := pyproject.toml constraints.txt
TOGETHER := --numprocesses logical --maxprocesses 4 --dist worksteal
# COVERED: options with which .ci/run, alone, measures what the tests cover.
# A test process for each processor: threads of OpenBLAS beside them would wait for work in a loop.
ALONE := OPENBLAS_NUM_THREADS=1

serve: .venv/.app
	$(BIN)/tunnelscope serve --show

test: .venv/.test
	chromium="$$($(BIN)/python tests/browser/find_chromium.py)" && \
	$(BIN)/python -c "from solver.warm import warm_up; warm_up()" && \
	$(ALONE) TUNNELSCOPE_CHROMIUM="$$chromium" $(BIN)/python -m pytest $(TOGETHER) $(COVERED)

check: .venv/.test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/oxlint --quiet --config assets/.oxlintrc.json assets
	$(BIN)/deno fmt --quiet --check --config assets/deno.json assets

audit: build/audit/pip_audit
	PYTHONPATH=build/audit $(BIN)/python -m pip_audit --no-deps --disable-pip --requirement constraints.txt

bench: .venv/.bench
	$(BIN)/python -m tests.benchmarks.bench

load: .venv/.test .venv/.bench
	$(BIN)/python -m tests.load.report $(LOAD)

docs: .venv/.docs
	$(BIN)/python tests/build_docs.py build/docs
	@echo "The library's reference: build/docs/solver.html"

texts: .venv/.test
	$(BIN)/python -m tests.texts

format: .venv/.test
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/deno fmt --quiet --config assets/deno.json assets

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.app: $(RECIPE) | .venv/.pip
	@echo "Installing Tunnelscope into .venv ..."
	$(PIP) --no-build-isolation --editable .
	@touch $@

.venv/.test: $(RECIPE) | .venv/.app
	@echo "Installing what the tests need into .venv ..."
	$(PIP) --no-build-isolation --editable '.[test]'
	@touch $@

build/audit/pip_audit: | .venv/.pip
	$(PIP) --target build/audit pip-audit==2.10.1

.venv/.bench: $(RECIPE) | .venv/.app
	@echo "Installing what the benchmarks need into .venv ..."
	$(PIP) --no-build-isolation --editable '.[bench]'
	@touch $@

.venv/.docs: $(RECIPE) | .venv/.app
	@echo "Installing what the reference needs into .venv ..."
	$(PIP) --no-build-isolation --editable '.[docs]'
	@touch $@

# Debian keeps ensurepip in a package of its own: without it, borrow the system's pip, or as root
# install that package, or say what is missing.
.venv/.pip: constraints.txt
	@adequate='import sys, venv; sys.exit(sys.version_info < (3, 11))'; \
	if $(BIN)/python -c "import pip; $$adequate" 2>/dev/null; then exit 0; fi; \
	python=; \
	for probe in "import ensurepip; $$adequate" "$$adequate"; do \
	    for candidate in python3.13 python3.12 python3.11 python3; do \
	        if [ -z "$$python" ] && "$$candidate" -c "$$probe" 2>/dev/null; then python="$$candidate"; fi; \
	    done; \
	done; \
	if [ -z "$$python" ]; then \
	    echo "Tunnelscope needs Python 3.11 or newer with its venv module; none was found on PATH." >&2; \
	    exit 1; \
	fi; \
	echo "Making .venv with $$python ..."; \
	if "$$python" -c 'import ensurepip' 2>/dev/null; then \
	    "$$python" -m venv .venv; \
	elif "$$python" -m pip --version >/dev/null 2>&1; then \
	    "$$python" -m venv --without-pip .venv && \
	    "$$python" -m pip --python .venv/bin/python install --quiet pip; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    version="$$("$$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')"; \
	    apt-get update -qq && apt-get install -y -qq "$$version-venv" && "$$python" -m venv .venv; \
	else \
	    echo "$$python cannot make virtual environments; install its venv package" >&2; \
	    echo "(Debian and Ubuntu: sudo apt install python3-venv), then run make again." >&2; \
	    exit 1; \
	fi
	$(PIP) hatchling editables
	@touch $@
