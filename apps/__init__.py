"""What people look at: one file per page, one file per card in cards/.

A file without an underscore is a page; a file with one is what pages are made of.
"""
