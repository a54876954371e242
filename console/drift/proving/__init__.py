"""The proof of a plan: both sides made in a shadow, the statements run there, the rest compared."""
