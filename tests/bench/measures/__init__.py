"""One module a subject: each has `measure(ground, sheet, *, quick)`, which appends its figures to the sheet."""
