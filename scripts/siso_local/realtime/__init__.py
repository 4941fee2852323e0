"""The local Realtime server: what the official clients need of hosted Realtime for private broadcast channels.

It speaks protocol 1.0.0 (realtime-py) and 2.0.0 (realtime-js), asks the policies on ``realtime.messages`` who may join
and send, and delivers what ``realtime.send`` wrote once its transaction has committed. Left out: presence, replay,
``postgres_changes`` and the limit on deliveries per project; a client that asks for one of them is told so, and its
channel keeps working.
"""
