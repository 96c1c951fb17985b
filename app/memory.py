"""When Python and the C library clear away what is no longer used, and give its memory back."""

import ctypes
import gc
import os
import sys
from typing import Any

TRIM_THRESHOLD, MMAP_THRESHOLD, ARENA_MAX = -1, -3, -8
"""Names of these in glibc's malloc.h."""

KEPT, LARGEST = 64 << 20, 16 << 20
"""Bytes that may be kept for the next arrays, and the largest array that is kept."""

TOLD = {
    "PYTHONMALLOC": "malloc",
    "NUMPY_MADVISE_HUGEPAGE": "0",
    "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0",
}
"""Variables that Python, numpy and glibc read as they begin."""


def c_library(name: str) -> Any:
    """A function of the C library, if it is glibc that has it; musl has not these."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None


def begin_anew_on_c_memory() -> None:
    """Become the same program, told where its objects and arrays shall lie (`TOLD`).

    Python's own memory comes in pieces of a megabyte, and one small object that stays keeps all of
    its piece: a class of a hundred would leave some forty of them behind, nearly empty. Pages of
    two megabytes, which numpy asks for, are kept by a small object in the same way, and pages of 4
    kB by the freed pieces of each size that glibc holds ready for each thread. Only a program that
    begins can be told; one that was told of any, by whomever, goes on.
    """
    if c_library("malloc_trim") is None or not TOLD.keys().isdisjoint(os.environ):
        return
    # Trap: `sys.orig_argv` is all that the interpreter was called with, its own options too.
    words = [sys.executable, *sys.orig_argv[1:]]
    os.execve(sys.executable, words, {**os.environ, **TOLD})


def keep_freed_memory() -> None:
    """Let the arrays of one film take the memory of the last; only glibc can be told.

    Else each array of a megabyte is given back to the system when it is freed, and the next one is
    fetched page by page: up to half of the time that a film takes. All threads take from the same
    memory, for each would keep as much as it has used at most; who is told before a thread begins.
    """
    # Trap: these are names and numbers of glibc.
    mallopt = c_library("mallopt")
    if mallopt is not None:
        mallopt(TRIM_THRESHOLD, KEPT)
        mallopt(MMAP_THRESHOLD, LARGEST)
        mallopt(ARENA_MAX, 1)


SELDOM = 300
"""Looks at what is new, about one for each page that opens, until one goes through everything."""


def look_for_garbage_seldom() -> None:
    """For who calls `clear_away` each minute: no more than that, or after some 300 pages.

    A look through all that belongs to a hundred visitors takes 0.1 to 0.2 s, in which everybody
    waits. By itself one comes whenever there is a quarter more, and one after each who leaves.
    """
    from panel.io import document

    new, newer, _ = gc.get_threshold()
    gc.set_threshold(new, newer, SELDOM)
    # Trap: private; Panel's own look, five seconds after a visitor has left.
    document._garbage_collect = lambda: None


def clear_away() -> None:
    """What belonged to those who have left, and its memory."""
    gc.collect()
    # Trap: Python keeps each name by which it found something in a class, among them hundreds that
    # a C library made for one look only.
    ctypes.pythonapi.PyType_ClearCache()
    give_back_freed_memory()


def give_back_freed_memory() -> None:
    """After much work that is not done again, such as that of the lessons."""
    trim = c_library("malloc_trim")
    if trim is not None:
        trim(0)
