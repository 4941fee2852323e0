"""The double's own pages: hosted onboarding and the small dashboard. Each says plainly that it is a stand-in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from siso_local.stripe import accounts, externals, payouts
from siso_local.stripe.errors import StripeError
from siso_local.stripe.onboarding import complete, open_link, session_of
from siso_local.stripe.store import Row
from siso_local.stripe.world import World

NO_CENTS = {"jpy"}
NO_STORE = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
}


def money_text(amount: int, currency: str) -> str:
    if currency in NO_CENTS:
        return f"{amount:,} {currency.upper()}"
    return f"{amount // 100:,}.{amount % 100:02d} {currency.upper()}"


def day_text(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%-d %b %Y")


class Pages:
    def __init__(self, world: World) -> None:
        self.world = world
        self.templates = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)
        self.templates.filters["day"] = day_text

    def routes(self) -> list[Route]:
        return [
            Route("/connect/links/{token}", self.open_onboarding),
            Route("/connect/sessions/{id}", self.onboarding),
            Route("/connect/sessions/{id}", self.finish_onboarding, methods=["POST"]),
            Route("/express/links/{token}", self.open_dashboard),
            Route("/express/sessions/{id}", self.dashboard),
            Route("/express/sessions/{id}/bank", self.change_bank, methods=["POST"]),
            Route("/express/sessions/{id}/tax", self.give_tax_number, methods=["POST"]),
        ]

    def _page(self, name: str, status: int = 200, **values: Any) -> Response:
        return HTMLResponse(self.templates.get_template(name).render(**values), status, headers=NO_STORE)

    def _gone(self, text: str) -> Response:
        return self._page("message.html", 410, title="This link no longer works", text=text)

    async def open_onboarding(self, request: Request) -> Response:
        link, session = open_link(self.world, request.path_params["token"])
        if session:
            return RedirectResponse(f"/connect/sessions/{session}", 303, headers=NO_STORE)
        if link and link.get("refresh_url"):
            return RedirectResponse(link["refresh_url"], 303, headers=NO_STORE)
        return self._gone("Go back to the app and start again.")

    async def onboarding(self, request: Request) -> Response:
        found = session_of(self.world, request.path_params["id"])
        if not found or "return_url" not in found[0]:
            return self._gone("Go back to the app and start again.")
        return self._onboarding_form(*found)

    def _onboarding_form(self, session: Row, account: Row, problem: str = "", status: int = 200) -> Response:
        return self._page(
            "onboarding.html",
            status,
            session=session,
            account=account,
            currency=externals.COUNTRIES[account["country"]].currency.upper(),
            methods=externals.methods_of(account["country"]),
            problem=problem,
        )

    async def finish_onboarding(self, request: Request) -> Response:
        found = session_of(self.world, request.path_params["id"])
        if not found or "return_url" not in found[0]:
            return self._gone("Go back to the app and start again.")
        session, account = found
        form = await request.form()
        if form.get("action") != "leave":
            if form.get("terms") != "yes":
                return self._onboarding_form(session, account, "Please accept the terms to continue.", 422)
            try:
                with self.world.store.transaction():
                    method = str(form.get("method", ""))
                    if account["details_submitted"]:
                        payouts.replace_bank(self.world, account, method)
                    else:
                        complete(self.world, account, method, str(form.get("tax_number", "")).strip() or None)
            except StripeError as error:
                return self._onboarding_form(session, account, str(error), 422)
        self.world.store.execute("delete from objects where id = ?", session["id"])
        self.world.wake_sender()
        return RedirectResponse(session["return_url"], 303, headers=NO_STORE)

    async def open_dashboard(self, request: Request) -> Response:
        _, session = open_link(self.world, request.path_params["token"])
        if not session:
            return self._gone("Go back to the app and open the dashboard from there.")
        return RedirectResponse(f"/express/sessions/{session}", 303, headers=NO_STORE)

    async def dashboard(self, request: Request) -> Response:
        found = session_of(self.world, request.path_params["id"])
        if not found or not found[0].get("dashboard"):
            return self._gone("Go back to the app and open the dashboard from there.")
        return self._dashboard(*found)

    def _dashboard(self, session: Row, account: Row, problem: str = "", status: int = 200) -> Response:
        store = self.world.store
        balances = store.execute(
            "select currency, sum(amount) as amount from balances where account = ? group by 1", account["id"]
        )
        return self._page(
            "dashboard.html",
            status,
            session=session,
            account=account,
            balances=[money_text(row["amount"], row["currency"]) for row in balances],
            bank=externals.current(self.world, account["id"]),
            methods=externals.methods_of(account["country"]),
            transfers=self._lines(store.find("transfer", destination=account["id"])[:50]),
            payouts=self._lines(store.find("payout", account["id"])[:50]),
            problem=problem,
        )

    def _lines(self, rows: list[Row]) -> list[Row]:
        return [row | {"text": money_text(row["amount"], row["currency"])} for row in rows]

    async def give_tax_number(self, request: Request) -> Response:
        found = session_of(self.world, request.path_params["id"])
        if not found or not found[0].get("dashboard"):
            return self._gone("Go back to the app and open the dashboard from there.")
        session, account = found
        form = await request.form()
        number = str(form.get("tax_number", "")).strip()
        if not number:
            return self._dashboard(session, account, "Enter a tax number.", 422)
        with self.world.store.transaction():
            accounts.set_tax(self.world, account, "complete", number)
        self.world.wake_sender()
        return RedirectResponse(f"/express/sessions/{session['id']}", 303, headers=NO_STORE)

    async def change_bank(self, request: Request) -> Response:
        found = session_of(self.world, request.path_params["id"])
        if not found or not found[0].get("dashboard"):
            return self._gone("Go back to the app and open the dashboard from there.")
        session, account = found
        form = await request.form()
        try:
            with self.world.store.transaction():
                payouts.replace_bank(self.world, account, str(form.get("method", "")))
        except StripeError as error:
            return self._dashboard(session, account, str(error), 422)
        self.world.wake_sender()
        return RedirectResponse(f"/express/sessions/{session['id']}", 303, headers=NO_STORE)
