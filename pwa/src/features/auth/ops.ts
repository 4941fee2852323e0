import { authCall } from '@/lib/auth';
import { toAppError } from '@/lib/errors';
import { callAsVisitor } from '@/lib/supabase';
import type { SignIn, SignUp } from './model';

const CONFIRM_PATH = '/auth/confirm';
const RESET_PATH = '/auth/reset';

export async function signIn({ email, password }: SignIn): Promise<void> {
  await authCall((auth) => auth.signInWithPassword({ email, password }));
}

/** Makes an account. False when the address has to be confirmed first (the normal case). */
export async function signUp({ name, email, password }: SignUp): Promise<boolean> {
  const data = await authCall((auth) =>
    auth.signUp({ email, password, options: { data: { name }, emailRedirectTo: location.origin + CONFIRM_PATH } }),
  );
  return data.session !== null;
}

export async function resendConfirmation(email: string): Promise<void> {
  await authCall((auth) =>
    auth.resend({ type: 'signup', email, options: { emailRedirectTo: location.origin + CONFIRM_PATH } }),
  );
}

/** Confirms the address by the code in the mail, for people who read it on another device. */
export async function confirmByCode(email: string, code: string): Promise<void> {
  await authCall((auth) => auth.verifyOtp({ email, token: code, type: 'email' }));
}

export async function sendRecovery(email: string): Promise<void> {
  await authCall((auth) => auth.resetPasswordForEmail(email, { redirectTo: location.origin + RESET_PATH }));
}

export async function saveNewPassword(password: string): Promise<void> {
  await authCall((auth) => auth.updateUser({ password }));
}

/**
 * Finishes a link from a mail: either with a token hash in the address, or with tokens that the auth client has read from
 * the address by itself. True when there is a session now.
 */
export async function finishMailLink(search: URLSearchParams): Promise<boolean> {
  const tokenHash = search.get('token_hash');
  if (tokenHash !== null) {
    const type = search.get('type') === 'recovery' ? 'recovery' : 'email';
    await authCall((auth) => auth.verifyOtp({ token_hash: tokenHash, type }));
    return true;
  }
  const data = await authCall((auth) => auth.getSession());
  return data.session !== null;
}

/** Verifies a code of the first authenticator of the signed-in person. */
export async function verifyCode(code: string): Promise<void> {
  const factors = await authCall((auth) => auth.mfa.listFactors());
  const factor = factors.totp[0];
  if (factor === undefined) throw toAppError({ code: 'PT403', details: '{"rule":"mfa_not_enrolled"}' });
  await authCall((auth) => auth.mfa.challengeAndVerify({ factorId: factor.id, code }));
}

/** Freezes payouts and ends all sessions; the secret of the mail's link is the only thing that is asked for. */
export async function reportNotMe(token: string): Promise<void> {
  let answer: Response;
  try {
    answer = await callAsVisitor('rest/v1/rpc/report_not_me', { token });
  } catch (error) {
    throw toAppError(error);
  }
  if (!answer.ok) throw toAppError(await answer.json(), answer.status);
}
