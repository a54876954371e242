"""The driver's room: connecting, sessions, the guard's server side, errors in our words, servers of our own."""
