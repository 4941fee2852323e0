"""Auth: accounts, sessions and second factors for the local platform, on the tables and paths of hosted Supabase.

What the official JavaScript and Python clients, the app, the workers and the admin actions use: sign-up with a
confirmed address, password, magic link and one-time code (implicit and PKCE), refresh with rotation and detection of
reuse, recovery, change of address and password, sign-out scopes, TOTP with ``aal`` and ``amr``, administration of
users, the custom access token hook, bans, limits and mails from ``supabase/templates``.

Left out: telephone numbers, anonymous and social sign-in, linking of identities, SAML, passkeys and web3, being an
OAuth server, CAPTCHA, the other hooks, leaked-password look-ups, encryption of TOTP secrets at rest, and limits that
outlive a restart of this one process. Third-party issuers need nothing here: ``siso_local.tokens`` verifies their
tokens.

This package goes as soon as a kept one passes the same tests.
"""
