"""The screen of migrations: the list and its texts, what is run and recorded, and what is looked at before."""
