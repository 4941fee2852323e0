"""A small Web Push service (RFC 8030, 8188, 8291, 8292) that is as strict as the real ones and shows what it got.

It leaves out delivery to browsers: subscriptions are made by request, with a key pair that the service keeps, so that
every message can be decrypted and read.
"""
