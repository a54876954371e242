"""The plain commands, and the composition root: a module for each family of verbs."""
