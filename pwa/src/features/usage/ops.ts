import { queryOptions } from '@tanstack/react-query';
import { loadConfig } from '@/lib/config';
import { db, rows, rpc } from '@/lib/data';
import { getAuth } from '@/lib/supabase';
import type { Outcome, UsageEvent } from './model';

/** Whether use may be recorded, as far as the partner decides it. */
export const usageQuery = queryOptions({
  queryKey: ['usage-recording'],
  staleTime: 24 * 3600_000,
  queryFn: async (): Promise<boolean> => {
    const client = await db();
    const found = await rows(client.from('privacy_preferences').select('usage_recording').limit(1));
    return found[0]?.usage_recording ?? true;
  },
});

export async function setUsageRecording(enabled: boolean): Promise<boolean> {
  const { usage_recording }: { usage_recording: boolean } = await rpc('set_usage_recording', { enabled });
  return usage_recording;
}

/** Global Privacy Control: the browser says that its user does not want to be counted. */
export function privacyControl(): boolean {
  return (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true;
}

/**
 * Sends a batch so that it survives the end of the page: `sendBeacon` cannot carry the token that the database asks for, a
 * fetch with `keepalive` is the same with headers.
 */
export async function sendUsage(events: UsageEvent[]): Promise<Outcome> {
  try {
    const [{ supabaseUrl, publishableKey }, auth] = await Promise.all([loadConfig(), getAuth()]);
    const { data } = await auth.getSession();
    if (data.session === null) return 'later';
    const response = await fetch(`${supabaseUrl}/rest/v1/rpc/record_usage`, {
      method: 'POST',
      keepalive: true,
      headers: {
        apikey: publishableKey,
        authorization: `Bearer ${data.session.access_token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ events }),
    });
    if (response.ok) return ((await response.json()) as { recording: boolean }).recording ? 'kept' : 'off';
    return response.status === 401 || response.status === 429 || response.status >= 500 ? 'later' : 'refused';
  } catch {
    return 'later';
  }
}
