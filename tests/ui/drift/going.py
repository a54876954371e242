"""Two databases that differ, and the way to their comparison on the screen of drift."""

from __future__ import annotations

from tests.databases import Databases
from tests.ui.driving import Driver

A = """
CREATE TABLE public.people (id integer PRIMARY KEY, name text, age integer);
CREATE TABLE public.gone (id integer);
CREATE VIEW public.names AS SELECT name FROM public.people;
"""
B = """
CREATE TYPE public.mood AS ENUM ('good', 'bad');
CREATE TABLE public.people (id bigint PRIMARY KEY, name text, mood public.mood);
CREATE INDEX people_name ON public.people (name);
CREATE VIEW public.names AS SELECT name FROM public.people;
"""


def way(databases: Databases) -> dict[str, str]:
    params = databases.target("postgres").params
    return {name: str(params[name]) for name in ("host", "port", "user") if name in params}


async def compared(console: Driver, to: str, *seen: str) -> None:
    """Compare the session's database with another side."""
    await console.press("4")
    await console.sees("Drift · ")
    await console.press("t")
    await console.sees("type dir:FOLDER")
    await console.type(to)
    await console.press("enter")
    await console.sees("Drift ·", "enter or r compares")
    await console.press("enter")
    await console.sees(*seen or ("e proves",))
