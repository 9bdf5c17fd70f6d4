"""Replicate designs: how replicates are made or given, what they hold, and how an estimate is made again under each."""
