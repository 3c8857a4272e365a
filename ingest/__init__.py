"""Ground floor: a government notice becomes a checked catalogue and a searchable index."""
