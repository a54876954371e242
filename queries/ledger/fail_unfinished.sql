-- Records that the statement which was started has failed, and what the server said.
UPDATE dbconsole.unfinished SET doubtful = false, error = %(error)s WHERE version = %(version)s
