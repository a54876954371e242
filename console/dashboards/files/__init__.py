"""The files of dashboards: found, read with their mistakes named by line, and written."""
