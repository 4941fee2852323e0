"""Storage of the local platform: what the official clients use of hosted Supabase Storage, on one machine.

Buckets; upload (form and raw body, upsert), download with ranges, info, list, move, copy, remove; signed URLs for one
object, for many and for an upload. Who may do what is decided by the policies on ``storage.buckets`` and
``storage.objects`` alone: every statement runs under the caller's role and claims. Files lie below
``<state>/storage/objects`` under ids that this server made; no part of a path comes from a request.

Left out: resumable (TUS) uploads, image transformation (``/render/image`` serves nothing), the S3 protocol, object
versioning and bucket lifecycles, stored content encodings, analytics and vector buckets, the cache purge calls and
webhooks. Emptying a bucket happens at once instead of in a queue.
"""
