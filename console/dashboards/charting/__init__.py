"""A chart of any relation or statement: what its columns are like, and which kinds suit them."""
