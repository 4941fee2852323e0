"""``python -m siso_local.demo_year``: plays the year into the platform in ``SISO_STATE``, once. With ``--wait`` it gets
ready and begins when it reads a line."""

from __future__ import annotations

import gc
import logging
import sys

import psycopg
import structlog

from siso_local import demo_data
from siso_local.demo_year.play import get_ready, is_fresh, is_played, play
from siso_local.demo_year.steps import StepError
from siso_local.settings import Settings


def main() -> None:
    settings = Settings.load()
    get_ready()
    if "--wait" in sys.argv[1:] and not sys.stdin.readline():
        return  # whoever started us is gone
    with psycopg.connect(settings.dsn("supabase_admin"), autocommit=True) as db:
        if is_played(db):  # and killed before it could be noted
            demo_data.note_year(demo_data.PLAYED)
            return
        if not is_fresh(db):
            demo_data.note_year("left out, since this database is in use")
            return
    # What is there now stays; looking for garbage in it again and again takes a tenth of the time.
    gc.freeze()
    gc.set_threshold(50_000)
    # The workers' own logs of a year would be thousands of lines.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    # What psycopg says of the stream that broke off hides what broke it.
    logging.getLogger("psycopg").setLevel(logging.ERROR)
    try:
        played = play(settings)
    except StepError as error:
        print(error, file=sys.stderr)  # the start shows this line; the whole trace is for the log
        raise
    figures = ", ".join(f"{number} {name}" for name, number in played.items())
    demo_data.note_year(f"{demo_data.PLAYED}, {figures}")


if __name__ == "__main__":
    main()
