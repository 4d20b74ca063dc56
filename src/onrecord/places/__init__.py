"""Places: a gazetteer of GeoNames, and which of its places the names of a text mean."""
