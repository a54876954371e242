"""`python -m console` is the command `dbconsole`."""

from console.cli.main import main

main()
