"""How commands speak to a terminal, a pipe or a program: words, aligned lines, pictures, documents, progress."""
