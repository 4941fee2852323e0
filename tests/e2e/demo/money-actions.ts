/** What a partner does with earned money: paid out within minutes, and what is owed after a refund. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { Phone } from './actions.ts';

type Action = (phone: Phone, wanted: Readonly<Record<string, string>>) => Promise<unknown>;

async function openEarnings(app: string, page: Page): Promise<void> {
  await page.goto(`${app}/partner/earnings`);
  await page.getByRole('heading', { name: 'Payouts so far' }).waitFor();
}

export const moneyActions: Record<string, Action> = {
  /** Another person takes the device: nothing of the one before is left. */
  forget: async ({ app, page }) => {
    await page.goto('about:blank');
    const browser = await page.context().newCDPSession(page);
    await browser.send('Storage.clearDataForOrigin', { origin: app, storageTypes: 'local_storage,indexeddb,cookies' });
    await browser.detach();
  },

  signInToEarnings: async ({ app, page }, { email = '', password = '', code }) => {
    await page.goto(`${app}/sign-in?next=/partner/earnings`);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    if (code !== undefined) {
      await page.getByLabel(/^Code/).fill(code);
      await page.getByRole('button', { name: 'Verify' }).click();
    }
    await page
      .getByRole('heading', { name: /tier$/ })
      .or(page.getByRole('heading', { name: 'Payouts so far' }))
      .first()
      .waitFor();
    await openEarnings(app, page);
  },

  openEarnings: ({ app, page }) => openEarnings(app, page),

  /** Waits until a button can be pressed, or no longer. */
  waitForButton: async ({ page }, { name = '', can = 'yes' }) => {
    await page.locator(`button${can === 'yes' ? ':enabled' : ':disabled'}`, { hasText: name }).waitFor();
  },

  /** Fee first: what the sheet says before anything is asked for. */
  quoteInstant: async ({ page, picture }) => {
    await page.getByRole('button', { name: 'Pay out instantly' }).click();
    const sheet = page.getByRole('dialog', { name: 'Instant payout' });
    await sheet.getByText('You get').waitFor();
    await picture('instant-quote');
    return (await sheet.textContent()) ?? '';
  },

  confirmInstant: async ({ page, picture }) => {
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Pay out .* now$/ })
      .click();
    await page.getByText('Your instant payout is on its way.').waitFor();
    await picture('instant-requested');
  },

  waitForText: async ({ page, picture }, { text = '', name = 'text' }) => {
    const found = page.getByText(text).first();
    await found.waitFor({ timeout: 60_000 });
    await found.scrollIntoViewIfNeeded();
    await picture(name);
  },

  readDebts: async ({ page, picture }) => {
    const card = page.getByRole('region', { name: /^What you owe/ });
    await card.getByRole('listitem').first().waitFor();
    await card.scrollIntoViewIfNeeded();
    await picture('debts');
    return (await card.textContent()) ?? '';
  },

  /** From the debt to the line that it corrects, and back. */
  whyOfDebt: async ({ page, picture }) => {
    const card = page.getByRole('region', { name: /^What you owe/ });
    await card.getByRole('button', { name: /^Why/ }).first().click();
    const sheet = page.getByRole('dialog', { name: 'Why this amount?' });
    await sheet.getByText('Given back to the client').waitFor();
    await picture('why-debt');
    const says = (await sheet.textContent()) ?? '';
    await sheet.getByRole('button', { name: 'Show the line it corrects' }).click();
    await sheet.getByRole('heading', { name: 'Taken back from it' }).waitFor();
    await picture('why-corrected');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    return says;
  },

  narrow: async ({ page, picture }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'light'));
    await picture('narrow-light');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await page.setViewportSize({ width: 390, height: 844 });
    return wide;
  },

  /** How long ago, in seconds, the second factor of the session was shown. */
  factorAge: ({ page }) =>
    page.evaluate(() => {
      const { access_token: token = '' } = JSON.parse(localStorage.getItem('siso-auth') ?? '{}') as {
        access_token?: string;
      };
      const { amr } = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'))) as {
        amr: { method: string; timestamp: number }[];
      };
      return Date.now() / 1000 - (amr.find(({ method }) => method === 'totp')?.timestamp ?? 0);
    }),

  /** Keeps the request ids of all calls of a function from now on. */
  watchRequests: async ({ page }, { path = '' }) => {
    const ids: unknown[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith(path))
        ids.push((request.postDataJSON() as Record<string, unknown>)['request_id']);
    });
    await page.exposeFunction('requestIds', () => ids);
  },

  requestIds: ({ page }) =>
    page.evaluate(() => (globalThis as unknown as { requestIds: () => Promise<string[]> }).requestIds()),

  /** Waits for a sheet and for something in it. */
  sheet: async ({ page }, { name = '', text = '' }) => {
    const sheet = page.getByRole('dialog', { name });
    await sheet.getByText(text).first().waitFor();
  },

  /** Waits until a sheet is gone and whatever it was asked for has been told so: a busy button hears no press. */
  noSheet: async ({ page }, { name = '' }) => {
    await page.getByRole('dialog', { name }).waitFor({ state: 'detached' });
    await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
  },

  alert: async ({ page }) => {
    const alert = page.getByRole('alert').last();
    await alert.waitFor();
    return (await alert.textContent()) ?? '';
  },

  /** What a part of the page says, once it says some words. */
  read: async ({ page }, { region = '', text = '' }) => {
    const part = page.getByRole('region', { name: region });
    await part.getByText(text).first().waitFor({ timeout: 40_000 });
    await part.scrollIntoViewIfNeeded();
    return (await part.innerText()).replaceAll(/\s+/g, ' ');
  },

  /** From the payout account to Stripe's pages, another bank account there, and back. */
  changeBank: async ({ app, page, picture }) => {
    const account = page.getByRole('region', { name: 'Payout account' });
    await account.getByRole('button', { name: 'Change bank account' }).click();
    await page.waitForURL((url) => !url.href.startsWith(app));
    await page.getByRole('radio', { name: 'Bank account that works' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('A payout failed.').waitFor({ state: 'detached' });
    await picture('another-bank-at-stripe');
    // Stripe's dashboard leads nowhere: the person comes back by themselves.
    await page.goto(`${app}/partner/earnings`);
  },

  /** From the menu to the questions, and what stands there once it says some words. */
  readSupport: async ({ page, picture }, { text = '' }) => {
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Support' }).click();
    const part = page.getByRole('region', { name: 'Your questions' });
    await part.getByText(text).first().waitFor();
    await picture('support');
    return (await part.innerText()).replaceAll(/\s+/g, ' ');
  },

  /** Opens the settings at the certificates, and tells what stands there. */
  readCertificates: async ({ app, page, picture }, { text = '' }) => {
    await page.goto(`${app}/partner/settings`);
    const part = page.getByRole('region', { name: 'Certificates' });
    await part.getByText(text).first().waitFor();
    await part.scrollIntoViewIfNeeded();
    await picture('certificates');
    return (await part.innerText()).replaceAll(/\s+/g, ' ');
  },

  /** Presses a button that downloads a file; its name and how it begins. */
  download: async ({ page }, { name = '' }) => {
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name }).click();
    const file = await waiting;
    const content = await readFile(await file.path());
    return { name: file.suggestedFilename(), begins: content.subarray(0, 5).toString('latin1') };
  },
};
