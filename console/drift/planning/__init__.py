"""The plan that turns one catalog into another: what becomes of each object, and in which form."""
