/**
 * Live updates: one private channel per partner. A message is only a hint which queries to ask again; every (re)join asks
 * all of them again, which heals whatever was missed in between.
 */
import type { RealtimeChannel } from '@supabase/realtime-js';
import { rpc } from '@/lib/data';
import { getAuth, getRealtime } from '@/lib/supabase';
import { queryClient } from './query-client';

const HINTS: Record<string, readonly string[]> = {
  'earnings.changed': ['earnings'],
  'payout.changed': ['payouts', 'earnings'],
  'statement.ready': ['earnings'],
  'export.ready': ['exports'],
  'payout_account.link': ['payout-account-link'],
  'payout_account.changed': ['payout-account', 'payouts'],
  'certificate.ready': ['certificates'],
  // An answer of support comes with one.
  'notification.created': ['notifications', 'support'],
  'lead.changed': ['leads'],
  'tier.changed': ['tier', 'account'],
  'account.changed': ['account'],
};

let topic: string | undefined;
let channel: RealtimeChannel | undefined;
let tokens: { unsubscribe: () => void } | undefined;

async function onHint(event: string): Promise<void> {
  if (event === 'session.refresh') {
    await (await getAuth()).refreshSession();
    await queryClient.invalidateQueries();
    return;
  }
  await Promise.all((HINTS[event] ?? []).map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
}

/** The topic has another name now (docs/api.md, live_topic): asks for it a little later, not all devices at once. */
async function joinAgain(partnerId: string): Promise<void> {
  const left = topic;
  await stopLive();
  if (left === undefined) return;
  await new Promise((resolve) => {
    setTimeout(resolve, 500 + Math.random() * 2500);
  });
  await startLive(partnerId);
}

/** Joins the channel of a partner; a second call for the same partner does nothing. */
export async function startLive(partnerId: string): Promise<void> {
  const wanted = `partner:${partnerId}`;
  if (topic === wanted) return;
  topic = wanted;
  try {
    const client = await getRealtime();
    await client.setAuth();
    const name: string = await rpc('live_topic', { topic: wanted });
    let joins = 0;
    channel = client.channel(name, { config: { private: true } });
    channel.on('broadcast', { event: '*' }, ({ event }) => {
      void (event === 'topic.turned' ? joinAgain(partnerId) : onHint(event));
    });
    channel.subscribe((status) => {
      if (status === 'CHANNEL_ERROR') {
        rpc('live_topic', { topic: wanted })
          .then((today: string) => (today === name ? undefined : joinAgain(partnerId)))
          .catch(() => undefined);
      }
      if (status !== 'SUBSCRIBED') return;
      joins += 1;
      // The first join comes right after the first reads.
      void queryClient.invalidateQueries(joins === 1 ? { refetchType: 'active' } : {});
    });
    const auth = await getAuth();
    tokens = auth.onAuthStateChange((change, session) => {
      if (change === 'TOKEN_REFRESHED' && session !== null) void client.setAuth(session.access_token);
    }).data.subscription;
  } catch {
    // Without live updates everything still refreshes on focus; the next start tries again.
    topic = undefined;
  }
}

export async function stopLive(): Promise<void> {
  topic = undefined;
  tokens?.unsubscribe();
  await channel?.unsubscribe();
  channel = undefined;
}
