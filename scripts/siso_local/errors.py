"""The one kind of error that a command shows as a single sentence."""


class PlatformError(Exception):
    """``args[0]`` is a whole sentence for the person at the terminal: what is wrong, where, and what to do."""
