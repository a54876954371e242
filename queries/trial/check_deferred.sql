-- No row: what waits for COMMIT to be checked is checked now.
SET CONSTRAINTS ALL IMMEDIATE
