"""How fast it is, measured: ``./scripts/bench`` prints figures next to a stated limit or a peer of the same run.

Nothing here is a test: figures depend on the machine. What must never depend on it (nothing lost, nothing doubled, the
right plan) is tested elsewhere. ``tests/platform/test_bench.py`` keeps the benches themselves working, at a tiny scale.
"""
