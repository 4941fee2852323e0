"""Runs the statements on standard input as `postgres`, in one transaction: the way of the JS tests to the database."""

import sys

import psycopg

from siso_local.settings import Settings

if __name__ == "__main__":
    with psycopg.connect(Settings.load().dsn("postgres")) as connection:
        connection.execute(sys.stdin.buffer.read())
