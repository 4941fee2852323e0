// What docs/api.md holds (rows and examples), how an example's last lines describe its result, and the people who run them.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { TOTP } from 'otpauth';

const root = path.resolve(import.meta.dirname, '../..');

export interface Example {
  /** A row of the PRD or the name of an action (claim_win). */
  id: string;
  /** Who runs it: a name of contract_stage.py, or visitor. */
  persona: string;
  code: string;
  /** What follows `// →`: the shape of `data`, or `error <code> <rule>`. */
  expected: string;
  line: number;
}

export interface Row {
  id: string;
  cells: string[];
}

interface Person {
  email: string;
  password: string;
  secret?: string;
}

export interface Stage {
  people: Record<string, Person>;
  values: Record<string, unknown> & { functions: string[] };
}

export const page = readFileSync(path.join(root, 'docs/api.md'), 'utf8');
export const errorsPage = readFileSync(path.join(root, 'docs/errors.md'), 'utf8');

/** The examples of a page: ```ts blocks that begin with `// <id> as <persona>` and end with `// → <shape>`. */
export function readExamples(text: string): Example[] {
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map((block) => {
    const line = text.slice(0, block.index).split('\n').length;
    const parts = /^\/\/ (\S+) as (\w+)\n(.*?)\n\/\/ → (.*)$/s.exec((block[1] ?? '').trimEnd());
    if (!parts)
      throw new Error(`docs/api.md:${line}: an example begins with "// <id> as <persona>" and ends with "// → …"`);
    const [, id = '', persona = '', code = '', tail = ''] = parts;
    return { id, persona, code, expected: tail.replaceAll(/\n\/\/ ?/g, '\n'), line };
  });
}

/** The rows of the page's tables whose first cell is an id. */
export function readRows(text: string): Row[] {
  const lines = text.split('\n').filter((line) => /^\| (R-\d+|`\w+`) \|/.test(line));
  return lines.map((line) => {
    const cells = line.split(' | ').map((cell) => cell.replaceAll(/^\| | \|$/g, ''));
    return { id: (cells[0] ?? '').replaceAll('`', ''), cells };
  });
}

type Check = (value: unknown) => boolean;

const matching =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);

/** The words that a shape may use beside literals, `{…}` (further keys may follow) and `[…]` (one or more of these). */
const words = {
  string: (value: unknown): boolean => typeof value === 'string',
  integer: (value: unknown): boolean => Number.isInteger(value),
  boolean: (value: unknown): boolean => typeof value === 'boolean',
  uuid: matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  time: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/),
  date: matching(/^\d{4}-\d\d-\d\d$/),
  any: (): boolean => true,
  orNull:
    (shape: unknown): Check =>
    (value) =>
      value === null || differences(value, shape).length === 0,
};

/** Where a value is not as the shape says; empty when it is. */
export function differences(value: unknown, shape: unknown, place = 'data'): string[] {
  if (typeof shape === 'function') return (shape as Check)(value) ? [] : [`${place} is ${JSON.stringify(value)}`];
  if (Array.isArray(shape)) {
    if (!Array.isArray(value) || value.length === 0) return [`${place} is not a list of one or more`];
    return value.flatMap((item, index) => differences(item, shape[0], `${place}[${index}]`));
  }
  if (typeof shape === 'object' && shape !== null) {
    if (typeof value !== 'object' || value === null) return [`${place} is ${JSON.stringify(value)}`];
    const found = value as Record<string, unknown>;
    return Object.entries(shape).flatMap(([key, inner]) => differences(found[key], inner, `${place}.${key}`));
  }
  return value === shape ? [] : [`${place} is ${JSON.stringify(value)}, not ${JSON.stringify(shape)}`];
}

/** The shape that an example's last lines describe; it may name the stage's values. */
export function readShape(text: string, values: Record<string, unknown> = {}): unknown {
  const scope = { ...values, ...words };
  // oxlint-disable-next-line typescript/no-implied-eval -- the text is ours, from docs/api.md
  return new Function(...Object.keys(scope), `return (${text});`)(...Object.values(scope));
}

interface Answer {
  data: unknown;
  error: { code?: string; message: string; details?: string } | null;
}

const AsyncFunction = (async () => {}).constructor as new (
  ...args: string[]
) => (...values: unknown[]) => Promise<Answer>;

/** Runs the code of an example with these names in scope; what it calls `data` and `error` comes back. */
export async function run(code: string, scope: Record<string, unknown>): Promise<Answer> {
  const body = `${code}\nreturn { data: typeof data === 'undefined' ? null : data, error: typeof error === 'undefined' ? null : error };`;
  return new AsyncFunction(...Object.keys(scope), body)(...Object.values(scope));
}

/** Where an answer is not as the example's last lines say; empty when it is. */
export function judge({ data, error }: Answer, expected: string, values: Record<string, unknown>): string[] {
  const refusal = /^error (\S+) (\w+)$/.exec(expected);
  if (!refusal) return error ? [`refused: ${JSON.stringify(error)}`] : differences(data, readShape(expected, values));
  const { rule } = JSON.parse(error?.details ?? '{}') as { rule?: string };
  return differences({ code: error?.code, rule }, { code: refusal[1], rule: refusal[2] }, 'error');
}

function env(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: take it from ./scripts/status -o env`);
  return value;
}

export function newClient(key = env('PUBLISHABLE_KEY')): SupabaseClient {
  return createClient(env('API_URL'), key, { auth: { persistSession: false, autoRefreshToken: false } });
}

/** New people and rows on the platform, made by contract_stage.py; the file that R-329 downloads is put into Storage. */
export async function setStage(): Promise<Stage> {
  const tools = path.resolve(root, process.env['SISO_TOOLS'] ?? '.state/tools');
  const output = execFileSync(
    path.join(tools, 'venv/bin/python'),
    [path.join(import.meta.dirname, 'contract_stage.py')],
    {
      env: { ...process.env, PYTHONPATH: [path.join(root, 'scripts'), root].join(path.delimiter) },
      encoding: 'utf8',
    },
  );
  const stage = JSON.parse(output) as Stage;
  const file = new Blob(['%PDF-1.7\n'], { type: 'application/pdf' });
  const stored = await newClient(env('SECRET_KEY'))
    .storage.from('resources')
    .upload(String(stage.values['assetPath']), file);
  if (stored.error) throw stored.error;
  return stage;
}

const pause = async (ms: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, ms);
  });

/** Signs in with the password and, for whoever has one, the second factor. A code works once: then the next one is tried. */
export async function signIn(person: Person): Promise<SupabaseClient> {
  const client = newClient();
  const { error } = await client.auth.signInWithPassword(person);
  if (error) throw error;
  if (!person.secret) return client;
  const { data: factors } = await client.auth.mfa.listFactors();
  const factorId = factors?.totp[0]?.id ?? '';
  for (let attempt = 1; ; attempt += 1) {
    const totp = new TOTP({ secret: person.secret });
    const answer = await client.auth.mfa.challengeAndVerify({ factorId, code: totp.generate() });
    if (!answer.error) return client;
    if (attempt === 3) throw answer.error;
    await pause(totp.remaining() + 500);
  }
}
