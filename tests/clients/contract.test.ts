// docs/api.md is a contract: every endpoint of the PRD's list and every function that a signed-in person may call has a row
// and an example, and every example runs as it stands there, in the page's order, with the official client.
import { createHmac } from 'node:crypto';
import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  differences,
  errorsPage,
  judge,
  newClient,
  page,
  readExamples,
  readRows,
  readShape,
  run,
  setStage,
  signIn,
  type Stage,
} from './contract_support';

const examples = readExamples(page);
const rows = readRows(page);
const ids = new Set(examples.map((example) => example.id));
const clients = new Map<string, SupabaseClient>();
let stage: Stage;

async function clientOf(persona: string): Promise<SupabaseClient> {
  if (persona === 'visitor') return newClient(); // a new one each time: an example may sign in
  const known = clients.get(persona);
  if (known) return known;
  const person = stage.people[persona];
  if (!person) throw new Error(`nobody is called ${persona}`);
  const client = await signIn(person);
  clients.set(persona, client);
  return client;
}

beforeAll(async () => {
  stage = await setStage();
}, 60_000);

afterAll(async () => {
  await Promise.all([...clients.values()].map(async (client) => client.removeAllChannels()));
});

describe('the page', () => {
  it('has every endpoint of the list', () => {
    const wanted = Array.from({ length: 342 - 308 + 1 }, (_, step) => `R-${308 + step}`);
    expect(wanted.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('has a row for every example and an example for every row', () => {
    expect(rows.map((row) => row.id).toSorted()).toEqual([...ids].toSorted());
    expect(rows.filter((row) => row.cells.length !== 5 || row.cells.some((cell) => cell.trim() === ''))).toEqual([]);
  });

  it('shows every function', () => {
    const called = new Set([...page.matchAll(/\.rpc\('(\w+)'/g)].map((call) => call[1]));
    expect(stage.values.functions.filter((name) => !called.has(name))).toEqual([]);
    expect(called.size).toBe(stage.values.functions.length);
  });

  it('names only errors that docs/errors.md explains', () => {
    const unknown = rows.flatMap((row) =>
      [...(row.cells[4] ?? '').matchAll(/(?:(\w{5}) )?`(\w+)`/g)]
        .map(([, , rule]) => rule)
        .filter((rule) => !errorsPage.includes(`| \`${rule}\` |`))
        .map((rule) => `${row.id}: ${rule}`),
    );
    expect(unknown).toEqual([]);
  });
});

describe('the examples', () => {
  it.each(examples)(
    'runs $id as $persona',
    async ({ persona, code, expected }) => {
      const supabase = await clientOf(persona);
      const answer = await run(code, { ...stage.values, createHmac, supabase });
      expect(judge(answer, expected, stage.values)).toEqual([]);
    },
    20_000,
  );
});

describe('a shape', () => {
  it('tells what differs', () => {
    const shape = readShape(`{ id: uuid, tags: [string], status: 'new', gone: orNull(time) }`);
    const id = 'a0000000-0000-4000-8000-000000000001';
    expect(differences({ id, tags: ['a'], status: 'new', gone: null, more: 1 }, shape)).toEqual([]);
    expect(differences({ id: 'x', tags: [], status: 'old', gone: 1 }, shape)).toHaveLength(4);
  });
});
