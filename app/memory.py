"""What the C library does with memory that is freed."""

import ctypes
import sys

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
"""Names of these in glibc's malloc.h."""

KEPT, LARGEST = 64 << 20, 16 << 20
"""Bytes that a thread may keep for its next arrays, and the largest array that is kept."""


def keep_freed_memory() -> None:
    """Let the arrays of one film take the memory of the last; only glibc can be told.

    Else each array of a megabyte is given back to the system when it is freed, and the next one is
    fetched page by page: up to half of the time that a film takes.
    """
    if sys.platform != "linux":
        return
    # Trap: musl has no mallopt, and glibc alone heeds these two numbers.
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(TRIM_THRESHOLD, KEPT)
        mallopt(MMAP_THRESHOLD, LARGEST)
