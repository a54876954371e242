"""PostgreSQL on this machine: the programs found here, and servers of our own made with them, kept or thrown away."""
