"""The mystery barrier: a hidden V(x), found by experiments that only count.

A barrier is drawn from a **prior** that is stated: the shapes, heights and widths of `hidden.py`,
each as likely as any other. Whoever looks for it chooses a packet and how many of them are sent,
and is told how many came out on either side; each run lasts until all has left. What the counts say
is the **posterior** over the same barriers, exact but for a table of T(k) (`passing.py`). Bits
gained are the entropy of the prior less that of the posterior; a hint is the experiment whose
outcome is expected to gain most.

**A link hides its barrier and does not protect it**: who has this source can open it (`token.py`).
"""
