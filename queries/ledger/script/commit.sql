-- Makes it last.
COMMIT;
