"""The schema's history, one module a step: a ``REVISION`` and what it does. A released step never changes."""
