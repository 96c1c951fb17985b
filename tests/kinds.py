"""The kinds of what fixtures give."""

from collections.abc import Callable

from playwright.sync_api import Page

CommandLine = Callable[..., tuple[int, str, str]]
"""Calls the command line with these words: its exit code, output and errors."""

Visit = Callable[..., Page]
"""Opens the lab as a new visitor, at a query and with options of the browser's context."""
