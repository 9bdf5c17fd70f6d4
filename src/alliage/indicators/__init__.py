"""Indicators: a named measure of one question, and its value for each audience, wave and territory.

Law: an id, a definition, a base, a unit and a caution, or it does not exist.
"""
