"""The page of the mystery barrier, at `?mystery`: a page of its own, without the lab's stage.

A visitor of it costs no guide, no controls and no runs, and one of the lab costs nothing of it. The
server knows the barrier, draws the counts and works out what they say; the browser keeps the
notebook and sends it back when the page is loaded again. **What the server tells before the reveal
is worked out of the trials alone** (`telling.py` is not given the barrier).
"""
