-- Forgets what the file has set for the session.
RESET ALL;
SET client_encoding = 'UTF8';
