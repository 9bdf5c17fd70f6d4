"""The made-up observatory: synthetic respondents, calibrated on published figures, and said so everywhere.

Law: fixed seed, declared assumptions, declared targets. Nothing here may be taken for somebody's data.
"""
