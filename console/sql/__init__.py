"""The text of SQL: named queries, splitting, classifying, what is safe to read with, colours and layout."""
