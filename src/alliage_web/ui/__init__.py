"""What every page shares: its frame, its words, its look, its security headers."""
