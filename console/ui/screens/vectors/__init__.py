"""The screen of vectors: which columns hold them, searching in one, and how good its index is."""
