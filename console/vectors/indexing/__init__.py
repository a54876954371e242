"""Indexes of vectors: which are missing or ill-suited, and building them."""
