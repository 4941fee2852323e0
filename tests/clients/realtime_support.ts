// Topics, tokens, statements and servers of one's own for the tests of Realtime with the official JS client.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const state = path.resolve(root, process.env['SISO_STATE'] ?? '.state/dev');
const tools = path.resolve(root, process.env['SISO_TOOLS'] ?? '.state/tools');
const python = path.join(tools, 'venv/bin/python');
const environment = {
  ...process.env,
  SISO_STATE: state,
  PYTHONPATH: [path.join(root, 'scripts'), root].join(path.delimiter),
};

interface Settings {
  port_base: number;
  publishable_key: string;
  jwt_secret: string;
}

const settings = JSON.parse(readFileSync(path.join(state, 'settings.json'), 'utf8')) as Settings;

export const apiUrl = `http://127.0.0.1:${settings.port_base + 1}`;
export const publishableKey = settings.publishable_key;

/** Runs statements as `postgres`, in one transaction. */
export function runSql(statements: string): void {
  const script = path.join(import.meta.dirname, 'run_sql.py');
  execFileSync(python, [script], { input: statements, env: environment, stdio: ['pipe', 'ignore', 'pipe'] });
}

/** A token of a signed-in subject, as Auth would sign it with the project's secret. */
export function tokenFor(subject: string, seconds = 300): string {
  const now = Math.floor(Date.now() / 1000);
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { role: 'authenticated', sub: subject, iat: now, exp: now + seconds };
  const unsigned = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${unsigned}.${createHmac('sha256', settings.jwt_secret).update(unsigned).digest('base64url')}`;
}

export interface Topic {
  name: string;
  subject: string;
  dropReadPolicy: () => void;
  remove: () => void;
}

/** A private topic of its own, which one subject may read and send to. */
export function makeTopic(): Topic {
  const name = `test:${randomUUID()}`;
  const subject = randomUUID();
  const condition = `realtime.topic() = '${name}' and current_setting('request.jwt.claims', true)::jsonb ->> 'sub' = '${subject}'`;
  runSql(`
        create policy "read ${name}" on realtime.messages for select to authenticated using (${condition});
        create policy "send ${name}" on realtime.messages for insert to authenticated with check (${condition});
    `);
  return {
    name,
    subject,
    dropReadPolicy: () => {
      runSql(`drop policy "read ${name}" on realtime.messages`);
    },
    remove: () => {
      runSql(`
                drop policy if exists "read ${name}" on realtime.messages;
                drop policy if exists "send ${name}" on realtime.messages;
            `);
    },
  };
}

/** Statements that broadcast; run them with `runSql`. */
export function sendStatement(topic: string, event: string, payload: object): string {
  const body = JSON.stringify(payload).replaceAll("'", "''");
  return `select realtime.send('${body}'::jsonb, '${event}', '${topic}', true);`;
}

/** Collects what callbacks are given, so that a test can wait for the next item. */
export class Arrivals<T> {
  readonly #items: T[] = [];
  #waiting: ((item: T) => void)[] = [];

  push = (item: T): void => {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(item);
    else this.#items.push(item);
  };

  get size(): number {
    return this.#items.length;
  }

  async next(milliseconds = 5000): Promise<T> {
    const item = this.#items.shift();
    if (item !== undefined) return item;
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting = this.#waiting.filter((waiting) => waiting !== take);
        reject(new Error('nothing arrived'));
      }, milliseconds);
      const take = (arrived: T): void => {
        clearTimeout(timer);
        resolve(arrived);
      };
      this.#waiting.push(take);
    });
  }

  /** Skips items until one is as wanted. */
  async until(wanted: T, milliseconds = 15_000): Promise<void> {
    const deadline = Date.now() + milliseconds;
    while ((await this.next(deadline - Date.now())) !== wanted);
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}

/** A Realtime server beside the platform's, on the same database, to be killed by the test. */
export class OwnServer {
  url = '';
  #port = 0;
  #process: ChildProcess | undefined;

  async start(): Promise<void> {
    this.#port ||= await freePort();
    this.url = `http://127.0.0.1:${this.#port}`;
    const command = ['-m', 'siso_local.realtime', '--port', String(this.#port)];
    this.#process = spawn(python, command, { env: environment, stdio: 'ignore' });
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const healthy = await fetch(`${this.url}/health`).then(
        (answer) => answer.ok,
        () => false,
      );
      if (healthy) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('the server did not become healthy');
  }

  async kill(): Promise<void> {
    const running = this.#process;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await ended;
  }
}
