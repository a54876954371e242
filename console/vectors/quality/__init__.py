"""How well an index finds, and what the vectors look like: recall, distances, duplicates, outliers, a picture."""
