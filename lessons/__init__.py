"""Lessons: prose beside an experiment, with claims that the solver confirms."""
