import { beforeEach, describe, expect, it } from 'vitest';
import { deviceOf, featuresOf, UsageLog, type Outcome, type UsageEvent } from './model';

const START = Date.parse('2026-11-25T08:00:00Z');

let now: number;
let sent: UsageEvent[][];
let saved: UsageEvent[];
let outcome: Outcome;

function makeLog(): UsageLog {
  return new UsageLog({
    device: 'phone',
    display: 'standalone',
    now: () => now,
    send: (events) => {
      sent.push(events);
      return Promise.resolve(outcome);
    },
    load: () => saved,
    save: (events) => {
      saved = events;
    },
  });
}

const short = (events: UsageEvent[]) => events.map((e) => [e.kind, e.feature ?? e.seconds ?? null]);

beforeEach(() => {
  now = START;
  sent = [];
  saved = [];
  outcome = 'kept';
});

describe('the log of use', () => {
  it('tells an opening, its features once, and the time in front', async () => {
    const log = makeLog();
    log.shown();
    log.visited('/partner/leads');
    log.visited('/partner/leads/5');
    log.visited('/partner/settings');
    now += 90_000;
    log.hidden();
    await log.flush();
    expect(sent).toHaveLength(1);
    expect(short(sent[0] ?? [])).toEqual([
      ['opened', null],
      ['feature', 'leads.pipeline'],
      ['foreground', 90],
    ]);
    expect(sent[0]?.[0]).toMatchObject({
      device: 'phone',
      display: 'standalone',
      occurred_at: '2026-11-25T08:00:00.000Z',
    });
    expect(saved).toEqual([]);
  });

  it.each([
    [29 * 60_000 + 59_999, 0],
    [30 * 60_000, 1],
  ])('after %d ms away there are %d more openings', async (away, openings) => {
    const log = makeLog();
    log.shown();
    log.visited('/partner/leads');
    log.hidden();
    await log.flush();
    sent = [];
    now += away;
    log.shown();
    log.visited('/partner/leads');
    await log.flush();
    expect(short(sent.flat()).filter(([kind]) => kind === 'opened')).toHaveLength(openings);
    expect(short(sent.flat()).filter(([kind]) => kind === 'feature')).toHaveLength(openings);
  });

  it('cuts a long time in front into hours, which is as long as an event may be', async () => {
    const log = makeLog();
    log.shown();
    now += 2.5 * 3600_000;
    log.hidden();
    await log.flush();
    expect(short(sent.flat()).slice(1)).toEqual([
      ['foreground', 3600],
      ['foreground', 3600],
      ['foreground', 1800],
    ]);
  });

  it('counts no time while it is hidden, however often it is told so', async () => {
    const log = makeLog();
    log.shown();
    now += 10_000;
    log.hidden();
    now += 50_000;
    log.hidden();
    await log.flush();
    expect(short(sent.flat())).toEqual([
      ['opened', null],
      ['foreground', 10],
    ]);
  });

  it('keeps what could not be sent, and sends the same ids later', async () => {
    outcome = 'later';
    const log = makeLog();
    log.shown();
    await log.flush();
    expect(saved).toHaveLength(1);
    outcome = 'kept';
    const next = makeLog(); // the next start of the app
    await next.flush();
    expect(sent[1]?.[0]?.id).toBe(sent[0]?.[0]?.id);
    expect(saved).toEqual([]);
  });

  it('drops what is refused', async () => {
    outcome = 'refused';
    const log = makeLog();
    log.shown();
    await log.flush();
    await log.flush();
    expect([sent.length, saved.length]).toEqual([1, 0]);
  });

  it('tells nothing more after an objection', async () => {
    outcome = 'off';
    const log = makeLog();
    log.shown();
    await log.flush();
    log.visited('/partner/leads');
    log.hidden();
    await log.flush();
    expect([sent.length, saved.length]).toEqual([1, 0]);
  });

  it('sends at most a hundred at once, and keeps at most three hundred', async () => {
    outcome = 'later';
    const log = makeLog();
    for (let index = 0; index < 400; index += 1) log.installed();
    await log.flush();
    expect(saved).toHaveLength(300);
    sent = [];
    outcome = 'kept';
    await log.flush();
    expect(sent.map((batch) => batch.length)).toEqual([100, 100, 100]);
  });

  it('forgets what is older than a week', () => {
    outcome = 'later';
    const log = makeLog();
    log.shown();
    now += 7 * 24 * 3600_000;
    log.visited('/partner/leads');
    expect(short(saved)).toEqual([['feature', 'leads.pipeline']]);
  });
});

describe('what is told', () => {
  it('knows the features of a page and no others', () => {
    expect(featuresOf('/partner/earnings')).toEqual(['tracker.earnings', 'tracker.payments']);
    expect(featuresOf('/partner/leadsomething')).toEqual([]);
    expect(featuresOf('/partner')).toEqual([]);
  });

  it.each([
    [false, 390, 844, 'desktop'],
    [true, 390, 844, 'phone'],
    [true, 844, 390, 'phone'],
    [true, 599, 1000, 'phone'],
    [true, 600, 1000, 'tablet'],
  ] as const)('a pointer that is coarse: %s, on %d × %d, is a %s', (coarse, width, height, device) => {
    expect(deviceOf(coarse, width, height)).toBe(device);
  });
});
