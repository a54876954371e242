"""Vectors of every type with ties, zeros and nulls, and what numpy makes of them: the truth for searches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from console.vectors.literal import written
from console.vectors.metric import Kind, Metric

Floats = NDArray[np.float64]

DIMENSIONS = 8
ROWS = 400
SCHEMA = 'the "ext" 100%'


def made(kind: Kind, rows: int = ROWS, *, seed: int = 7) -> Floats:
    """Return vectors as the type holds them; every tenth is as the one before it, every hundredth nothing but zeros."""
    random = np.random.default_rng(seed)
    if kind is Kind.BIT:
        found = random.integers(0, 2, (rows, DIMENSIONS)).astype(float)
    else:
        found = random.normal(size=(rows, DIMENSIONS)).round(3)
    if kind is Kind.SPARSEVEC:
        found[random.random(found.shape) < 0.6] = 0
    found[9::10] = found[8::10]
    found[99::100] = 0
    return found.astype(np.float16 if kind is Kind.HALFVEC else np.float32).astype(float)


def distances(vectors: Floats, asked: Floats, metric: Metric) -> Floats:
    """Return how far each vector is from one, in double precision."""
    with np.errstate(invalid="ignore", divide="ignore"):
        match metric:
            case Metric.L2:
                return np.sqrt(((vectors - asked) ** 2).sum(axis=1))
            case Metric.INNER:
                return -(vectors @ asked)
            case Metric.L1:
                return np.abs(vectors - asked).sum(axis=1)
            case Metric.COSINE:
                lengths = np.sqrt((vectors**2).sum(axis=1)) * np.sqrt((asked**2).sum())
                return 1 - np.clip((vectors @ asked) / lengths, -1, 1)
            case Metric.HAMMING:
                return (vectors != asked).sum(axis=1).astype(float)
            case Metric.JACCARD:
                both, either = np.minimum(vectors, asked).sum(axis=1), np.maximum(vectors, asked).sum(axis=1)
                return np.where(both == 0, 1.0, 1 - both / np.where(either == 0, 1, either))


def nearest(found: Floats, k: int) -> list[int]:
    """Return the places of the k least distances, what is no number last, equal ones in their order."""
    return sorted(range(len(found)), key=lambda place: (np.isnan(found[place]), found[place], place))[:k]


def type_of(kind: Kind, schema: str, dimensions: int | None = DIMENSIONS) -> str:
    """Return a type in SQL."""
    name = "bit" if kind is Kind.BIT else f'"{schema.replace(chr(34), chr(34) * 2)}".{kind}'
    return f"{name}({dimensions})" if dimensions else name


def table(
    kind: Kind, vectors: Floats, *, schema: str = SCHEMA, name: str = "things", dimensions: int | None = DIMENSIONS
) -> str:
    """Return SQL that makes a table of vectors: `n` counts them from 0, `part` is n modulo 50; 20 rows have none."""
    quoted = schema.replace('"', '""')
    rows = ",\n".join(
        f"({place}, {place % 50}, 'thing number {place}', '{written(vector, kind)}')"
        for place, vector in enumerate(vectors.tolist())
    )
    return f"""
        CREATE SCHEMA IF NOT EXISTS "{quoted}";
        CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA "{quoted}";
        CREATE TABLE public.{name} (n integer PRIMARY KEY, part integer, words text,
            v {type_of(kind, schema, dimensions)});
        INSERT INTO public.{name} VALUES {rows};
        INSERT INTO public.{name} SELECT 1000000 + i, i % 50, 'without' FROM generate_series(1, 20) AS i;
        ANALYZE public.{name};
    """


def index(
    kind: Kind, metric: Metric, method: str = "hnsw", *, schema: str = SCHEMA, name: str = "things", options: str = ""
) -> str:
    """Return SQL that makes an index of a table's vectors."""
    quoted = schema.replace('"', '""')
    ops = metric.operator_class(kind)
    return f'CREATE INDEX ON public.{name} USING {method} (v "{quoted}".{ops}) {options};'


def ids(keys: Sequence[tuple[str, ...]]) -> list[int]:
    """Return keys of one number as numbers."""
    return [int(key) for (key,) in keys]
