"""Where a catalog comes from: a live database, a folder of migrations, a file of SQL, a saved snapshot."""
