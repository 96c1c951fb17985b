"""How long tunneling takes: phase and dwell time by theory, and when a packet's parts arrive.

There is no operator of this time, so that there are several, each an answer to a question of its
own. `delays` has those of stationary states, `average` of what of a packet gets through, and
`arrival` what a run finds, against the same packet without the barrier.
"""
