"""A study is a folder: who was asked, when, how they were chosen, how they are weighted. An observatory gathers studies.

Law: what changes a figure is declared here, in words and in data; nothing about a figure is decided anywhere else.
"""
