"""From rows of pg_catalog to objects: one module for each family of kinds, all standing on the same ground."""
