"""Dashboards: definitions from files, what their panels read, and how that is drawn as text."""
