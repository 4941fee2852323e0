import { toAppError } from './errors';
import { getRest } from './supabase';

interface RestResult<T> {
  data: T | null;
  error: unknown;
  status: number;
  count?: number | null;
}

/** The rows of an answer; throws an `AppError` for every failure, so that queries and ops have one kind of error. */
export async function rows<T>(request: PromiseLike<RestResult<unknown>>): Promise<T> {
  const result = await settle(request);
  return result.data as T;
}

/** Like `rows`, with the total number of rows that the server counted. */
export async function countedRows<T>(request: PromiseLike<RestResult<unknown>>): Promise<{ data: T; count: number }> {
  const result = await settle(request);
  return { data: result.data as T, count: result.count ?? 0 };
}

async function settle(request: PromiseLike<RestResult<unknown>>): Promise<RestResult<unknown>> {
  let result: RestResult<unknown>;
  try {
    result = await request;
  } catch (error) {
    throw toAppError(error);
  }
  if (result.error !== null && result.error !== undefined) throw toAppError(result.error, result.status);
  return result;
}

/** Calls a database function and returns its result. */
export async function rpc<T>(name: string, args: Record<string, unknown> = {}): Promise<T> {
  const client = await getRest().catch((error: unknown) => {
    throw toAppError(error);
  });
  return rows<T>(client.rpc(name, args));
}

/** The data client for table queries, with loading failures (offline before the first load) as `AppError`. */
export async function db() {
  try {
    return await getRest();
  } catch (error) {
    throw toAppError(error);
  }
}
