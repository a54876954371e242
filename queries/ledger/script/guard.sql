-- Goes on only where the database is as it was when the script was printed.
DO {quote}
BEGIN
{checks}
END
{quote};
