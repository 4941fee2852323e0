/**
 * The three Supabase clients, each in its own lazily loaded chunk: auth first, data when the first query runs, realtime
 * when the shell is up. All of them share one session.
 */
import type { GoTrueClient } from '@supabase/auth-js';
import type { PostgrestClient } from '@supabase/postgrest-js';
import type { RealtimeClient } from '@supabase/realtime-js';
import { loadConfig } from './config';
import type { Database } from './database';

type DataClient = PostgrestClient<Database>;

let auth: Promise<GoTrueClient> | undefined;
let rest: Promise<DataClient> | undefined;
let realtime: Promise<RealtimeClient> | undefined;

function once<T>(promise: Promise<T>, forget: () => void): Promise<T> {
  promise.catch(forget);
  return promise;
}

async function createAuth(): Promise<GoTrueClient> {
  const [{ AuthClient: Client }, config] = await Promise.all([import('@supabase/auth-js'), loadConfig()]);
  return new Client({
    url: `${config.supabaseUrl}/auth/v1`,
    headers: { apikey: config.publishableKey },
    storageKey: 'siso-auth',
    autoRefreshToken: true,
    persistSession: true,
    detectSessionInUrl: true,
    // Mail links are opened on other devices, too: a PKCE verifier would not be there.
    flowType: 'implicit',
  });
}

/** The auth client. */
export function getAuth(): Promise<GoTrueClient> {
  auth ??= once(createAuth(), () => (auth = undefined));
  return auth;
}

/** The access token, refreshed when it is about to end; null when nobody is signed in. */
async function accessToken(): Promise<string | null> {
  const { data, error } = await (await getAuth()).getSession();
  if (error) throw error;
  return data.session?.access_token ?? null;
}

async function createRest(): Promise<DataClient> {
  const [{ PostgrestClient: Client }, config] = await Promise.all([import('@supabase/postgrest-js'), loadConfig()]);
  return new Client<Database>(`${config.supabaseUrl}/rest/v1`, { fetch: authorised });
}

/** `fetch` with the project's key and the token of whoever is signed in. */
async function authorised(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const { publishableKey } = await loadConfig();
  const headers = new Headers(init?.headers);
  headers.set('apikey', publishableKey);
  const token = await accessToken();
  if (token !== null) headers.set('authorization', `Bearer ${token}`);
  return fetch(input, { ...init, headers });
}

/** A call of a service that has no client of its own here; `path` begins with the service, such as `storage/v1/…`. */
export async function callService(path: string, body: unknown): Promise<Response> {
  const { supabaseUrl } = await loadConfig();
  return authorised(`${supabaseUrl}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** A call that anybody may make, without the session: one that has ended would be refused. */
export async function callAsVisitor(path: string, body: unknown): Promise<Response> {
  const { supabaseUrl, publishableKey } = await loadConfig();
  return fetch(`${supabaseUrl}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', apikey: publishableKey },
    body: JSON.stringify(body),
  });
}

/** The data client (PostgREST). */
export function getRest(): Promise<DataClient> {
  rest ??= once(createRest(), () => (rest = undefined));
  return rest;
}

async function createRealtime(): Promise<RealtimeClient> {
  const [{ RealtimeClient: Client }, config] = await Promise.all([import('@supabase/realtime-js'), loadConfig()]);
  return new Client(`${config.supabaseUrl.replace(/^http/, 'ws')}/realtime/v1`, {
    params: { apikey: config.publishableKey },
    accessToken,
  });
}

/** The realtime client: one socket for the whole app. */
export function getRealtime(): Promise<RealtimeClient> {
  realtime ??= once(createRealtime(), () => (realtime = undefined));
  return realtime;
}
