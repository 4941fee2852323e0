"""Command line of ``./scripts/admin``."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from postgrest import APIError

from siso_admin.actions import ACTIONS, Rows
from siso_admin.client_files import CLIENT_FILES
from siso_admin.decisions import DECISIONS
from siso_admin.payouts import PAYOUTS
from siso_admin.programme import PROGRAMME
from siso_admin.session import RefusedError, sign_in
from siso_admin.tax import TAX

EVERYTHING = (*ACTIONS, *DECISIONS, *PAYOUTS, *TAX, *CLIENT_FILES, *PROGRAMME)
EPILOG = """\
E-mail and password come from SISO_ADMIN_EMAIL and SISO_ADMIN_PASSWORD or are asked for; the code comes from --code or
is asked for. SUPABASE_URL and SUPABASE_PUBLISHABLE_KEY choose the installation; without them it is the local platform.
"""


def parser() -> argparse.ArgumentParser:
    """The command line; ``run`` of what it parsed is the action."""
    made = argparse.ArgumentParser(prog="./scripts/admin", description="Actions of staff.", epilog=EPILOG)
    made.add_argument("--email", help="staff account to act with")
    made.add_argument("--code", help="six digits from its authenticator app")
    made.add_argument("--json", action="store_true", help="print JSON instead of a table")
    actions = made.add_subparsers(dest="action", required=True, metavar="action")
    for action in EVERYTHING:
        sub = actions.add_parser(action.name, help=action.help, description=action.help)
        for name, options in action.arguments:
            sub.add_argument(name, **options)
        sub.set_defaults(run=action.run)
    return made


def _show(rows: Rows) -> str:
    if not rows:
        return "Nothing found."
    if len(rows) == 1:
        width = max(len(key) for key in rows[0])
        return "\n".join(f"{key:<{width}}  {_cell(value)}" for key, value in rows[0].items())
    names = list(rows[0])
    table = [names, *[[_cell(row.get(name)) for name in names] for row in rows]]
    widths = [max(len(line[column]) for line in table) for column in range(len(names))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in table)


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def main() -> int:
    options = parser().parse_args()
    try:
        rows = options.run(sign_in(options.email, options.code), options)
    except (RefusedError, LookupError) as error:
        print(error, file=sys.stderr)
        return 1
    except APIError as error:
        print(f"Refused ({error.code}): {error.message}", error.hint or "", file=sys.stderr)
        return 1
    print(json.dumps(rows, indent=2, ensure_ascii=False) if options.json else _show(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
