"""Searching: what is asked, how it is put into SQL, and what was found."""
