"""The audit: what a folder's migrations are expected to make, all of them, against what is found on a target."""
