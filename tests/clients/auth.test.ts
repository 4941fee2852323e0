// The whole round of the official JavaScript client against Auth: sign up, mail, confirm, sign in, second factor, refresh,
// recovery, change of address, scopes of signing out; and what is refused on the way.
import { randomUUID } from 'node:crypto';
import { createClient, type AuthError, type Session, type SupabaseClient } from '@supabase/supabase-js';
import { TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';

const PASSWORD = 'Starter-pass-2026';

function env(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: take it from ./scripts/status -o env`);
  return value;
}

function client(flowType: 'implicit' | 'pkce' = 'implicit', key = env('PUBLISHABLE_KEY')): SupabaseClient {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
  const auth = { flowType, storage, storageKey: randomUUID(), autoRefreshToken: false, detectSessionInUrl: false };
  return createClient(env('API_URL'), key, { auth });
}

const admin = client('implicit', env('SECRET_KEY')).auth.admin;
const newEmail = (): string => `starter-${randomUUID().slice(0, 13)}@example.com`;
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** The data of an answer that must not be an error. */
function must<A extends { data: unknown; error: AuthError | null }>(answer: A): Extract<A, { error: null }>['data'] {
  if (answer.error) throw answer.error;
  return answer.data;
}

function refused(answer: { error: AuthError | null }, code: string, status: number): void {
  expect([answer.error?.code, answer.error?.status]).toEqual([code, status]);
}

/** How the client reports that its session is over. */
function signedOut(answer: { error: AuthError | null }): void {
  expect(answer.error?.name).toBe('AuthSessionMissingError');
}

interface Mail {
  subject: string;
  text: string;
}

async function mail(to: string, count = 1): Promise<{ link: string; code: string; subject: string }> {
  for (let round = 0; round < 100; round++) {
    const answer = await fetch(`${env('MAIL_URL')}/api/messages?to=${encodeURIComponent(to)}`);
    const found = (await answer.json()) as Mail[];
    const newest = found[0];
    if (newest && found.length >= count) {
      const link = /https?:\/\/\S+\/verify\?\S+/.exec(newest.text)?.[0] ?? '';
      const code = /\b\d{6}\b/.exec(newest.text.replaceAll(/https?:\/\/\S+/g, ''))?.[0] ?? '';
      return { link, code, subject: newest.subject };
    }
    await pause(50);
  }
  throw new Error(`no mail number ${count} to ${to}`);
}

/** Opens a link as a browser does: what the address that it leads to says. */
async function follow(link: string): Promise<URLSearchParams> {
  const answer = await fetch(link, { redirect: 'manual' });
  expect(answer.status).toBe(303);
  const place = new URL(answer.headers.get('location') ?? '');
  return new URLSearchParams([...place.searchParams, ...new URLSearchParams(place.hash.slice(1))]);
}

async function signedIn(): Promise<{ user: SupabaseClient; email: string; session: Session }> {
  const email = newEmail();
  must(await admin.createUser({ email, password: PASSWORD, email_confirm: true }));
  const user = client();
  const { session } = must(await user.auth.signInWithPassword({ email, password: PASSWORD }));
  return { user, email, session };
}

async function useLink(user: SupabaseClient, link: string): Promise<void> {
  const said = await follow(link);
  const tokens = { access_token: said.get('access_token') ?? '', refresh_token: said.get('refresh_token') ?? '' };
  must(await user.auth.setSession(tokens));
}

describe('signing up and in', () => {
  it('confirms the address first', async () => {
    const email = newEmail();
    const user = client();
    const made = must(
      await user.auth.signUp({ email, password: PASSWORD, options: { data: { display_name: 'Starter 03' } } }),
    );
    expect(made.session).toBeNull();
    expect(made.user?.user_metadata['display_name']).toBe('Starter 03');
    refused(await user.auth.signInWithPassword({ email, password: PASSWORD }), 'email_not_confirmed', 400);
    const { link, subject } = await mail(email);
    expect(subject).toBe('Confirm your e-mail address');
    expect((await follow(link)).get('type')).toBe('signup');
    expect((await follow(link)).get('error_code')).toBe('otp_expired');
    const { session } = must(await user.auth.signInWithPassword({ email, password: PASSWORD }));
    expect(session.token_type).toBe('bearer');
    const { claims } = must(await user.auth.getClaims()) ?? {};
    expect(claims).toMatchObject({ aal: 'aal1', role: 'authenticated', email });
  });

  it('takes a code once', async () => {
    const { email } = await signedIn();
    const user = client();
    must(await user.auth.signInWithOtp({ email, options: { shouldCreateUser: false } }));
    const { code } = await mail(email);
    expect(must(await user.auth.verifyOtp({ email, token: code, type: 'email' })).user?.email).toBe(email);
    refused(await user.auth.verifyOtp({ email, token: code, type: 'email' }), 'otp_expired', 403);
  });

  it('refuses what is wrong', async () => {
    const { email } = await signedIn();
    const user = client();
    refused(await user.auth.signInWithPassword({ email, password: 'Wrong-pass-1' }), 'invalid_credentials', 400);
    refused(await user.auth.signUp({ email: newEmail(), password: 'short' }), 'weak_password', 422);
    const taken = must(await user.auth.signUp({ email, password: PASSWORD }));
    expect(taken.user?.identities).toEqual([]);
    refused(
      await user.auth.signInWithOtp({ email: newEmail(), options: { shouldCreateUser: false } }),
      'otp_disabled',
      422,
    );
    must(await user.auth.resetPasswordForEmail(email));
    refused(await user.auth.resetPasswordForEmail(email), 'over_email_send_rate_limit', 429);
  });

  it('keeps banned users out', async () => {
    const { user, email, session } = await signedIn();
    const changed = must(await admin.updateUserById(session.user.id, { ban_duration: '1h' }));
    expect(changed.user.banned_until).toBeTruthy();
    refused(await user.auth.getUser(), 'user_banned', 403);
    refused(await client().auth.signInWithPassword({ email, password: PASSWORD }), 'user_banned', 400);
    refused(await user.auth.refreshSession(), 'user_banned', 400);
  });

  it('exchanges a link for a session in the browser that asked for it', async () => {
    const email = newEmail();
    const user = client('pkce');
    must(await user.auth.signUp({ email, password: PASSWORD }));
    const code = (await follow((await mail(email)).link)).get('code') ?? '';
    expect((await client('pkce').auth.exchangeCodeForSession(code)).error).not.toBeNull();
    const { session } = must(await user.auth.exchangeCodeForSession(code));
    expect(session.user.email).toBe(email);

    const wanted = newEmail();
    must(await user.auth.updateUser({ email: wanted }));
    expect((await follow((await mail(wanted)).link)).get('message')).toContain('accepted');
    const second = (await follow((await mail(email, 2)).link)).get('code') ?? '';
    expect(must(await user.auth.exchangeCodeForSession(second)).user.email).toBe(wanted);
  });
});

describe('sessions', () => {
  it('rotates refresh tokens and notices theft', async () => {
    const { user, session } = await signedIn();
    const second = must(await user.auth.refreshSession()).session;
    expect(second?.refresh_token).not.toBe(session.refresh_token);
    // Used again at once (two tabs): the same successor.
    const again = must(await client().auth.refreshSession({ refresh_token: session.refresh_token })).session;
    expect(again?.refresh_token).toBe(second?.refresh_token);
    refused(await client().auth.refreshSession({ refresh_token: 'nonsense' }), 'refresh_token_not_found', 400);
  });

  it('ends as far as asked', async () => {
    const { user, email, session } = await signedIn();
    const [second, third] = [client(), client()];
    for (const other of [second, third]) must(await other.auth.signInWithPassword({ email, password: PASSWORD }));
    await user.auth.signOut({ scope: 'local' });
    signedOut(await client().auth.getUser(session.access_token));
    must(await second.auth.getUser());
    await second.auth.signOut({ scope: 'others' });
    expect((await third.auth.getUser()).error).not.toBeNull();
    const token = must(await second.auth.getSession()).session?.access_token ?? '';
    await second.auth.signOut();
    signedOut(await client().auth.getUser(token));
  });
});

describe('second factor', () => {
  it('raises the session to aal2 and guards the account', async () => {
    const { user, email } = await signedIn();
    const enrolled = must(await user.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'phone', issuer: 'SISO' }));
    expect(enrolled.totp.qr_code).toMatch(/^data:image\/svg\+xml;utf-8,<svg/);
    const totp = new TOTP({ secret: enrolled.totp.secret });
    const challenge = must(await user.auth.mfa.challenge({ factorId: enrolled.id }));
    expect(challenge.expires_at).toBeGreaterThan(Date.now() / 1000);
    const wrong = await user.auth.mfa.verify({ factorId: enrolled.id, challengeId: challenge.id, code: '12345' });
    refused(wrong, 'mfa_verification_failed', 422);
    const code = totp.generate();
    const verified = must(await user.auth.mfa.verify({ factorId: enrolled.id, challengeId: challenge.id, code }));
    expect(verified.user.factors?.map((factor) => factor.status)).toEqual(['verified']);
    const level = must(await user.auth.mfa.getAuthenticatorAssuranceLevel());
    expect([level.currentLevel, level.nextLevel]).toEqual(['aal2', 'aal2']);
    expect(
      level.currentAuthenticationMethods.map((entry) => (typeof entry === 'string' ? entry : entry.method)),
    ).toEqual(['totp', 'password']);
    must(await user.auth.refreshSession());
    expect(must(await user.auth.mfa.getAuthenticatorAssuranceLevel()).currentLevel).toBe('aal2');

    const weak = client();
    must(await weak.auth.signInWithPassword({ email, password: PASSWORD }));
    const needed = must(await weak.auth.mfa.getAuthenticatorAssuranceLevel());
    expect([needed.currentLevel, needed.nextLevel]).toEqual(['aal1', 'aal2']);
    refused(await weak.auth.mfa.unenroll({ factorId: enrolled.id }), 'insufficient_aal', 422);
    refused(await weak.auth.updateUser({ password: 'Better-pass-2027' }), 'insufficient_aal', 401);
    refused(await weak.auth.mfa.challengeAndVerify({ factorId: enrolled.id, code }), 'mfa_verification_failed', 422);
    const next = totp.generate({ timestamp: Date.now() + 30_000 });
    must(await weak.auth.mfa.challengeAndVerify({ factorId: enrolled.id, code: next }));
    expect(must(await weak.auth.mfa.listFactors()).totp.map((factor) => factor.id)).toEqual([enrolled.id]);
    expect(must(await weak.auth.mfa.unenroll({ factorId: enrolled.id })).id).toBe(enrolled.id);
  });
});

describe('mails', () => {
  it('recovers a password', async () => {
    const { user: elsewhere, email } = await signedIn();
    const user = client();
    must(await user.auth.resetPasswordForEmail(email));
    await useLink(user, (await mail(email)).link);
    must(await user.auth.updateUser({ password: 'Better-pass-2027' }));
    signedOut(await elsewhere.auth.getUser());
    const again = must(await client().auth.signInWithPassword({ email, password: 'Better-pass-2027' }));
    expect(again.user.email).toBe(email);
  });

  it('changes an address when both say yes', async () => {
    const { user, email } = await signedIn();
    const wanted = newEmail();
    expect(must(await user.auth.updateUser({ email: wanted })).user.new_email).toBe(wanted);
    expect((await follow((await mail(wanted)).link)).get('access_token')).toBeNull();
    await useLink(user, (await mail(email)).link);
    expect(must(await user.auth.getUser()).user.email).toBe(wanted);
  });
});

describe('administration', () => {
  it('creates, lists, invites, links and deletes', async () => {
    const email = newEmail();
    const { user } = must(await admin.createUser({ email, password: PASSWORD, app_metadata: { staff: true } }));
    expect(user.app_metadata['staff']).toBe(true);
    expect(must(await admin.getUserById(user.id)).user.email).toBe(email);
    const listed = await admin.listUsers({ page: 1, perPage: 1 });
    expect(listed.data.users).toHaveLength(1);
    expect((listed.data as { total?: number }).total).toBeGreaterThan(0);
    const { properties } = must(await admin.generateLink({ type: 'magiclink', email }));
    must(await client().auth.verifyOtp({ token_hash: properties.hashed_token, type: 'magiclink' }));
    const invited = newEmail();
    must(await admin.inviteUserByEmail(invited));
    expect((await mail(invited)).subject).toBe('You are invited to SISO Partners');
    must(await admin.deleteUser(user.id));
    refused(await admin.getUserById(user.id), 'user_not_found', 404);
    const { user: partner } = await signedIn();
    refused(await partner.auth.admin.listUsers(), 'not_admin', 403);
  });
});
