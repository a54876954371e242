"""The screen of vectors on real databases."""
