/** Keeps what was seen readable without a network: the query cache, per user, in IndexedDB. */
import { dehydrate, hydrate, type DehydratedState, type QueryClient } from '@tanstack/react-query';
import { deleteDB, openDB, type IDBPDatabase } from 'idb';

const DATABASE = 'siso';
const STORE = 'queries';
/** Raise it when the shape of cached rows changes: older caches are then thrown away. */
const SHAPE = 3;
const WRITE_DELAY = 1000;

interface Saved {
  shape: number;
  state: DehydratedState;
}

let database: Promise<IDBPDatabase> | undefined;
let restoredFor: string | undefined;
let stopSaving: (() => void) | undefined;

function open(): Promise<IDBPDatabase> {
  database ??= openDB(DATABASE, 1, {
    upgrade(db) {
      db.createObjectStore(STORE);
    },
  });
  return database;
}

/** Fills the cache with what this user saw last and keeps it saved from now on. Safe to call again and again. */
export async function restoreCache(client: QueryClient, userId: string): Promise<void> {
  if (restoredFor === userId) return;
  restoredFor = userId;
  try {
    const db = await open();
    const saved = (await db.get(STORE, userId)) as Saved | undefined;
    if (saved?.shape === SHAPE) hydrate(client, saved.state);
    stopSaving?.();
    stopSaving = keepSaved(client, db, userId);
  } catch {
    // A device without IndexedDB (private mode) works, only not offline.
  }
}

function keepSaved(client: QueryClient, db: IDBPDatabase, userId: string): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const unsubscribe = client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' && event.type !== 'removed') return;
    timer ??= setTimeout(() => {
      timer = undefined;
      const state = dehydrate(client, { shouldDehydrateQuery: (query) => query.state.status === 'success' });
      db.put(STORE, { shape: SHAPE, state } satisfies Saved, userId).catch(() => undefined);
    }, WRITE_DELAY);
  });
  return () => {
    unsubscribe();
    clearTimeout(timer);
  };
}

/** Removes everything that this app has kept on the device, at sign-out. */
export async function wipeDevice(client: QueryClient): Promise<void> {
  stopSaving?.();
  stopSaving = undefined;
  restoredFor = undefined;
  client.clear();
  const theme = localStorage.getItem('siso-theme');
  localStorage.clear();
  sessionStorage.clear();
  // How the screen looks is no data about anybody.
  if (theme !== null) localStorage.setItem('siso-theme', theme);
  try {
    (await database)?.close();
    database = undefined;
    await deleteDB(DATABASE);
  } catch {
    database = undefined;
  }
}
