"""The figures of `tunnelscope bench`: each beside its bound."""

import re

from app import bench


def test_a_figure_is_printed_beside_its_bound(capsys):
    bench.preset()
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    for line in lines:
        assert re.search(r"[\d.e-]+ (ms)? *<= [\d.e-]+  (ok|MISSED)$", line), line
    assert "ok" in lines[0]


def test_a_missed_bound_is_told(capsys):
    bench.report("too slow", 3.0, 2.0, "ms")
    bench.report("fast enough", 3.0, 2.0, "x", at_least=True)
    slow, fast = capsys.readouterr().out.splitlines()
    assert slow.endswith("<= 2  MISSED")
    assert fast.endswith(">= 2  ok")


def test_random_experiments_are_always_the_same():
    assert bench.random_experiments(4) == bench.random_experiments(4)
    assert bench.random_standard(4) == bench.random_standard(4)
