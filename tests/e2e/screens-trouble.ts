/**
 * What a partner sees when something is in the way: no or an old second factor, a refused payout, states of money that
 * are rare, a push message. Each picture is checked with axe.
 *
 *   node tests/e2e/screens-trouble.ts <folder>
 *
 * Needs the variables of `./scripts/status -o env`, SISO_STATE, and a Python of the project on the path. Takes about two
 * minutes, because a code of an authenticator works only once.
 */
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { launchBrowser } from './browser.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = resolve(process.argv[2] ?? 'tests/e2e/artifacts');

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`${name} is not set: eval "$(./scripts/status -o env)" and export it.`);
  return value;
}

const pwa = setting('PWA_URL');
const jwtSecret = setting('JWT_SECRET');
setting('SISO_STATE');
const failures: string[] = [];

function python(code: string): string {
  const prelude = [
    'import asyncio, json, psycopg, pyotp',
    'from siso_local.settings import Settings',
    'from tests.e2e import people',
    'settings = Settings.load()\n',
  ].join('\n');
  return execFileSync('python', ['-c', prelude + code], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: `${root}/scripts:${root}` },
  }).trim();
}

let lastCode = '';
/** A code that has not been used: waits for the next one where needed. */
async function freshCode(secret: string): Promise<string> {
  for (;;) {
    const code = python(`print(pyotp.TOTP(${JSON.stringify(secret)}).now())`);
    if (code !== lastCode) return (lastCode = code);
    // oxlint-disable-next-line no-await-in-loop -- polling
    await new Promise((done) => setTimeout(done, 1000));
  }
}

/** The same access token, whose second factor was shown eleven minutes ago. */
function aged(token: string): string {
  const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    amr: { method: string; timestamp: number }[];
  };
  for (const entry of payload.amr) entry.timestamp -= 660;
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(payload)}`;
  return `${head}.${createHmac('sha256', jwtSecret).update(head).digest('base64url')}`;
}

await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
const context = await browser.newContext({
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  reducedMotion: 'reduce',
  permissions: ['notifications'],
});
const page = await context.newPage();
page.on('pageerror', (error) => failures.push(error.message));
page.on('console', (message) => {
  // The refusals are the point here.
  if (
    message.type() === 'error' &&
    !/Failed to load resource|^AppError: Something went wrong on our side/.test(message.text())
  )
    failures.push(message.text());
});

async function shoot(name: string): Promise<void> {
  await page.waitForTimeout(500);
  await page.screenshot({ path: resolve(folder, `trouble-${name}.png`) });
  process.stdout.write(`${name}\n`);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  for (const { id, nodes } of violations)
    failures.push(
      `${name} axe ${id}: ${nodes
        .map(({ html }) => html.slice(0, 160))
        .slice(0, 3)
        .join(' | ')}`,
    );
}

/** Answers requests whose address holds some words, until `stop` is called. */
async function answer(words: string, status: number, body: unknown): Promise<() => Promise<void>> {
  const matches = (url: URL): boolean => url.href.includes(words);
  await context.route(matches, (route) =>
    route.request().method() === 'OPTIONS'
      ? route.fallback()
      : route.fulfill({ status, json: body, headers: { 'access-control-allow-origin': '*' } }),
  );
  return () => context.unroute(matches);
}

const refusal = (message: string, rule: string) => ({
  code: 'PT409',
  message,
  details: JSON.stringify({ rule }),
  hint: null,
});

const made = JSON.parse(
  python(`
async def main():
    partner = await people.Partner.new(settings)
    await partner.become_partner()
    deal = await partner.win(250_000)
    print(json.dumps({"email": partner.email, "password": partner.password, "reference": deal["reference"]}))
asyncio.run(main())
`),
) as { email: string; password: string; reference: string };

await page.goto(`${pwa}/sign-in`);
await page.getByLabel('E-mail').fill(made.email);
await page.getByLabel('Password').fill(made.password);
await page.getByRole('button', { name: 'Sign in' }).click();
await page.getByRole('heading', { name: 'Starter tier' }).waitFor();

// Meanwhile on another device: a second factor, a payout account, money.
const secret = python(`
async def main():
    partner = await people.Partner.new(settings)
    partner.email, partner.password = ${JSON.stringify(made.email)}, ${JSON.stringify(made.password)}
    await partner.sign_in()
    partner.id = (await partner.call("my_account"))["partner"]["id"]
    await partner.enrol_second_factor()
    with psycopg.connect(settings.dsn("supabase_admin"), autocommit=True) as db:
        await partner.connect_payout_account(db)
    print(partner.secret)
