"""Published figures and their sources: what others measured, where it is told, and where the tellings disagree.

Law: raw is kept as received; a conflict is shown, never resolved in silence.
"""
