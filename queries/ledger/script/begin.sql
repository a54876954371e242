-- Opens a transaction with its timeouts, as a run does.
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL statement_timeout = 0;
SET LOCAL lock_timeout = {lock_timeout};
SET LOCAL standard_conforming_strings = on;
