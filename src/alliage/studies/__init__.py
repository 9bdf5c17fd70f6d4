"""A study is a folder: who was asked, when, how chosen, how weighted. An observatory gathers studies.

Law: what changes a figure is declared here, in words and in data; nothing about a figure is decided anywhere else.
"""

from alliage.studies.folders import ObservatoryFolder, StudyFolder
from alliage.studies.reading import read_observatory, read_study

__all__ = ["ObservatoryFolder", "StudyFolder", "read_observatory", "read_study"]
