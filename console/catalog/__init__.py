"""What a database is: the outline for tree and search, the full catalog, DDL, comparison and snapshots."""
