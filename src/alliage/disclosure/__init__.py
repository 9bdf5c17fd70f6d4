"""The one door to the public: what may be shown, how precisely, and why the rest is not.

Law: one door; fail closed; what is hidden is hidden in page, CSV, API, PDF, map and alt text alike.
"""
