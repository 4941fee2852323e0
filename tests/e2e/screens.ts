/**
 * Takes a picture of every screen and checks each with axe, against a running platform with its demo people.
 *
 *   node tests/e2e/screens.ts <folder>        (PWA_URL, API_URL and PUBLISHABLE_KEY from `./scripts/status -o env`)
 *
 * Ends with 1 when axe finds a violation, a page logs an error, or a page scrolls sideways.
 */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`${name} is not set: eval "$(./scripts/status -o env)" and export it.`);
  return value;
}

const folder = resolve(process.argv[2] ?? 'tests/e2e/artifacts');
const pwa = setting('PWA_URL');
const api = setting('API_URL');
const key = setting('PUBLISHABLE_KEY');
const email = process.env['SCREENS_EMAIL'] ?? 'starter.01@example.com';
const password = 'demo-Partner-1';
const failures: string[] = [];

const looks = [
  { name: 'dark-390', width: 390, height: 844, theme: 'dark' },
  { name: 'light-390', width: 390, height: 844, theme: 'light' },
  { name: 'dark-320', width: 320, height: 640, theme: 'dark' },
  { name: 'dark-1280', width: 1280, height: 800, theme: 'dark' },
] as const;

type Look = (typeof looks)[number];

async function call(path: string, token: string | null, body: unknown): Promise<unknown> {
  const response = await fetch(api + path, {
    method: 'POST',
    headers: {
      apikey: key,
      'content-type': 'application/json',
      prefer: 'return=minimal',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return text === '' ? null : JSON.parse(text);
}

/** Gives the demo partner leads in all open stages, once. */
async function fill(): Promise<void> {
  const { access_token: token } = (await call('/auth/v1/token?grant_type=password', null, { email, password })) as {
    access_token: string;
  };
  const known = await fetch(`${api}/rest/v1/leads?select=id&limit=10`, {
    headers: { apikey: key, authorization: `Bearer ${token}` },
  });
  if (((await known.json()) as unknown[]).length > 8) return;
  const stages = ['new', 'new', 'new', 'contacted', 'contacted', 'qualified', 'proposal_sent', 'closed_lost'];
  for (const [index, stage] of stages.entries()) {
    const id = crypto.randomUUID();
    // oxlint-disable-next-line no-await-in-loop -- the order is the order in the lanes
    await call('/rest/v1/leads', token, {
      id,
      company_name:
        index === 1 ? 'Client 12 with a rather long company name for a narrow screen' : `Client ${index + 11}`,
      contact_name: `Contact ${index + 11}`,
      contact_email: `client.${index + 11}@example.com`,
      contact_phone: index % 3 === 2 ? null : `+155501${index}0`,
      project_type: ['Online shop', 'Relaunch', 'Landing page'][index % 3],
      estimated_value: 150000 + index * 42550,
      currency: 'USD',
      ...(index === 0 ? { next_action: 'Send the offer', next_action_date: '2027-01-15' } : {}),
    });
    // oxlint-disable-next-line no-await-in-loop -- as above
    if (stage !== 'new')
      await call('/rest/v1/rpc/move_lead', token, {
        lead_id: id,
        to_status: stage,
        ...(stage === 'closed_lost' ? { lost_reason: 'No budget' } : {}),
      });
  }
}

async function shoot(page: Page, look: Look, name: string): Promise<void> {
  await page.waitForTimeout(450);
  await page.screenshot({ path: resolve(folder, `${name}.${look.name}.png`) });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) failures.push(`${name} (${look.name}) is ${wide} px too wide`);
  if (look.name === 'dark-1280') return;
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  for (const { id, nodes } of violations)
    failures.push(
      `${name} (${look.name}) axe ${id}: ${nodes
        .map(({ html }) => html.slice(0, 160))
        .slice(0, 3)
        .join(' | ')}`,
    );
}

async function open(browser: Browser, look: Look): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    deviceScaleFactor: 1,
    hasTouch: look.width < 500,
    reducedMotion: 'reduce',
  });
  await context.addInitScript((theme) => localStorage.setItem('siso-theme', theme), look.theme);
  const page = await context.newPage();
  page.on('pageerror', (error) => failures.push(`${look.name}: ${error.message}`));
  page.on('console', (message) => {
    // Offline, and a refusal that asks for a second factor, are part of the tour.
    const expected = /ERR_INTERNET_DISCONNECTED|status of 403/.test(message.text());
    if (message.type() === 'error' && !expected)
      failures.push(`${look.name} console at ${page.url()}: ${message.text()}`);
  });
  return { context, page };
}

