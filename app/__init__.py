"""The person's choices, the figures, the pages and the command line.

**A run is solved once and played in the browser.** To draw each frame on the server costs 17 to
54 ms a frame and session: one student would fill a core. A run packed into one block costs some ten
milliseconds; then the browser plays, scrubs and rewinds it, and nothing crosses the wire.

**One process serves a class.** Kernels let go of the interpreter's lock, so that one thread solves
while another serves, and a third does what takes long. A second process would hold another copy of
the libraries, and could share neither the cache nor a run under way, which thirty students who ask
the same need once. Who needs more machines puts processes behind a balancer: a page's state is in
its address.
"""
