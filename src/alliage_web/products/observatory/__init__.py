"""The observatory: figures, crossed views, territories, studies, and the answer to "why this number?"."""
