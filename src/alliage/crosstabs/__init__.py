"""Crosstabs: the banner-and-stub tables of survey institutes, with letters of significance, to print or to a workbook.

Law: a column too small to be read is marked and not tested; a letter says a difference the design allows, none other.
"""

from alliage.crosstabs.declarations import Mean, Question, Several
from alliage.crosstabs.results import Column, Crosstab, Row, Table
from alliage.crosstabs.tabulating import crosstab

__all__ = ["Column", "Crosstab", "Mean", "Question", "Row", "Several", "Table", "crosstab"]
