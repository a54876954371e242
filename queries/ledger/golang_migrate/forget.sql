-- Takes the row out: the tool writes it anew each time, and leaves it out where nothing is applied.
TRUNCATE {table}
