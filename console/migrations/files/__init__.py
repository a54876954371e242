"""Folders of migrations, one module per format; nothing here needs a server."""
