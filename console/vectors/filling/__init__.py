"""Filling columns of vectors from the texts beside them."""
