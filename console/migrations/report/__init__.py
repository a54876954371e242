"""The synchronisation report: what the migrations of a folder made of a database, measured and put into Markdown."""
