"""The transforms of a time step, there and back, with what a step multiplies between them.

A library's transforms begin and end in natural order, in memory, before anything is multiplied. A
step needs neither: its first pass also multiplies by the potential, its last one there by the
kinetic phases, and the way back undoes the passes one by one (T. G. Stockham's passes, which need
no reordering). LLVM, left alone, takes one number at a time, for it cannot tell that the arrays do
not overlap; so intrinsics say what is done to four numbers at once: `lanes` what a vector can do,
`passes` the passes in terms of it, `plan` what they need for n points. `sides` transforms many
waves of one length side by side.

After a change here `make clean`: numba keeps a kernel until its own file changes.
"""
