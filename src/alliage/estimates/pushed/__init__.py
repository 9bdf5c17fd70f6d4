"""Level 1 where the data is: tables, designs, items and moments of answers that an engine holds."""
