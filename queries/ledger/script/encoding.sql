-- Says how the script is written; a session may expect something else.
SET client_encoding = 'UTF8'
