import type { GoTrueClient } from '@supabase/auth-js';
import { toAppError } from './errors';
import { getAuth } from './supabase';

/** What a call gives when it does not fail. */
type Success<R> = Extract<R, { error: null }> extends { data: infer D } ? D : never;

/** Runs one call of the auth client and turns both of its ways to fail into an `AppError`. */
export async function authCall<R extends { data: unknown; error: unknown }>(
  request: (auth: GoTrueClient) => Promise<R>,
): Promise<Success<R>> {
  let result: R;
  try {
    result = await request(await getAuth());
  } catch (error) {
    throw toAppError(error);
  }
  if (result.error !== null) throw toAppError(result.error);
  return result.data as Success<R>;
}
