"""The screen of the schema: the tree of everything, what is chosen in it, and the rows of relations."""
