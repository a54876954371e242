"""One line of help for each verb, said without importing the verb."""

from __future__ import annotations

VERB_HELP = {
    "demo": "Open the console on a sample system in an embedded PostgreSQL.",
    "status": "Which migrations are applied, which are pending, which differ.",
    "up": "Apply pending migrations.",
    "down": "Roll migrations back.",
    "redo": "Roll the newest migration back and apply it again.",
    "history": "What was run here, by whom, when, with what outcome.",
    "verify": "Run the checks that the migrations bring with them.",
    "validate": "Check a folder of migrations, files only.",
    "new": "Make the files of the next migration.",
    "seed": "Load the sample data of a folder of migrations.",
    "inspect": "Print the catalog: as text, JSON, Markdown or DDL.",
    "query": "Run a query and print its rows.",
    "profiles": "List, add, remove, test and trust profiles.",
}
