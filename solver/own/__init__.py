"""Potentials of one's own: drawn point by point, or typed as a formula in x.

Such a potential has corners, jumps and tails at places that nobody told: they are found once, and
all that the solver asks of a barrier follows from them. What a person writes is read as a syntax
tree of which a few kinds of nodes are allowed; none of it is run.
"""
