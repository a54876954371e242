"""The plain commands, and the composition root: a room for each family of verbs, named as its wing."""
