"""Digests of relations, computed by the server: two databases are compared by them, and only what differs is read."""
