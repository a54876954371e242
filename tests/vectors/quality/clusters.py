"""Rows in clusters, as embeddings are: more alike within a subject than between two."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DIMENSIONS, ROWS, SUBJECTS = 16, 2_000, 20


def made(rows: int = ROWS, dimensions: int = DIMENSIONS, *, subjects: int = SUBJECTS, seed: int = 11) -> Floats:
    """Return vectors as single precision holds them; row `n` is of subject `n % subjects`."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(subjects, dimensions))
    found = centres[np.arange(rows) % subjects] + random.normal(size=(rows, dimensions)) * 0.7
    return found.astype(np.float32).astype(float)


def table(vectors: Floats, name: str = "things", *, subjects: int = SUBJECTS, extension: bool = True) -> str:
    """Return SQL that makes a table of them: id, subject, title and v."""
    rows = ",\n".join(
        f"({place}, 'subject {place % subjects}', 'thing {place}', '[{','.join(f'{value:.9g}' for value in vector)}]')"
        for place, vector in enumerate(vectors.tolist())
    )
    return f"""
        {"CREATE EXTENSION vector;" if extension else ""}
        CREATE TABLE {name} (id int PRIMARY KEY, subject text, title text, v vector({vectors.shape[1]}));
        INSERT INTO {name} VALUES {rows};
        ANALYZE {name};
    """


def cosines(vectors: Floats) -> Floats:
    """Return the cosine distance of each from each."""
    unit = vectors / np.linalg.norm(vectors, axis=1)[:, None]
    return 1 - unit @ unit.T
