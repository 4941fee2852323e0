"""A year of a partner programme, played through the functions that the app and the workers call.

``play.play`` moves ``private.clock`` from day to day and lets about forty people do what people do: apply, learn, log
leads, win, be paid, ask for help. No figure is written by hand: every commission, tier, rank and badge is what the
product's own functions made of it, so everything reconciles (A-16). The story is decided before it is played
(``cast``, ``pipeline``), from fixed seeds, relative to today.

All of it is one transaction of one connection, the Stripe double's store another that is committed just before: a play
that is killed leaves nothing, and the next start plays again. What only tells screens and workers that something is
new (``realtime.send``, ``private.ring``) is silent for the length of that transaction.
"""
