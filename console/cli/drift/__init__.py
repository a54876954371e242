"""What differs between two schemas: `drift`."""
