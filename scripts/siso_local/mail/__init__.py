"""The mail catcher: takes every mail that the platform sends and shows it on a web page and as JSON.

It leaves out what a mailbox has beyond that: sending on, TLS, accounts.
"""
