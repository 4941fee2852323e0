"""The story itself: who does what, in which order, and what has to be different afterwards."""

from __future__ import annotations

import json
import random
import re
import uuid
from typing import Any

import httpx
from postgrest import APIError
from supabase import Client, create_client

from siso_local.settings import Settings
from tests.e2e.demo import statement
from tests.e2e.demo.books import Books
from tests.e2e.demo.narrator import Narrator, money
from tests.e2e.demo.phone import Phone
from tests.e2e.demo.staff import act, next_code
from tests.e2e.people import client_pays, mail_to

VALUE = 250_000
COMMISSION = 50_000  # 20 % of it, the rate of a Starter
SHOWN = "$500.00"


def _cells(figures: dict[str, str]) -> str:
    return " · ".join(f"{name} {amount}" for name, amount in figures.items())


class Story:
    def __init__(self, settings: Settings, narrator: Narrator, phone: Phone, books: Books) -> None:
        self._settings = settings
        self._tell = narrator
        self._phone = phone
        self._books = books
        number = random.randint(1000, 9999)  # others may play at the same time
        self._email = f"partner.{uuid.uuid4().hex[:10]}@example.com"
        self._password = f"Pass-{uuid.uuid4().hex[:12]}-1"
        self._name = f"Partner {number}"
        self._company = f"Client {uuid.uuid4().hex[:6]}"
        self._phone_number = f"+1 202 {random.randint(200, 999)} {number}"
        self._code = ""
        self._secret = ""
        self._partner = ""
        self._deal = ""
        self._device: dict[str, Any] = {}

    def play(self) -> None:
        self._tell.say(f"The partner: {self._name}, {self._email}. The client: {self._company}.\n")
        self._sign_up()
        self._be_approved()
        self._secure()
        self._sell()
        self._be_verified()
        line = self._be_paid_by_the_client()
        payout = self._pay_out()
        self._settle(line, payout)

    def _sign_up(self) -> None:
        tell, phone = self._tell, self._phone
        with tell.step("The partner opens the app on a phone and signs up with e-mail and password"):
            version = phone.started()
            phone.do("signUp", name=self._name, email=self._email, password=self._password)
            mail = mail_to(self._settings, self._email, "Confirm")
            tell.changed(f"Chromium {version}, 390 × 844; account: none → unconfirmed; mail “{mail['subject']}”")
        with tell.step("The partner opens the link in the mail and sends the application"):
            link = re.search(r"https?://[^\s\"<>]+/auth/v1/verify[^\s\"<>]+", f"{mail['html']} {mail['text']}")
            if not link:
                raise ValueError("the mail holds no link")
            phone.do("openMailLink", link=link.group().replace("&amp;", "&"))
            phone.do("apply", name=self._name)
            phone.do("leaveWhileWaiting")
            tell.changed("account: unconfirmed → confirmed; application: none → submitted")

    def _be_approved(self) -> None:
        tell, phone = self._tell, self._phone
        with tell.step("Staff approve the application at a terminal, with a code: ./scripts/admin"):
            who = act(self._settings, ("admin", "owner"), "approve-application", self._email)
            row = self._books.one(
                "select id, status::text, current_tier::text, commission_rate from public.partners where email = %s",
                self._email,
            )
            self._partner = str(row["id"])
            tell.changed(f"by {who}; application: submitted → approved")
            tell.changed(f"partner: none → {row['status']}, {row['current_tier']} tier")
        with tell.step("The partner signs in and finds the dashboard"):
            phone.do("signIn", email=self._email, password=self._password)

    def _secure(self) -> None:
        tell, phone = self._tell, self._phone
        with tell.step("The partner sets up an authenticator app: payouts will ask for its code"):
            self._secret = str(phone.do("showAuthenticatorKey")).replace(" ", "")
            self._code = next_code(self._secret)
            phone.do("enrol", code=self._code)
            tell.changed("second factor: none → verified; session: password → password and code")
        with tell.step("The partner connects a payout account on Stripe's own pages"):
            account = phone.do("connectPayoutAccount")
            tell.changed(f"at {account['host']} (the Stripe double); payout account: none → ready, {account['label']}")

    def _sell(self) -> None:
        tell, phone = self._tell, self._phone
        with tell.step(f"The partner adds {self._company} as a lead and moves it through the stages"):
            email = f"{self._company.lower().replace(' ', '.')}@example.com"
            contact = f"Contact {self._name[-4:]}"
            phone.do(
                "addLead",
                company=self._company,
                contact=contact,
                phone=self._phone_number,
                email=email,
                value=f"{VALUE // 100:,}.00",
            )
            phone.do("moveLead", company=self._company)
            tell.changed("lead: new → contacted → qualified → proposal sent")
        with tell.step("The partner marks it as won"):
            self._deal = phone.do("markWon", company=self._company, estimate=SHOWN)
            tell.changed(f"lead: proposal sent → won; deal {self._deal}: none → claimed, {money(VALUE)} at 20 %")
            figures = phone.do("watchEarnings")
            tell.changed(f"earnings: {_cells(figures)}")
            if figures["Estimated"] != SHOWN:
                raise ValueError(f"the earnings page shows {figures['Estimated']} as estimated, not {SHOWN}")

    def _be_verified(self) -> None:
        with self._tell.step("Staff verify the deal: ./scripts/admin verify-deal"):
            who = act(self._settings, ("finance", "owner", "admin"), "verify-deal", self._deal, str(VALUE))
            self._tell.changed(f"by {who}; deal {self._deal}: claimed → verified")

    def _be_paid_by_the_client(self) -> str:
        """Returns the id of the commission line."""
        tell, books = self._tell, self._books
        with tell.step("The client pays: SISO's system sends a signed event about it"):
            source = f"demo-{self._deal}"
            answer = client_pays(self._settings, self._deal, VALUE, source_id=source)
            if answer.status_code != 202:
                raise ValueError(f"the event was answered with {answer.status_code}: {answer.text}")
            again = client_pays(self._settings, self._deal, VALUE, source_id=source)
            if again.status_code != 200:
                raise ValueError(f"the same event once more was answered with {again.status_code}: {again.text}")
            event = books.one("select id from ops.inbound_events where source_id = %s", source)
            tell.changed(f"{money(VALUE)}, cleared 31 days ago, so that the clearing period of 30 days is over already")
            tell.changed("answered 202; the same event once more is answered 200 and changes nothing")
            tell.changed(str(books.job("commission.accrue", str(event["id"]))))
            row = books.one(
                "select line.id from public.commissions as line join public.client_payments as payment"
                " on payment.id = line.client_payment_id where payment.inbound_event_id = %s",
                event["id"],
            )
            line = str(row["id"])
            tell.changed(books.journals("commission", line)[0])
        with tell.step("The money appears on the partner's screen without a reload"):
            seen = self._phone.do("seeMoney", rows="Pending,Payable", amount=SHOWN, picture="money-pending-live")
            tell.changed(_cells(seen))
        with tell.step("The clearing worker finds that the clearing period is over"):
            seen = self._phone.do("seeMoney", rows="Payable", amount=SHOWN, picture="money-available-live")
            tell.changed(f"{_cells(seen)} (again without a reload)")
            tell.changed(books.journals("commission", line)[1])
        return line

    def _pay_out(self) -> str:
        """Returns the id of the payout."""
        tell, phone, books = self._tell, self._phone, self._books
        with tell.step("Somebody who knows only the password asks for the money"):
            try:
                self._sign_in_without_code().rpc(
                    "request_payout", {"currency": "USD", "request_id": str(uuid.uuid4())}
                ).execute()
            except APIError as error:
                if "mfa_required" not in str(error.details):
                    raise
                tell.changed(f"refused: {error.code}, {error.message}")
            else:
                raise ValueError("a payout was accepted without a second factor")
        with tell.step("The partner signs out, and in again: now with a new code from the authenticator app"):
            phone.do("signOut")
            phone.do("signIn", email=self._email, password=self._password, code=next_code(self._secret, self._code))
            tell.changed("session: none → password and code; for ten minutes it may move money")
        with tell.step("The partner turns push notifications on"):
            answer = httpx.post(f"{self._settings.url('push')}/_double/subscriptions", json={}, timeout=10)
            self._device = answer.json()
            phone.do("turnPushOn", subscription=json.dumps(self._device))
            tell.changed("this device: no push → subscribed (the local push service stands in for the browser maker's)")
        with tell.step("The partner asks for the payout"):
            phone.do("requestPayout", amount=SHOWN)
            row = books.one("select id, amount from public.payouts where partner_id = %s", self._partner)
            payout = str(row["id"])
            tell.changed(f"payout {payout[:8]}: none → approved, {money(row['amount'])}")
            tell.changed(books.journals("payout", payout)[0])
        with tell.step("The payout worker transfers through Stripe, and Stripe's webhook comes back"):
            tell.changed(str(books.job("payout.send", payout)))
            transfers = books.transfers(payout)
            if [transfer["amount"] for transfer in transfers] != [COMMISSION]:
                raise ValueError(f"Stripe has made {len(transfers)} transfers for this payout, not one of {SHOWN}")
            event = books.one(
                "select id, payload ->> 'type' as type from ops.inbound_events where source = 'stripe:platform'"
                " and payload #>> '{data,object,id}' = %s order by received_at",
                transfers[0]["id"],
            )
            tell.changed(f"Stripe: 1 transfer, {transfers[0]['id']}, {money(COMMISSION)}")
            tell.changed(f"webhook {event['type']}: {books.job('stripe.event', str(event['id']))}")
        with tell.step("The status on the screen becomes paid, without a reload"):
            phone.do("seePaid")
            tell.changed(f"payout {payout[:8]}: approved → sending → sent → paid")
            tell.changed(books.journals("payout", payout)[1])
        with tell.step("A push notification arrives on the phone"):
            message, count = books.pushed(self._device["endpoint"], "Payout sent")
            if any(digit in message["body"] for digit in "0123456789"):
                raise ValueError(f"a lock screen must tell no amount: {message['body']}")
            tell.changed(f"decrypted: “{message['title']}: {message['body']}” (message {count} of this device)")
            phone.do("askWhy")
            phone.do("readNotifications")
        return payout

    def _sign_in_without_code(self) -> Client:
        client = create_client(self._settings.api_url, self._settings.publishable_key)
        client.auth.sign_in_with_password({"email": self._email, "password": self._password})
        return client

    def _settle(self, line: str, payout: str) -> None:
        """The statement, the books, and what the app complained about on the way."""
        tell, books = self._tell, self._books
        with tell.step("The partner reads the statement (with the official Python client)"):
            found = statement.read(self._sign_in_without_code(), "USD")
            if (len(found.entries), found.closing) != (2, 0):
                raise ValueError(f"it closes at {money(found.closing)}: {found.entries}")
        with tell.step("The books agree: every invariant of the database is looked at"):
            if len(books.transfers(payout)) != 1:
                raise ValueError("Stripe has made another transfer meanwhile")
            count, broken, others = books.checks({self._partner, payout, line, *found.lines})
            if broken:
                raise ValueError(f"broken: {broken}")
            tell.changed(f"{count} views, none shows a row of this story; rows of others: {others or 'none'}")
        with tell.step("The app has reported no error on any screen"):
            problems = self._phone.do("problems")
            if problems:
                raise ValueError("; ".join(problems))
        tell.say(f"\nStatement of {self._name}, USD\n")
        for text in found.show():
            tell.say(f"  {text}")
