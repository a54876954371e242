"""What a panel shows, made of its samples; how it is drawn is no matter here."""
