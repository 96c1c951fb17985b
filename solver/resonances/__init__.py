"""Where T(E) has its peaks, and at which energies a curve of it has to be drawn.

A resonance may be narrower than anything that is sampled evenly, but it turns the phase of t by
half a turn, which is seen from any distance: that is how `peaks` finds it. `curve` needs all of
them for a line that is true.
"""
