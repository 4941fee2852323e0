/**
 * One partner's way through the app with a picture of every step: sign-up by the link in the mail, application, approval
 * seen live, first lead, swipe with undo, claim, second factor, payout account, money that arrives without a reload, payout.
 *
 *   node tests/e2e/screens-story.ts <folder>
 *
 * Needs the variables of `./scripts/status -o env`, SISO_STATE, and a Python of the project on the path.
 */
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
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
const mail = setting('MAIL_URL');
setting('SISO_STATE');

/** Runs a few lines with what the Python stories use. */
function python(code: string): string {
  const prelude =
    'from siso_local.settings import Settings\nfrom tests.e2e import people\nimport pyotp\nsettings = Settings.load()\n';
  return execFileSync('python', ['-c', prelude + code], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: `${root}/scripts:${root}` },
  }).trim();
}

const totp = (secret: string): string => python(`print(pyotp.TOTP(${JSON.stringify(secret)}).now())`);

async function confirmationLink(address: string): Promise<string> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    // oxlint-disable-next-line no-await-in-loop -- polling
    const found = (await (await fetch(`${mail}/api/messages?to=${encodeURIComponent(address)}`)).json()) as {
      id: number;
      html?: string;
      text?: string;
    }[];
    const link = /https?:\/\/[^\s"<>]+\/auth\/v1\/verify[^\s"<>]+/.exec(
      `${found[0]?.html ?? ''} ${found[0]?.text ?? ''}`,
    )?.[0];
    if (link !== undefined) return link.replaceAll('&amp;', '&');
    // oxlint-disable-next-line no-await-in-loop -- polling
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`no confirmation mail to ${address}`);
}

/** A finger that pulls from one point to another. */
async function swipe(touch: CDPSession, from: { x: number; y: number }, dx: number): Promise<void> {
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [from] });
  for (let step = 1; step <= 8; step += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one movement after the other
    await touch.send('Input.dispatchTouchEvent', {
      type: 'touchMove',
      touchPoints: [{ x: from.x + (dx * step) / 8, y: from.y + step / 4 }],
    });
  }
}

await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
const page: Page = await context.newPage();
const problems: string[] = [];
page.on('pageerror', (error) => problems.push(error.message));
page.on('console', (message) => {
  if (message.type() === 'error') problems.push(`${page.url()}: ${message.text()}`);
});
let number = 0;
const shoot = async (name: string): Promise<void> => {
  number += 1;
  await page.waitForTimeout(500);
  await page.screenshot({ path: resolve(folder, `story-${String(number).padStart(2, '0')}-${name}.png`) });
  process.stdout.write(`${name}\n`);
};

// New names every time: a client whom another partner has registered first would become a case.
const stamp = Date.now();
const email = `screens.${stamp}@example.com`;
const company = `Client ${String(stamp).slice(-5)}`;

await page.goto(`${pwa}/sign-up`);
await page.getByLabel('Your name').fill('Partner 07');
await page.getByLabel('E-mail').fill(email);
await page.getByLabel('Password').fill('a-good-Pass-1');
await page.getByRole('button', { name: 'Create account' }).click();
await page.getByRole('heading', { name: 'Check your mail' }).waitFor();
await shoot('check-mail');

await page.goto(await confirmationLink(email));
await page.getByRole('heading', { name: 'Apply as a partner' }).waitFor();
await page.getByRole('button', { name: 'Send application' }).click();
await shoot('apply-errors');
await page.getByLabel('Full name').fill('Partner 07');
await page.getByLabel('Phone').fill('+1 202 555 0123');
await page.getByLabel('Country').selectOption('US');
await page.getByLabel(/^Why do you want/).fill('I know many small web shops and their owners.');
await page.getByLabel(/^I accept/).check();
await page.getByRole('button', { name: 'Send application' }).click();
await page.getByRole('heading', { name: 'We are looking at your application' }).waitFor();
await shoot('waiting');

python(`people.admin(settings, 'approve-application', ${JSON.stringify(email)})`);
await page.getByRole('heading', { name: 'Starter tier' }).waitFor({ timeout: 20_000 });
await shoot('dashboard-live-after-approval');

