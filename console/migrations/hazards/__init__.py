"""What migrations may lock, rewrite or lose: seen from their statements, sized by the server, before anything runs."""
