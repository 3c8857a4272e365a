"""What stands before every request: limits, and what is refused unread."""
