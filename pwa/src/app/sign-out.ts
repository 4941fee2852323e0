import { disablePush } from '@/features/notifications/ops';
import { wipeDevice } from '@/lib/persist';
import { getAuth } from '@/lib/supabase';
import { stopLive } from './live';
import { queryClient } from './query-client';

let running: Promise<void> | undefined;

async function leave(): Promise<void> {
  // Each step may fail (no network, session ended): the device is wiped all the same.
  await disablePush().catch(() => undefined);
  await stopLive().catch(() => undefined);
  await getAuth()
    .then((auth) => auth.signOut({ scope: 'local' }))
    .catch(() => undefined);
  await wipeDevice(queryClient);
  // A full load: nothing of the old session stays in memory.
  location.replace('/sign-in');
}

/** Ends the session on this device and removes everything that was kept on it. */
export function signOut(): Promise<void> {
  running ??= leave();
  return running;
}
