"""The lesson that `tunnelscope lessons new` writes: complete, commented, and correct."""

TEMPLATE = """---
title: A barrier twice as wide
summary: What becomes of the transmitted part when the barrier is twice as wide.
level: first course                 # for whom
minutes: 10
misconception: Twice the width halves the transmitted part.
prerequisites: [what tunneling is]  # a list, may be empty
exact:                              # the model card: what is exact here ...
  - The transmitted part, within the error that is shown.
idealised:                          # ... and what is idealised
  - One dimension, one electron, no other particles.
---

## Twice as wide

<!-- Above the block: what stands there before the student answers. Numbers with a unit are never
typed: write a formula in double braces, and a format after the bar (percent, eV, nm, fs, fixed:2,
sci:1, or nothing for three digits). -->
An electron packet of {{ run.energy | eV }} meets a barrier of {{ run.height | eV }} that is
{{ run.width | nm }} wide. {{ run.exact | percent }} of it gets through.

```step
runs:                               # one run, or two: the second starts from the first
  run: {shape: Rectangular, height: 1.5, width: 0.3, energy: 1, sigma: 1.4}
unlock: [width]                     # controls that may be changed
locked: Only the width matters here.
show: [phase space]                 # phase space, spectrum, coefficient, scan, clicks
question:
  ask: The barrier becomes twice as wide. How much gets through now?
  hints:
    - Inside, the wave falls off as $e^{-\\kappa x}$.
  choices:
    - text: Half as much.
      right: at(run, width=0.6).exact > 0.4 * run.exact
      feedback: Half of it would be {{ run.exact / 2 | percent }}.
    - text: Much less than half.
      right: at(run, width=0.6).exact < 0.4 * run.exact
      feedback: Yes, the decay is exponential.
claims:                             # each is tried by the solver, in `lessons check` and in tests
  - at(run, width=0.6).exact < 0.2 * run.exact
teach: Let them say why before they play.
```

Now only {{ at(run, width=0.6).exact | percent }} gets through: below its top a barrier thins a wave
exponentially, with $\\kappa$ = {{ run.kappa | per_nm }}.
"""
