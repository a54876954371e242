"""What the schema was before and after each run, and which migration has touched what: kept in the native history."""
