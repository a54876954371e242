"""Embedders: what turns words into vectors."""
