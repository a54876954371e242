"""Vectors: what turns words into them, and the columns that hold them."""