await page.getByRole('link', { name: 'Leads', exact: true }).click();
await page.getByText('No new leads').waitFor();
await shoot('leads-empty');
await page.getByRole('button', { name: 'Add lead' }).last().click();
await page.getByLabel('Company').fill(company);
await page.getByLabel('Contact').fill('Contact 17');
await page.getByLabel('Phone').fill(`+1202${String(stamp).slice(-7)}`);
await page.getByLabel('E-mail').fill(`office@client-${stamp}.example`);
await page.getByLabel('Estimated value').fill('2,500.00');
await page.getByRole('button', { name: 'Save' }).click();
await page.getByRole('article').getByText(company).waitFor();
await shoot('lead-added');

const touch = await context.newCDPSession(page);
const box = await page.getByRole('article').first().boundingBox();
if (box === null) throw new Error('the card has no place');
await swipe(touch, { x: box.x + 60, y: box.y + 30 }, 160);
await shoot('swiping');
await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
await page.getByText(`${company} is in #contacted now.`).waitFor();
await touch.detach();
await shoot('swiped-with-undo');
await page.getByRole('button', { name: 'Undo' }).click();
await page.getByText(`${company} is in #new-leads now.`).waitFor();
await page.getByRole('article').getByText(company).waitFor();

await page.getByRole('button', { name: `Move ${company}` }).click();
await page.getByRole('dialog').getByRole('button', { name: '#closed-won' }).click();
await page.getByRole('dialog').getByText('$500.00').waitFor();
await shoot('win');
await page.getByRole('button', { name: 'Claim this win' }).click();
const claimed = await page.getByText(/^Deal .* claimed/).textContent();
const reference = /Deal (\S+) claimed/.exec(claimed ?? '')?.[1] ?? '';
await shoot('claimed');

await page.getByRole('link', { name: 'Earnings', exact: true }).click();
await page.getByText('Waiting for the client').first().waitFor();
await shoot('earnings-estimated');

await page.goto(`${pwa}/partner/settings`);
await page.getByRole('button', { name: 'Set up authenticator app' }).click();
const secret = ((await page.getByRole('dialog').locator('code').textContent()) ?? '').trim();
await page.getByRole('dialog').getByLabel(/^Code/).fill(totp(secret));
await shoot('enrol');
await page.getByRole('dialog').getByRole('button', { name: 'Turn on' }).click();
await page.getByText('Your authenticator app is set up.').waitFor();
await shoot('second-factor');

await page.goto(`${pwa}/partner/earnings`);
await page.getByRole('button', { name: 'Connect payout account' }).click();
await page.waitForURL((url) => !url.href.startsWith(pwa), { timeout: 20_000 });
await shoot('stripe');
await page.getByRole('checkbox').check();
await page.getByRole('button', { name: 'Finish', exact: true }).click();
await page.waitForURL(/onboarding=done/, { timeout: 20_000 });
await page.getByText('••••').waitFor({ timeout: 20_000 });
await shoot('account-ready');

await page.evaluate(() => scrollTo(0, 0));
python(`people.admin(settings, 'verify-deal', ${JSON.stringify(reference)}, '250000')`);
python(
  `answer = people.client_pays(settings, ${JSON.stringify(reference)}, 250000, source_id=${JSON.stringify(reference)})\nassert answer.status_code < 300, answer.text`,
);
await page.getByRole('button', { name: 'Pay out $500.00' }).waitFor({ timeout: 60_000 });
await shoot('money-arrived-without-reload');

const request = page.getByRole('button', { name: 'Pay out $500.00' });
await request.click();
await page.getByText('Your payout is on its way.').waitFor({ timeout: 20_000 });
await shoot('payout-requested');
await page
  .getByRole('status', { name: 'Current payout' })
  .getByText('Paid', { exact: true })
  .first()
  .waitFor({ timeout: 30_000 });
await shoot('payout-on-its-way');

await page.getByRole('button', { name: /^Why/ }).first().click();
await page.getByRole('dialog').getByText('This line').waitFor();
await shoot('why');
await page.keyboard.press('Escape');

await page.getByRole('button', { name: 'More' }).click();
await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
const kept = await page.evaluate(async () => ({
  keys: Object.keys(localStorage).filter((key) => key !== 'siso-theme'),
  databases: await indexedDB.databases(),
}));
if (kept.keys.length > 0 || kept.databases.length > 0) problems.push(`left on the device: ${JSON.stringify(kept)}`);
await page.getByLabel('E-mail').fill(email);
await page.getByLabel('Password').fill('a-good-Pass-1');
await page.getByRole('button', { name: 'Sign in' }).click();
await page.getByRole('heading', { name: 'One more step' }).waitFor();
await shoot('code-after-sign-in');

await browser.close();
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(`${problems.length} problems; pictures in ${folder}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
