import { toAppError } from './errors';
import { getAuth } from './supabase';

/** Who is signed in, as far as this device knows. */
export interface CurrentUser {
  id: string;
  email: string;
}

const STORAGE_KEY = 'siso-auth';

/** The user of the stored session, for a start without a network when the access token has ended. */
function storedUser(): CurrentUser | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null');
    const user = (stored as { user?: { id?: unknown; email?: unknown } } | null)?.user;
    return typeof user?.id === 'string'
      ? { id: user.id, email: typeof user.email === 'string' ? user.email : '' }
      : null;
  } catch {
    return null;
  }
}

/** The signed-in user or null. Never needs the network unless the token has to be refreshed. */
export async function currentUser(): Promise<CurrentUser | null> {
  try {
    const { data, error } = await (await getAuth()).getSession();
    if (error) throw error;
    const user = data.session?.user;
    return user === undefined ? null : { id: user.id, email: user.email ?? '' };
  } catch (error) {
    const reason = toAppError(error);
    if (reason.kind === 'offline' || reason.kind === 'server') return storedUser();
    return null;
  }
}

/** True when the account has a second factor that this session has not shown yet. */
export async function secondFactorPending(): Promise<boolean> {
  try {
    const { data } = await (await getAuth()).mfa.getAuthenticatorAssuranceLevel();
    return data?.nextLevel === 'aal2' && data.currentLevel === 'aal1';
  } catch {
    return false;
  }
}
