import { toAppError } from '@/lib/errors';
import { getAuth } from '@/lib/supabase';
import type { SignIn, SignUp } from './model';

const CONFIRM_PATH = '/auth/confirm';
const RESET_PATH = '/auth/reset';

/** Runs one call of the auth client and turns both ways of failing into an `AppError`. */
async function call<T>(request: (auth: Awaited<ReturnType<typeof getAuth>>) => Promise<{ data: T; error: unknown }>): Promise<T> {
  let result: { data: T; error: unknown };
  try {
    result = await request(await getAuth());
  } catch (error) {
    throw toAppError(error);
  }
  if (result.error !== null) throw toAppError(result.error);
  return result.data;
}

export async function signIn({ email, password }: SignIn): Promise<void> {
  await call((auth) => auth.signInWithPassword({ email, password }));
}

/** Makes an account. False when the address has to be confirmed first (the normal case). */
export async function signUp({ name, email, password }: SignUp): Promise<boolean> {
  const data = await call((auth) =>
    auth.signUp({ email, password, options: { data: { name }, emailRedirectTo: location.origin + CONFIRM_PATH } }),
  );
  return data.session !== null;
}

export async function resendConfirmation(email: string): Promise<void> {
  await call((auth) =>
    auth.resend({ type: 'signup', email, options: { emailRedirectTo: location.origin + CONFIRM_PATH } }),
  );
}

export async function sendRecovery(email: string): Promise<void> {
  await call((auth) => auth.resetPasswordForEmail(email, { redirectTo: location.origin + RESET_PATH }));
}

export async function saveNewPassword(password: string): Promise<void> {
  await call((auth) => auth.updateUser({ password }));
}

/**
 * Finishes a link from a mail: either with a token hash in the address, or with tokens that the auth client has read from
 * the address by itself. True when there is a session now.
 */
export async function finishMailLink(search: URLSearchParams): Promise<boolean> {
  const tokenHash = search.get('token_hash');
  if (tokenHash !== null) {
    const type = search.get('type') === 'recovery' ? 'recovery' : 'email';
    await call((auth) => auth.verifyOtp({ token_hash: tokenHash, type }));
    return true;
  }
  const data = await call((auth) => auth.getSession());
  return data.session !== null;
}

/** Verifies a code of the first authenticator of the signed-in person. */
export async function verifyCode(code: string): Promise<void> {
  const factors = await call((auth) => auth.mfa.listFactors());
  const factor = factors.totp[0];
  if (factor === undefined) throw toAppError({ code: 'PT403', details: '{"rule":"mfa_not_enrolled"}' });
  await call((auth) => auth.mfa.challengeAndVerify({ factorId: factor.id, code }));
}
