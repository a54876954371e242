"""What each shipped panel has to show, asked of the tables in the plainest way; a module for each system."""
