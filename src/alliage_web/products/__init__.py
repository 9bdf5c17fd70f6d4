"""One folder of pages per product; products do not know each other."""
