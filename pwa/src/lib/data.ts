import type { PostgrestSingleResponse } from '@supabase/postgrest-js';
import type { Arguments, FunctionName, Result } from './database';
import { toAppError } from './errors';
import { getRest } from './supabase';

type Request<T> = PromiseLike<PostgrestSingleResponse<T>>;

/** The rows of an answer; throws an `AppError` for every failure, so that queries and ops have one kind of error. */
export async function rows<T>(request: Request<T>): Promise<T> {
  return (await settle(request)).data;
}

/** Like `rows`, with the total number of rows that the server counted. */
export async function countedRows<T>(request: Request<T>): Promise<{ data: T; count: number }> {
  const { data, count } = await settle(request);
  return { data, count: count ?? 0 };
}

async function settle<T>(request: Request<T>) {
  let result: PostgrestSingleResponse<T>;
  try {
    result = await request;
  } catch (error) {
    throw toAppError(error);
  }
  if (result.error !== null) throw toAppError(result.error, result.status);
  return result;
}

/**
 * Calls a database function and returns its result. What is inside of JSON comes from the expected type of the call:
 * `const made: Claim = await rpc('claim_win', …)`.
 */
export async function rpc<Name extends FunctionName, T extends Result<Name> = Result<Name>>(
  name: Name,
  ...[args]: Arguments<Name>
): Promise<T> {
  const client = await db();
  return rows(client.rpc(name, args as never) as unknown as Request<T>);
}

/** The data client for table queries, with loading failures (offline before the first load) as `AppError`. */
export async function db() {
  try {
    return await getRest();
  } catch (error) {
    throw toAppError(error);
  }
}
