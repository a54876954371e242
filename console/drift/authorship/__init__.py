"""Whose a change is: a person's, a file's, or nobody knows."""
