"""The site: reads a release, shows it, computes nothing."""
