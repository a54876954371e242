"""The sections of a report: each turns what is known into blocks of Markdown, pure and without a server."""
