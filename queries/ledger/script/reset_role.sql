-- Takes back the role that the file has set for the session.
RESET SESSION AUTHORIZATION;
RESET ROLE;
