"""From bytes to passages."""
