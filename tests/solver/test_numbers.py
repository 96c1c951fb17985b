"""The table of a run's numbers: complete, and the same for all who tell them."""

from dataclasses import replace

from lessons.labels import LABELS
from lessons.runs import KNOWN, NOISY
from solver import NATURAL, Dephasing, Ensemble
from solver.numbers import NUMBERS, unit_in
from solver.sweeps.batch import COLUMNS
from solver.sweeps.scans import SCANNED
from tests.solver.test_description import PLAIN


def test_every_number_of_a_run_stands_in_the_table() -> None:
    quick = replace(PLAIN, quality="draft")
    noise = Dephasing(t2=20.0, length=1.0)
    noisy = Ensemble(experiment=quick, environment=noise, members=2)
    assert {*quick.run().summary(), *noisy.run().summary()} | {"coefficient"} == set(NUMBERS)


def test_scans_sweeps_and_lessons_choose_from_the_table() -> None:
    assert {*COLUMNS, *SCANNED, *KNOWN, *NOISY} <= set(NUMBERS)
    for name, number in NUMBERS.items():
        assert (number.name, LABELS[name]) == (name, (number.label, number.unit))
        assert number.meaning


def test_a_part_of_a_whole_has_no_unit_in_a_file() -> None:
    for number in NUMBERS.values():
        assert unit_in(number.unit, NATURAL) == "1"
        assert (unit_in(number.unit) == "1") == (number.unit in ("", "%", "points", "s"))
