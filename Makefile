# Everything a developer types. "make help" lists it.
.DEFAULT_GOAL := help
.PHONY: help setup run test check soak bench pictures sample lock package release clean

PY := .venv/bin/python
CODE := editor db tests packaging
PYTEST := $(PY) -m pytest
# a file's tests stay together: they share what they have set up
BESIDE := -n $(or $(WORKERS),auto) --dist loadfile
# pytest ends with 5 when no test was selected
NONE_IS_FINE := || [ $$? -eq 5 ]
# What real servers need; without npm's part their tests are skipped (or fail if REAL_SERVERS=required).
REAL := @packaging/system.sh real && packaging/system.sh real-wordpress && { $(PY) -m tests.real.parts || true; }

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: ## make .venv with dateline and its tools in it
	@packaging/setup.sh

run: setup ## open Dateline (without a display: do its main job on the command line)
	@packaging/run.sh

test: setup ## run all tests, the fast ones first
	@packaging/system.sh run test
	$(REAL)
	$(PYTEST) $(BESIDE) -m "not slow" $(ARGS)
	$(PYTEST) $(BESIDE) -m "slow and not alone" --timeout 600 $(ARGS) $(NONE_IS_FINE)
	$(PYTEST) -m "slow and alone" --timeout 600 $(ARGS) $(NONE_IS_FINE)

check: setup ## format, lint, types, who imports whom
	.venv/bin/ruff format --check $(CODE)
	.venv/bin/ruff check $(CODE)
	.venv/bin/mypy editor db tests $(wildcard packaging/*.py)
	.venv/bin/lint-imports

soak: setup ## live many lives of the simulated world (SEEDS=100000)
	$(PY) -m tests.sync.soak --seeds $(or $(SEEDS),10000) $(ARGS)

bench: setup ## measure start, typing and the store against a bare window
	@packaging/system.sh run test
	$(REAL)
	$(PY) -m tests.bench $(ARGS)

pictures: setup ## make the screenshots under docs/pictures
	@packaging/system.sh run test
	$(PY) -m tests.pictures $(ARGS)

sample: setup ## make the sample live blog in your profile
	.venv/bin/dateline sample

lock: setup ## renew packaging/constraints.txt (ARGS=--upgrade for the newest versions)
	packaging/lock.sh $(ARGS)

package: setup ## build and try the packages of this system, in dist/
	@packaging/system.sh run package
	$(PY) packaging/build.py $(if $(filter Darwin,$(shell uname)),macos,linux) $(ARGS)

release: ## write VERSION=x.y.z down, commit it, tag it
	@$(firstword $(wildcard $(PY)) python3) packaging/release.py $(VERSION)

clean: ## remove what the commands made
	rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find $(CODE) -name __pycache__ -prune -exec rm -rf {} +
