"""The screen of drift: two sides, the changes between them, what is taken of these, its proof, and where it goes."""
