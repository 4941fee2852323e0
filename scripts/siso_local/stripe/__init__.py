"""A stateful double of Stripe Connect: ``python -m siso_local.stripe``.

It is judged by the official SDK (stripe 16.1, API 2026-10-28.endive) and takes its contract from it: which parameters
an operation knows, needs and allows is read from the SDK's own types (``contract.py``), never listed by hand.

What it holds: accounts (v2 and their v1 view), hosted onboarding, an Express-like dashboard, balances, transfers,
reversals, top-ups, payouts (automatic, standard, instant, failing), events with signed webhooks (snapshot and thin),
idempotency, a virtual clock and faults on demand. Money is conserved: ``GET /_double/totals`` proves it at any time.
State lives in one SQLite file in the state folder and is committed before a request is answered, so a killed double
forgets no transfer.

To use Stripe's real sandbox instead: leave ``STRIPE_API_BASE`` unset (the workers then speak to
https://api.stripe.com), give them the sandbox key and the sandbox's webhook secrets, and forward webhooks with
``stripe listen``. The double's integration tests run against the sandbox when ``STRIPE_SANDBOX_KEY`` is set; do that
before launch.

Environment (all optional):
    STRIPE_WEBHOOKS          JSON list of {"kind": "platform" | "connect" | "thin", "url": …, "secret": …}
    STRIPE_START_BALANCE     JSON of the platform's first balance in minor units, 100,000,000 of usd, eur, gbp, jpy
    STRIPE_LATENCY_MS        how long a POST is in flight, default 15; a second call with its key meanwhile gets 409

Control, JSON bodies, loopback only, no key: ``/_double/faults``, ``/_double/clock``, ``/_double/clock/advance``,
``/_double/reset``, ``/_double/totals``, ``/_double/state``, ``/_double/fund``, ``/_double/webhooks``,
``/_double/deliveries``, ``/_double/events/{id}/resend``, ``/_double/accounts/{id}/onboard``,
``/_double/accounts/{id}/status`` (``control.py``).

Known gaps, each answered with a clear error where an answer is needed:
- no charges, refunds, disputes, invoices, persons, account sessions, Global Payouts; no ``source_transaction``;
- no currency conversion: a transfer's currency stays, and a payout of any currency goes to the one external account;
- no fees (instant payouts included), no minimum amounts per country, no daily limits of instant payouts;
- one external account per connected account, replaced through the onboarding or dashboard page, not by the API;
- no payouts from the platform to its own bank; no restricted keys, one secret key;
- v2 errors carry the v1 error shape; v2 lists have no previous page; unlisted v2 fields are null;
- accounts in the merchant or customer configuration are refused; only the recipient configuration exists;
- webhooks are retried for half an hour, not for three days;
- texts of messages are close to Stripe's, not identical; faults are forgotten when the double is restarted.
"""

API_VERSION = "2026-10-28.endive"
