"""Text in roles: what every picture is made of, whoever draws it and wherever it is shown."""
