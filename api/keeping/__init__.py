"""What is kept of questions and tickets, and what is learned from it."""
