"""The roof: what people see. The web page talks to the API through HTTP only; the terminal runs the operations."""
