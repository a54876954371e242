"""The statements of filling a column, with holes for names: what counts, reads, writes and marks rows."""

from __future__ import annotations

from console.db.compose import SQL

COUNT = SQL(
    "SELECT pg_catalog.count(*) FILTER (WHERE {said}), pg_catalog.count(*) FILTER (WHERE NOT {said}),"
    " coalesce(pg_catalog.sum({octets}) FILTER (WHERE {said}), 0)::pg_catalog.int8"
    " FROM {table} AS t {sample} WHERE {conditions}"
)
READ = SQL(
    "SELECT {key}, {status}, {stamp}, {text} FROM {table} AS t WHERE {conditions} ORDER BY {order} LIMIT %(size)s"
)
# A row that was filled, changed or deleted meanwhile is left as it is.
WRITE = SQL(
    "UPDATE {table} AS t SET {column} = v.vector::{type}{besides}"
    " FROM ROWS FROM ({values}) AS v ({names}, vector, stamp)"
    " WHERE {same} AND t.{column} IS NULL AND {stamp} = v.stamp"
)
MARK = SQL(
    "UPDATE {table} AS t SET {status} = %(word)s::pg_catalog.text::{type} FROM ROWS FROM ({values}) AS v ({names})"
    " WHERE {same} AND t.{column} IS NULL AND t.{status}::pg_catalog.text IS DISTINCT FROM %(but)s::pg_catalog.text"
)
FILLED = SQL(
    "SELECT {text}, {column}::pg_catalog.text FROM {table} AS t WHERE {column} IS NOT NULL AND {conditions}"
    " LIMIT %(size)s"
)
