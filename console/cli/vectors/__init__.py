"""Columns of vectors: `search`, `embed`."""
