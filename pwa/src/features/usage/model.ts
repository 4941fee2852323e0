/** What the app tells about its use, and when. docs/figures.md says what it is for; the database decides what is kept. */
import { uuidv7 } from '@/lib/uuid';

export type Device = 'phone' | 'tablet' | 'desktop';
type Display = 'browser' | 'standalone';

export interface UsageEvent {
  id: string;
  kind: 'opened' | 'installed' | 'foreground' | 'feature';
  device: Device;
  display: Display;
  occurred_at: string;
  feature?: string;
  seconds?: number;
}

/** Away for so long makes coming back a new opening. */
const NEW_SESSION_MS = 30 * 60_000;
const BATCH = 100;
/** What an offline week may pile up; the oldest go first. */
const KEPT = 300;
const KEPT_MS = 7 * 24 * 3600_000;
const LONGEST_SECONDS = 3600;

/** Benefits of the tiers (`tier_benefits.key`) by the page that gives them. */
const FEATURES: readonly [path: string, features: readonly string[]][] = [
  ['/partner/dashboard', ['dashboard.earnings', 'dashboard.milestone']],
  ['/partner/leads', ['leads.pipeline']],
  ['/partner/earnings', ['tracker.earnings', 'tracker.payments']],
  ['/partner/notifications', ['app.notifications']],
];

export function featuresOf(path: string): readonly string[] {
  return FEATURES.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`))?.[1] ?? [];
}

/** By pointer and size alone: the user agent is nobody's business. */
export function deviceOf(coarse: boolean, width: number, height: number): Device {
  if (!coarse) return 'desktop';
  return Math.min(width, height) < 600 ? 'phone' : 'tablet';
}

/** What became of a batch. */
export type Outcome =
  | 'kept' // or known already
  | 'later' // no network, or the server is busy: try again with the next batch
  | 'refused' // it will not be taken another time either
  | 'off'; // the partner objected: nothing more is to be told

interface World {
  device: Device;
  display: Display;
  now: () => number;
  send: (events: UsageEvent[]) => Promise<Outcome>;
  load: () => UsageEvent[];
  save: (events: UsageEvent[]) => void;
}

/** Collects events and sends them in batches. Every event has an id, so that sending twice counts once. */
export class UsageLog {
  readonly #world: World;
  #waiting: UsageEvent[];
  #told = new Set<string>();
  #shownSince: number | null = null;
  #hiddenSince: number | null = null;
  #sending = false;
  #off = false;

  constructor(world: World) {
    this.#world = world;
    this.#waiting = world.load();
  }

  /** The app is in front of somebody. */
  shown(): void {
    const now = this.#world.now();
    if (this.#shownSince !== null) return;
    this.#shownSince = now;
    if (this.#hiddenSince !== null && now - this.#hiddenSince < NEW_SESSION_MS) return;
    this.#told.clear();
    this.#add({ kind: 'opened' });
  }

  /** The app went to the background or is about to end: the last moment to tell anything. */
  hidden(): void {
    const now = this.#world.now();
    if (this.#shownSince !== null) {
      let seconds = Math.round((now - this.#shownSince) / 1000);
      for (; seconds > 0; seconds -= LONGEST_SECONDS) {
        this.#add({ kind: 'foreground', seconds: Math.min(seconds, LONGEST_SECONDS) });
      }
    }
    this.#shownSince = null;
    this.#hiddenSince = now;
    void this.flush();
  }

  installed(): void {
    this.#add({ kind: 'installed' });
    void this.flush();
  }

  /** A page was opened: its features count once in an opening of the app. */
  visited(path: string): void {
    for (const feature of featuresOf(path)) {
      if (this.#told.has(feature)) continue;
      this.#told.add(feature);
      this.#add({ kind: 'feature', feature });
    }
  }

  async flush(): Promise<void> {
    if (this.#sending || this.#off) return;
    this.#sending = true;
    try {
      while (this.#waiting.length > 0) {
        const batch = this.#waiting.slice(0, BATCH);
        // oxlint-disable-next-line no-await-in-loop -- one after the other, so that a failure keeps the rest
        const outcome = await this.#world.send(batch);
        if (outcome === 'later') break;
        if (outcome === 'off') {
          this.stop();
          break;
        }
        const sent = new Set(batch.map((event) => event.id));
        this.#waiting = this.#waiting.filter((event) => !sent.has(event.id));
        this.#world.save(this.#waiting);
      }
    } finally {
      this.#sending = false;
    }
  }

  /** Nothing more is told, and what waits is forgotten. */
  stop(): void {
    this.#off = true;
    this.#waiting = [];
    this.#world.save([]);
  }

  #add(what: Pick<UsageEvent, 'kind' | 'feature' | 'seconds'>): void {
    if (this.#off) return;
    const { device, display, now } = this.#world;
    const at = now();
    const fresh = this.#waiting.filter((event) => at - Date.parse(event.occurred_at) < KEPT_MS);
    fresh.push({ id: uuidv7(at), device, display, occurred_at: new Date(at).toISOString(), ...what });
    this.#waiting = fresh.slice(-KEPT);
    this.#world.save(this.#waiting);
  }
}
