"""What operators see of the service: log, figures, spans, the id of every request."""
