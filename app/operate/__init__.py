"""Running it: whether it is ready, what it does, how it ends, and several of it at once."""
