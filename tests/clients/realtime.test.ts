// Realtime judged by the official JS client (protocol 2.0.0).
import { createClient, RealtimeClient, type RealtimeChannel, type SupabaseClient } from '@supabase/supabase-js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import {
  apiUrl,
  Arrivals,
  makeTopic,
  OwnServer,
  publishableKey,
  runSql,
  sendStatement,
  tokenFor,
  type Topic,
} from './realtime_support.ts';

interface Broadcast {
  event: string;
  payload?: unknown;
  meta?: { id: string };
}

interface Subscription {
  channel: RealtimeChannel;
  states: Arrivals<string>;
  broadcasts: Arrivals<Broadcast>;
}

// Every statement starts a Python of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let topic: Topic;
let client: SupabaseClient;

beforeEach(() => {
  topic = makeTopic();
  client = createClient(apiUrl, publishableKey, { auth: { persistSession: false } });
});

afterEach(async () => {
  await end(client);
  topic.remove();
});

type Config = NonNullable<Parameters<SupabaseClient['channel']>[1]>['config'];

function subscribe(source: SupabaseClient | RealtimeClient, config: Config = {}): Subscription {
  const states = new Arrivals<string>();
  const broadcasts = new Arrivals<Broadcast>();
  const channel = source.channel(topic.name, { config: { private: true, ...config } });
  channel
    .on('broadcast', { event: '*' }, (message) => {
      broadcasts.push(message);
    })
    .subscribe((state) => {
      states.push(state);
    });
  return { channel, states, broadcasts };
}

function withToken(token: string): SupabaseClient {
  return createClient(apiUrl, publishableKey, { accessToken: async () => Promise.resolve(token) });
}

async function end(ended: SupabaseClient): Promise<void> {
  await ended.removeAllChannels();
  await ended.realtime.disconnect();
}

const pause = async (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

describe('a private channel', () => {
  test('delivers what the database sends, at commit and not after a rollback', async () => {
    await client.realtime.setAuth(tokenFor(topic.subject));
    const { states, broadcasts } = subscribe(client);
    expect(await states.next()).toBe('SUBSCRIBED');
    expect(() => {
      runSql(`${sendStatement(topic.name, 'never', {})} select 1 / 0;`);
    }).toThrow();
    runSql(sendStatement(topic.name, 'lead_won', { amount: 1200, text: 'Grüße 🎉' }));
    const received = await broadcasts.next();
    expect(received.event).toBe('lead_won');
    expect(received.payload).toMatchObject({ amount: 1200, text: 'Grüße 🎉' });
    expect(received.meta?.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(broadcasts.size).toBe(0);
  });

  test('is not told before the commit', async () => {
    await client.realtime.setAuth(tokenFor(topic.subject));
    const { states, broadcasts } = subscribe(client);
    expect(await states.next()).toBe('SUBSCRIBED');
    const sleeping = `${sendStatement(topic.name, 'late', {})} select pg_sleep(1);`;
    const before = Date.now();
    runSql(sleeping);
    await broadcasts.next();
    expect(Date.now() - before).toBeGreaterThan(1000);
  });

  test('is refused without a policy', async () => {
    await client.realtime.setAuth(tokenFor('00000000-0000-0000-0000-000000000000'));
    const { states } = subscribe(client);
    expect(await states.next()).toBe('CHANNEL_ERROR');
  });

  test('is reached by a client with the accessToken option', async () => {
    const other = withToken(tokenFor(topic.subject));
    const { states, broadcasts } = subscribe(other);
    await states.until('SUBSCRIBED'); // the first join may come without a token and be refused
    runSql(sendStatement(topic.name, 'heard', {}));
    expect((await broadcasts.next()).event).toBe('heard');
    await end(other);
  });

  test('survives leaving and joining again', async () => {
    await client.realtime.setAuth(tokenFor(topic.subject));
    const first = subscribe(client);
    expect(await first.states.next()).toBe('SUBSCRIBED');
    expect(await client.removeChannel(first.channel)).toBe('ok');
    await client.realtime.setAuth(tokenFor(topic.subject));
    const second = subscribe(client);
    expect(await second.states.next()).toBe('SUBSCRIBED');
    runSql(sendStatement(topic.name, 'again', {}));
    expect((await second.broadcasts.next()).event).toBe('again');
    expect(first.broadcasts.size).toBe(0);
  });

  test('lives on with a fresh token', async () => {
    await client.realtime.setAuth(tokenFor(topic.subject, 5));
    const { states, broadcasts } = subscribe(client);
    expect(await states.next()).toBe('SUBSCRIBED');
    await client.realtime.setAuth(tokenFor(topic.subject));
    await pause(5200);
    runSql(sendStatement(topic.name, 'later', {}));
    expect((await broadcasts.next()).event).toBe('later');
    expect(states.size).toBe(0);
  });

  test('ends when a fresh token has lost the right', async () => {
    await client.realtime.setAuth(tokenFor(topic.subject));
    const { states, broadcasts } = subscribe(client);
    expect(await states.next()).toBe('SUBSCRIBED');
    topic.dropReadPolicy();
    await client.realtime.setAuth(tokenFor(topic.subject, 299));
    expect(['CLOSED', 'CHANNEL_ERROR']).toContain(await states.next());
    runSql(sendStatement(topic.name, 'unheard', {}));
    await pause(300);
    expect(broadcasts.size).toBe(0);
  });
});

describe('broadcasts of clients', () => {
  test('come back when asked for, as JSON and as bytes, and are acknowledged', async () => {
    await client.realtime.setAuth(tokenFor(topic.subject));
    const { channel, states, broadcasts } = subscribe(client, { broadcast: { self: true, ack: true } });
    expect(await states.next()).toBe('SUBSCRIBED');
    const typing = { who: 'Starter 03', where: 'Zürich' };
    expect(await channel.send({ type: 'broadcast', event: 'typing', payload: typing })).toBe('ok');
    expect((await broadcasts.next()).payload).toEqual(typing);
    const bytes = new Uint8Array([0, 255, 7]);
    expect(await channel.send({ type: 'broadcast', event: 'draw', payload: bytes.buffer })).toBe('ok');
    expect(new Uint8Array((await broadcasts.next()).payload as ArrayBuffer)).toEqual(bytes);
  });

  test('are sent by HTTP as well', async () => {
    const other = withToken(tokenFor(topic.subject));
    const { channel, states, broadcasts } = subscribe(other);
    await states.until('SUBSCRIBED');
    expect(await channel.httpSend('posted', { n: 1 })).toEqual({ success: true });
    expect((await broadcasts.next()).payload).toEqual({ n: 1 });
    await end(other);
  });
});

test('a public channel is refused', async () => {
  const { states } = subscribe(client, { private: false });
  expect(await states.next()).toBe('CHANNEL_ERROR');
});

test('the client comes back after the server was killed', async () => {
  const server = new OwnServer();
  await server.start();
  const realtime = new RealtimeClient(server.url, {
    params: { apikey: publishableKey },
    reconnectAfterMs: () => 200,
  });
  try {
    await realtime.setAuth(tokenFor(topic.subject));
    const { states, broadcasts } = subscribe(realtime);
    expect(await states.next()).toBe('SUBSCRIBED');
    await server.kill();
    expect(await states.next()).toBe('CHANNEL_ERROR');
    await server.start();
    await states.until('SUBSCRIBED');
    runSql(sendStatement(topic.name, 'back', {}));
    expect((await broadcasts.next()).event).toBe('back');
  } finally {
    await realtime.disconnect();
    await server.kill();
  }
});
