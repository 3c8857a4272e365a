"""What figures are worth: intervals, significance, agreement of annotators."""