async function signIn(page: Page): Promise<void> {
  await page.goto(`${pwa}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: /tier$/ }).waitFor();
}

async function visit(browser: Browser, look: Look): Promise<void> {
  const { context, page } = await open(browser, look);
  await page.goto(`${pwa}/sign-in`);
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await shoot(page, look, '01-sign-in');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await shoot(page, look, '02-sign-in-errors');
  for (const [name, path] of [
    ['03-sign-up', '/sign-up'],
    ['04-forgot', '/forgot-password'],
    ['05-confirm-broken', '/auth/confirm'],
    ['06-not-found', '/nowhere'],
  ] as const) {
    await page.goto(pwa + path);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await shoot(page, look, name);
  }
  await signIn(page);
  await shoot(page, look, '10-dashboard');
  await page.getByRole('button', { name: 'More' }).click();
  await shoot(page, look, '11-more');
  await page.keyboard.press('Escape');
  await page.goto(`${pwa}/partner/leads`);
  await page.getByRole('article').first().waitFor();
  await shoot(page, look, '20-leads');
  await page
    .getByRole('button', { name: /^Move / })
    .first()
    .click();
  await shoot(page, look, '21-move');
  await page.getByRole('dialog').getByRole('button', { name: '#closed-lost' }).click();
  await shoot(page, look, '22-lost');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Add lead' }).click();
  await shoot(page, look, '23-add-lead');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await shoot(page, look, '24-add-lead-errors');
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox').fill('client 1');
  await page.getByText(/leads? found/).waitFor();
  await shoot(page, look, '25-search');
  await page.getByRole('article').first().getByRole('link').first().click();
  await page.getByRole('heading', { name: 'Timeline' }).waitFor();
  await shoot(page, look, '26-lead');
  await page.goto(`${pwa}/partner/leads?action=win`);
  await page.getByRole('dialog').getByRole('listitem').first().waitFor();
  await shoot(page, look, '27-log-sale');
  await page.getByRole('dialog').getByRole('listitem').first().getByRole('button').click();
  await page.getByRole('heading', { name: 'Mark as won' }).waitFor();
  await page.getByRole('textbox', { name: 'Value of the deal' }).fill('2,500.00');
  await shoot(page, look, '28-win');
  await page.goto(`${pwa}/partner/earnings`);
  await page.getByRole('heading', { name: 'Payouts so far' }).waitFor();
  await page.waitForLoadState('networkidle');
  await shoot(page, look, '30-earnings');
  const why = page.getByRole('button', { name: /^Why/ }).first();
  if ((await why.count()) > 0) {
    await why.scrollIntoViewIfNeeded();
    await shoot(page, look, '31-earnings-lines');
    await why.click();
    await page.getByRole('dialog').getByText('This line').waitFor();
    await shoot(page, look, '32-why');
    await page.keyboard.press('Escape');
  }
  await page.getByRole('heading', { name: 'Payouts so far' }).scrollIntoViewIfNeeded();
  await shoot(page, look, '33-earnings-account');
  await page.getByRole('button', { name: 'Connect payout account' }).click();
  await page.getByRole('dialog').getByText('Set up an authenticator app first').waitFor();
  await shoot(page, look, '34-second-factor-missing');
  await page.keyboard.press('Escape');
  await page.goto(`${pwa}/partner/notifications`);
  await page.getByRole('heading', { name: 'Notifications', level: 1 }).waitFor();
  await shoot(page, look, '40-notifications');
  await page.goto(`${pwa}/partner/settings`);
  await page.getByRole('button', { name: 'Set up authenticator app' }).waitFor();
  await shoot(page, look, '50-settings');
  await page.getByRole('button', { name: 'Set up authenticator app' }).click();
  await page.getByRole('textbox', { name: /Code/ }).waitFor();
  await shoot(page, look, '51-enrol');
  await page.keyboard.press('Escape');
  if (look.name === 'dark-390') {
    await context.setOffline(true);
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByText('You are offline').first().waitFor();
    await page.getByRole('heading', { name: /tier$/ }).waitFor();
    await shoot(page, look, '60-offline');
  }
  await context.close();
}

await mkdir(folder, { recursive: true });
await fill();
const browser = await launchBrowser();
const chosen = looks.filter(({ name }) => process.argv.length < 4 || process.argv.slice(3).includes(name));
try {
  for (const look of chosen) {
    // oxlint-disable-next-line no-await-in-loop -- one browser, one screen after the other
    await visit(browser, look);
    process.stdout.write(`${look.name} done\n`);
  }
} finally {
  await browser.close();
}
for (const failure of failures) process.stdout.write(`${failure}\n`);
process.stdout.write(`${failures.length} findings; pictures in ${folder}\n`);
process.exitCode = failures.length === 0 ? 0 : 1;
