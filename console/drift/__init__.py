"""What turns one database into another: the changes between two catalogs, as SQL in an order that works."""
