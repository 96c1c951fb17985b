"""An experiment as files that a person takes home and brings back.

All of it follows from a link of the lab: no page's session is asked, and nothing is kept. What is
written for other programs (command, Python, TOML, NetCDF) makes the same run with them; what the
lab reads again leads to a link, so that every value is checked as that of any link is.
"""
