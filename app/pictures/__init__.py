"""Pictures and GIFs of runs, drawn on the server."""
