"""A visit: what a person chose, its solving, the guide beside it, and its address."""
