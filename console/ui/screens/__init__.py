"""One module a screen, and one for each question the console asks over a screen."""
