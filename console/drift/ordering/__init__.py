"""What is decided, as steps in an order that works, and as statements."""
