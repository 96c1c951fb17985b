"""The published study (arXiv:2512.22634): its cases, its program as it is, and its numbers."""
