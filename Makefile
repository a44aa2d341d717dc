# The same words on a developer's machine and in CI. `make demo` and `make test` need python3 (3.11+) with venv, and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Two processes; a test module stays in one of them, since its fixtures are made once.
PYTEST := -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

.PHONY: help demo quick test coverage mutants lint types imports check bench browser libraries wheel sdist lock clean

help: ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/ready ## build the feeds of the sample site, offline, into out/demo
	$(BIN)/feedmaker demo

quick: $(VENV)/ready ## run the fast tests, in less than a minute
	$(BIN)/python $(PYTEST) --quiet -m "not slow"

test: $(VENV)/ready ## run all tests; what is skipped says why
	$(BIN)/$(if $(MEASURE),coverage run,python) $(PYTEST) -m "not costly"
	$(BIN)/python $(PYTEST) -m costly

coverage: $(VENV)/ready ## run all tests, and fail where those that are not costly take too few branches
	$(BIN)/coverage erase
	$(MAKE) test MEASURE=yes
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

mutants: $(VENV)/ready ## change one operator or constant at a time; fail where too many are not noticed
	$(BIN)/python tests/bench/mutants.py

lint: $(VENV)/ready ## style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/ready ## mypy, strict
	$(BIN)/mypy

imports: $(VENV)/ready ## the import contract: one way, top to bottom
	$(BIN)/lint-imports

check: lint types imports coverage ## style, types, imports, all tests, and the branches that these take

bench: $(VENV)/ready ## accuracy and cost, each a ratio measured in one run
	$(BIN)/python tests/bench/accuracy.py
	$(BIN)/python tests/bench/redesigns.py
	$(BIN)/python tests/bench/cost.py
	$(BIN)/python tests/bench/render.py
	$(BIN)/python tests/bench/scale.py

browser: $(VENV)/ready ## the demo's pages by axe-core in chromium; needs chromium, node and npm
	$(BIN)/python tests/browser.py

libraries: $(VENV)/ready ## the demo's feeds by libraries from npm; needs node and npm
	$(BIN)/python tests/feed_libraries.py

wheel: $(VENV)/ready ## build the wheel into dist/; with COMPILED=1 one for this system, which needs a C compiler
	rm -f dist/*.whl
	FEEDMAKER_COMPILED=$(COMPILED) $(BIN)/python -m build --wheel --no-isolation --outdir dist .

sdist: $(VENV)/ready ## build the source archive into dist/
	$(BIN)/python -m build --sdist --no-isolation --outdir dist .

lock: ## resolve the dependencies anew; needs uv (without --upgrade it adds what is new and keeps the rest)
	uv pip compile pyproject.toml --extra postgres --extra serve --extra thumbnails --group dev --universal --python-version 3.11 --generate-hashes --upgrade \
		--no-header --no-emit-index-url --output-file requirements.lock
	echo setuptools | uv pip compile - --universal --python-version 3.11 --generate-hashes --upgrade \
		--no-header --no-emit-index-url --no-annotate --output-file requirements-build.lock
	printf 'pip-audit\nzizmor\n' | uv pip compile - --universal --python-version 3.11 --generate-hashes --upgrade \
		--no-header --no-emit-index-url --no-annotate --output-file requirements-audit.lock

clean: ## remove what was made
	rm -rf $(VENV) dist .feedmaker .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage* htmlcov out/*

# The environment: locked packages by hash, of which one (feedgen) is built here, by locked tools; then
# feedmaker itself from this folder.
$(VENV)/ready: requirements.lock requirements-build.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-build.lock
	$(BIN)/python -m pip install --quiet --no-build-isolation --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
