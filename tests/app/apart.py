"""Coroutines in a thread of their own: a browser's tests leave a loop running in the first one."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Found = TypeVar("Found")


def run_apart(work: Coroutine[Any, Any, Found]) -> Found:
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(asyncio.run, work).result()
