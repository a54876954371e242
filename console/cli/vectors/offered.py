"""The options that `search` offers: by what, how, what else is to be looked at, and in what form."""

from __future__ import annotations

import click

from console.cli.call import options

_METRICS = ("cosine", "l2", "ip", "l1", "hamming", "jaccard")  # of console.vectors.metric, which is imported later
ITERATIVE = {"off": "off", "strict": "strict_order", "relaxed": "relaxed_order"}
_MOST, USUAL = 10_000, 10  # rows

# By what: name → (option, what it takes, what it does). One of them at most.
BY = {
    "like": ("ID", "Rows like this one; a key of two columns is ID,ID."),
    "vector": ("V", "Rows near a vector: '[0.1, 0.2]', or - for standard input."),
    "text": ("WORDS", "Rows near what an embedder makes of words."),
    "fulltext": ("WORDS", "Rows whose text has these words."),
    "hybrid": ("WORDS", "Both of them, fused by their ranks."),
    "average": ("IDS", "Rows near the average of these: 1,2,3, or 1,2;1,3."),
    "expression": ("'A-B+C'", "Rows near a sum of rows."),
}
NAMES = {"text": ("--text", "--words"), "expression": ("--expr",)}
_FUNCTION = "Search through a function of the database, by --text, --vector or --like."
_EMBEDDER = "Instead of the profile's: hashing, wordllama, openai:MODEL, URL#MODEL."
_TIMEOUT = "Give up after so long; else the profile's time."
_TEXT_COLUMN = "The text that full text search reads; else found by itself."

ASKED = (
    *(
        click.option(*NAMES.get(name, (f"--{name}",)), name, metavar=metavar, help=help)
        for name, (metavar, help) in BY.items()
    ),
    click.option("--function", metavar="NAME", help=_FUNCTION),
    click.option("--arg", "arguments", metavar="K=V", multiple=True, help="An argument of it; may be repeated."),
    click.option("-k", "k", metavar="N", type=click.IntRange(1, _MOST), help="How many; else 10."),
    click.option(
        "--metric", type=click.Choice(_METRICS), metavar="M", help=f"{', '.join(_METRICS)}; else the index's."
    ),
    click.option("--where", metavar="SQL", default="", help="Only rows that meet a condition."),
    click.option("--max-distance", "within", metavar="D", type=float, help="Only rows that are as near as this."),
    click.option("--exact", is_flag=True, help="Compare with every row, without the index."),
    click.option("--ef-search", metavar="N", type=click.IntRange(1, 1000), help="How far an hnsw index looks."),
    click.option("--probes", metavar="N", type=click.IntRange(1, 32768), help="How many lists of ivfflat are read."),
    click.option("--iterative", type=click.Choice(tuple(ITERATIVE)), help="Let the index look on until there are K."),
    click.option("--text-column", metavar="NAME", help=_TEXT_COLUMN),
    click.option("--embedder", metavar="E", help=_EMBEDDER),
    click.option("--timeout", metavar="SECONDS", type=click.FloatRange(0, min_open=True), help=_TIMEOUT),
    click.option("--allow-functions", is_flag=True, help="Call the database's own functions, though they may write."),
)
LOOKED = (
    click.option("--recall", is_flag=True, help="How many of the true K the index finds, and how quickly."),
    click.option("--histogram", is_flag=True, help="How far rows are from each other."),
    click.option("--duplicates", is_flag=True, help="Vectors that are equal, or nearly so."),
    click.option("--outliers", is_flag=True, help="Rows that are far from all others."),
    click.option("--picture", is_flag=True, help="Rows as points of a plane, and where the hits are among them."),
    click.option("--colour", metavar="COLUMN", help="What tells the points of the picture apart."),
    click.option("--index", is_flag=True, help="What is to be mended, and statements for an index."),
    click.option("--build", is_flag=True, help="Build that index, or an ivfflat of few rows again."),
    click.option("--method", type=click.Choice(("hnsw", "ivfflat")), help="Of which kind."),
    options.yes,
    options.confirm,
)
FORM = (
    click.option("--list", "listed", is_flag=True, help="Only the columns and functions that can be searched."),
    click.option("--sql", "as_sql", is_flag=True, help="Only the SQL of the search on standard output, for psql."),
    click.option("--plan", "planned", is_flag=True, help="Show the server's plan as well."),
    options.as_json,
)
