"""A run: the lease, the transactions, what is recorded and told, and what is asked when it did not go through."""
