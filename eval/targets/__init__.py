"""What can be measured: the product, its parts, other services, models and frameworks."""