asyncio.run(main())
`);
lastCode = python(`print(pyotp.TOTP(${JSON.stringify(secret)}).now())`);
python(`people.admin(settings, 'verify-deal', ${JSON.stringify(made.reference)}, '250000')
answer = people.client_pays(settings, ${JSON.stringify(made.reference)}, 250000, source_id=${JSON.stringify(made.reference)})
assert answer.status_code < 300, answer.text`);

// Setting up a second factor ends all sessions without one: this one has to come back with a code.
await page.waitForURL(/\/sign-in/, { timeout: 20_000 }).catch(() => failures.push(`still at ${page.url()}`));
await shoot('00-session-ended-elsewhere');
await page.goto(`${pwa}/partner/earnings`);
await page.getByLabel('E-mail').fill(made.email);
await page.getByLabel('Password').fill(made.password);
await page.getByRole('button', { name: 'Sign in' }).click();
await page.getByRole('heading', { name: 'One more step' }).waitFor();
await page.goto(`${pwa}/partner/earnings`);
await page.getByRole('heading', { name: 'One more step' }).waitFor();
await page.getByLabel(/^Code/).fill(await freshCode(secret));
await page.getByRole('button', { name: 'Verify' }).click();
const request = page.getByRole('button', { name: 'Pay out $500.00' });
await request.waitFor({ timeout: 60_000 });
await shoot('01-earnings');

for (const [name, status, body] of [
  ['02-refused-hold', 409, refusal('The destination changed.', 'destination_hold')],
  ['03-refused-other', 409, refusal('Another payout is still on its way.', 'payout_running')],
  ['04-server', 500, { code: 'XX000', message: 'boom', details: null, hint: null }],
] as const) {
  const stop = await answer('/rpc/request_payout', status, body);
  await request.click();
  await page.getByRole('alert').waitFor();
  await shoot(name);
  await stop();
}

// The second factor of the session is older than ten minutes.
await page.evaluate(
  (token) => {
    const session = JSON.parse(localStorage.getItem('siso-auth') ?? '{}') as { access_token: string };
    localStorage.setItem('siso-auth', JSON.stringify({ ...session, access_token: token }));
  },
  aged(
    await page.evaluate(
      () => (JSON.parse(localStorage.getItem('siso-auth') ?? '{}') as { access_token: string }).access_token,
    ),
  ),
);
await page.reload();
await request.click();
await page.getByRole('dialog').getByRole('textbox', { name: /^Code/ }).waitFor();
await shoot('10-code-wanted');
await page.getByRole('dialog').getByLabel(/^Code/).fill('000000');
await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
await page.getByRole('dialog').getByRole('alert').waitFor();
await shoot('11-code-wrong');
await page.keyboard.press('Escape');
await page.getByRole('dialog').waitFor({ state: 'detached' });
await shoot('12-given-up');
await request.click();
await page
  .getByRole('dialog')
  .getByLabel(/^Code/)
  .fill(await freshCode(secret));
await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
await page.getByText('Your payout is on its way.').waitFor({ timeout: 20_000 });
await shoot('13-payout-after-code');

const change = page.getByRole('button', { name: 'Change account' });
await change.click();
await page.waitForURL((url) => !url.href.startsWith(pwa), { timeout: 20_000 });

// States of money that are rare.
const line = (status: string, index: number, more: object = {}) => ({
  id: crypto.randomUUID(),
  amount: 12_345 + index,
  currency: 'USD',
  status,
  commission_type: 'base',
  rate: 2000,
  base_amount: 61_725,
  created_at: new Date().toISOString(),
  clears_at: null,
  payment_date: null,
  deal_reference: `D-0000000${index}`,
  company_name: `Client ${index + 11}`,
  instalment: index + 1,
  next_step: null,
  ...more,
});
const stopLines = await answer('/commission_lines', 200, [
  line('disputed', 1),
  line('held', 2),
  line('reversed', 3, { amount: -12_348, commission_type: 'reversal' }),
  line('settled', 4, { commission_type: 'adjustment', rate: 0 }),
  line('pending', 5, { clears_at: new Date(Date.now() + 9e8).toISOString() }),
]);
for (const [status, code, message] of [
  ['draft', null, null],
  ['parked', 'balance_insufficient', 'Words of Stripe that are not for partners.'],
  ['parked', 'payouts_frozen', null],
  ['failed', 'refused', 'Stripe refused the transfer. The money is back in your balance.'],
  ['reversed', null, null],
  ['cancelled', null, null],
] as const) {
  const stop = await answer('/rest/v1/payouts', 200, [
    {
      id: crypto.randomUUID(),
      amount: 50_000,
      currency: 'USD',
      status,
      requested_at: new Date().toISOString(),
      sent_at: null,
      paid_at: null,
      kind: 'on_request',
      fee: 0,
      failure_code: code,
      failure_message: message,
      instant: null,
    },
  ]);
  await page.goto(`${pwa}/partner/earnings`);
  await page.getByRole('status', { name: 'Current payout' }).waitFor();
  await shoot(`20-payout-${status}-${code ?? 'plain'}`);
  await stop();
}
await page.locator('#lines-title').evaluate((element) => element.scrollIntoView());
await shoot('21-lines');
await stopLines();

// Reads that fail on a device that knows nothing yet.
const stopReads = await answer('/rest/v1/', 500, { code: 'XX000', message: 'boom', details: null, hint: null });
await page.evaluate(async () => {
  for (const { name } of await indexedDB.databases()) if (name !== undefined) indexedDB.deleteDatabase(name);
});
await page.goto(`${pwa}/partner/earnings`);
await page.getByRole('button', { name: /again/i }).first().waitFor({ timeout: 30_000 });
await shoot('30-nothing-to-read');
await stopReads();

// Push: what the settings say where the browser has no push service, then a message that arrives.
await page.goto(`${pwa}/partner/settings`);
await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
const cdp = await context.newCDPSession(page);
const registration = new Promise<string>((found) => {
  cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    const own = registrations.find(({ scopeURL }) => scopeURL.startsWith(pwa));
    if (own !== undefined) found(own.registrationId);
  });
});
await cdp.send('ServiceWorker.enable');
const deliver = async (data: unknown): Promise<void> => {
  await cdp.send('ServiceWorker.deliverPushMessage', {
    origin: pwa,
    registrationId: await registration,
    data: typeof data === 'string' ? data : JSON.stringify(data),
  });
};
// A headless browser shows no notifications and has no icon for a number: what the worker asks for is kept instead.
await worker.evaluate(() => {
  const scope = globalThis as unknown as { registration: object; shown: unknown[] };
  scope.shown = [];
  Object.assign(scope.registration, {
    showNotification: (title: string, { tag, data }: { tag: string; data: unknown }) => {
      scope.shown.push({ title, tag, data });
      return Promise.resolve();
    },
  });
  Object.assign(navigator, {
    setAppBadge: (badge: number) => {
      scope.shown.push(badge);
      return Promise.resolve();
    },
  });
});
await deliver({
  web_push: 8030,
  notification: {
    title: 'Payout sent',
    body: 'Your payout is on its way.',
    navigate: `${pwa}/partner/earnings`,
    tag: 'one',
    app_badge: 3,
  },
});
await deliver('not json');
await page.waitForTimeout(1000);
const shown = JSON.stringify(await worker.evaluate(() => (globalThis as unknown as { shown: unknown[] }).shown));
const wanted = JSON.stringify([
  { title: 'Payout sent', tag: 'one', data: { navigate: '/partner/earnings' } },
  3,
  { title: 'SISO Partners', tag: 'siso', data: { navigate: '/partner/notifications' } },
]);
if (shown !== wanted) failures.push(`push: ${shown} instead of ${wanted}`);
process.stdout.write('push messages arrived\n');
await page.goto(`${pwa}/partner/settings`);
const turnOn = page.getByRole('region', { name: /Push/ }).getByRole('button').first();
if ((await turnOn.count()) > 0) {
  await turnOn.scrollIntoViewIfNeeded();
  await turnOn.click();
  await page.waitForTimeout(3000);
}
await shoot('40-push');

await browser.close();
for (const failure of failures) process.stdout.write(`${failure}\n`);
process.stdout.write(`${failures.length} findings; pictures in ${folder}\n`);
process.exitCode = failures.length === 0 ? 0 : 1;
