/** What the partner does with the thumb, one function per step of the story. They use what a person can see and press. */
import type { Locator, Page } from 'playwright-core';

export interface Phone {
  readonly app: string;
  readonly page: Page;
  /** Errors that pages reported. */
  readonly problems: readonly string[];
  picture: (name: string) => Promise<void>;
  subscribeAt: (subscription: unknown) => Promise<void>;
}

type Wanted = Readonly<Record<string, string>>;
type Action = (phone: Phone, wanted: Wanted) => Promise<unknown>;

function given(wanted: Wanted, name: string): string {
  const value = wanted[name];
  if (value === undefined) throw new Error(`${name} is missing`);
  return value;
}

const STAGES = ['contacted', 'qualified', 'proposal-sent'];
const button = (place: Page | Locator, name: string | RegExp): Locator =>
  place.getByRole('button', { name, exact: typeof name === 'string' });

/** One row of "Where your money is". */
function moneyRow(page: Page, label: string): Locator {
  return page
    .locator('dl > div')
    .filter({ has: page.getByText(label, { exact: true }) })
    .locator('dd');
}

async function figures(page: Page): Promise<Record<string, string>> {
  const shown: Record<string, string> = {};
  for (const label of ['Estimated', 'Pending', 'Payable', 'Processing', 'Paid'])
    // oxlint-disable-next-line no-await-in-loop -- one glance after the other
    shown[label] = ((await moneyRow(page, label).textContent()) ?? '').trim();
  return shown;
}

/** Marks this very document, so that a reload would be noticed. */
async function markDocument(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.dataset['demo'] = 'same';
  });
}

async function sameDocument(page: Page): Promise<void> {
  const mark = await page.evaluate(() => document.documentElement.dataset['demo']);
  if (mark !== 'same') throw new Error('the page was loaded again; the change should have come by itself');
}

export const actions: Record<string, Action> = {
  signUp: async ({ app, page, picture }, wanted) => {
    await page.goto(`${app}/sign-up`);
    await page.getByLabel('Your name').fill(given(wanted, 'name'));
    await page.getByLabel('E-mail').fill(given(wanted, 'email'));
    await page.getByLabel('Password').fill(given(wanted, 'password'));
    await picture('sign-up');
    await button(page, 'Create account').click();
    await page.getByRole('heading', { name: 'Check your mail' }).waitFor();
    await picture('check-mail');
  },

  openMailLink: async ({ page, picture }, wanted) => {
    await page.goto(given(wanted, 'link'));
    await page.getByRole('heading', { name: 'Apply as a partner' }).waitFor();
    await picture('apply');
  },

  apply: async ({ page, picture }, wanted) => {
    await page.getByLabel('Full name').fill(given(wanted, 'name'));
    await page.getByLabel('Phone').fill('+1 202 555 0123');
    await page.getByLabel('Country').selectOption('US');
    await page.getByLabel(/^Why do you want/).fill('I know many small web shops and their owners.');
    await page.getByLabel(/^I accept/).check();
    await button(page, 'Send application').click();
    await page.getByRole('heading', { name: 'We are looking at your application' }).waitFor();
    await picture('application-sent');
  },

  leaveWhileWaiting: async ({ page }) => {
    await button(page, 'Sign out').click();
    await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  },

  signOut: async ({ page }) => {
    await button(page, 'More').click();
    await button(page.getByRole('dialog'), 'Sign out').click();
    await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  },

  signIn: async ({ app, page, picture }, wanted) => {
    await page.goto(`${app}/sign-in`);
    await page.getByLabel('E-mail').fill(given(wanted, 'email'));
    await page.getByLabel('Password').fill(given(wanted, 'password'));
    await button(page, 'Sign in').click();
    const after = page.getByRole('heading', { name: wanted['code'] === undefined ? 'Starter tier' : 'One more step' });
    await after.waitFor();
    await picture(wanted['code'] === undefined ? 'dashboard' : 'code-asked');
    if (wanted['code'] === undefined) return;
    await page.getByLabel(/^Code/).fill(wanted['code']);
    await button(page, 'Verify').click();
    await page.getByRole('heading', { name: 'Starter tier' }).waitFor();
  },

  showAuthenticatorKey: async ({ app, page, picture }) => {
    await page.goto(`${app}/partner/settings`);
    await button(page, 'Set up authenticator app').click();
    const key = page.getByRole('dialog').locator('code');
    await key.waitFor();
    await picture('authenticator');
    return (await key.textContent())?.trim();
  },

  enrol: async ({ page }, wanted) => {
    await page.getByRole('dialog').getByLabel(/^Code/).fill(given(wanted, 'code'));
    await button(page.getByRole('dialog'), 'Turn on').click();
    await page.getByText('Your authenticator app is set up.').waitFor();
  },

  turnPushOn: async ({ app, page, picture, subscribeAt }, wanted) => {
    await subscribeAt(JSON.parse(given(wanted, 'subscription')));
    await page.goto(`${app}/partner/settings`);
    const section = page.getByRole('region', { name: 'Push notifications' });
    await button(section, 'Turn on').click();
    await section.getByText('On for this device').waitFor();
    await section.scrollIntoViewIfNeeded();
    await picture('push-on');
  },

  connectPayoutAccount: async ({ app, page, picture }) => {
    await page.getByRole('link', { name: 'Earnings', exact: true }).click();
    await button(page, 'Connect payout account').click();
    await page.waitForURL((url) => !url.href.startsWith(app));
    const host = new URL(page.url()).host;
    await page.getByRole('checkbox').check();
    await picture('payout-account-at-stripe');
    await button(page, 'Finish').click();
    await page.waitForURL(/onboarding=done/);
    await page.getByText('••••').waitFor();
    await page.getByText('••••').scrollIntoViewIfNeeded();
    await picture('payout-account-ready');
    return { host, label: /.*•+ \d+/.exec((await page.getByText('••••').first().textContent()) ?? '')?.[0] };
  },

  addLead: async ({ page, picture }, wanted) => {
    await page.getByRole('link', { name: 'Leads', exact: true }).click();
    await button(page, 'Add lead').last().click();
    await page.getByLabel('Company').fill(given(wanted, 'company'));
    await page.getByLabel('Contact').fill(given(wanted, 'contact'));
    await page.getByLabel('Phone').fill(given(wanted, 'phone'));
    await page.getByLabel('E-mail').fill(given(wanted, 'email'));
    await page.getByLabel('Estimated value').fill(given(wanted, 'value'));
    await button(page, 'Save').click();
    await page.getByRole('article').getByText(given(wanted, 'company')).waitFor();
    await picture('lead-added');
  },

  /** Through the stages by the "Move" button; a swipe does the same. */
  moveLead: async ({ page, picture }, wanted) => {
    const company = given(wanted, 'company');
    for (const stage of STAGES) {
      /* oxlint-disable no-await-in-loop -- one stage after the other */
      await button(page, new RegExp(`^Move ${company}`)).click();
      if (stage === STAGES[0]) await picture('move-lead');
      await button(page.getByRole('dialog'), `#${stage}`).click();
      await page.getByText(`${company} is in #${stage} now.`).waitFor();
      // The board stays where it is: go to where the card went.
      await page.getByRole('navigation', { name: 'Pipeline channels' }).getByText(`#${stage}`).click();
      await page.getByRole('article').getByText(company).waitFor();
      /* oxlint-enable no-await-in-loop */
    }
    await picture('lead-moved');
  },

  markWon: async ({ page, picture }, wanted) => {
    await button(page, new RegExp(`^Move ${given(wanted, 'company')}`)).click();
    await button(page.getByRole('dialog'), '#closed-won').click();
    await page.getByRole('dialog').getByText(given(wanted, 'estimate')).waitFor();
    await picture('mark-won');
    await button(page, 'Claim this win').click();
    const toast = page.getByText(/^Deal \S+ claimed/);
    await toast.waitFor();
    await picture('win-claimed');
    return /Deal (\S+) claimed/.exec((await toast.textContent()) ?? '')?.[1];
  },

  /** Opens the money page, from which only live changes are expected. */
  watchEarnings: async ({ page, picture }) => {
    await page.getByRole('link', { name: 'Earnings', exact: true }).click();
    await page.getByRole('heading', { name: 'Where your money is' }).waitFor();
    await page.getByText('Waiting for the client').first().waitFor();
    await markDocument(page);
    await picture('earnings-estimated');
    return figures(page);
  },

  /**
   * Waits until one of some rows shows an amount by itself. Tells what the page shows then; fails when it was loaded again.
   * A picture is taken only when the first of the rows has it: the later ones have their own.
   */
  seeMoney: async ({ page, picture }, wanted) => {
    const [first = '', ...later] = given(wanted, 'rows').split(',');
    const amount = page.getByText(given(wanted, 'amount'), { exact: true });
    let shown = moneyRow(page, first).and(amount);
    for (const label of later) shown = shown.or(moneyRow(page, label).and(amount));
    await shown.first().waitFor({ timeout: 40_000 });
    const now = await figures(page);
    if (now[first] === wanted['amount']) await picture(given(wanted, 'picture'));
    await sameDocument(page);
    return now;
  },

  requestPayout: async ({ page }, wanted) => {
    await page.getByRole('link', { name: 'Earnings', exact: true }).click();
    const request = button(page, `Pay out ${given(wanted, 'amount')}`);
    await request.waitFor();
    await markDocument(page);
    await request.click();
    await page.getByText('Your payout is on its way.').waitFor();
  },

  seePaid: async ({ page, picture }) => {
    const payout = page.getByRole('status', { name: 'Current payout' });
    await payout.getByText('Paid', { exact: true }).first().waitFor({ timeout: 30_000 });
    await sameDocument(page);
    await picture('paid-live');
  },

  askWhy: async ({ page, picture }) => {
    await button(page, /^Why this amount/)
      .first()
      .click();
    await page.getByRole('dialog').getByText('This line').waitFor();
    await picture('why-this-amount');
    await page.keyboard.press('Escape');
  },

  readNotifications: async ({ app, page, picture }) => {
    await page.goto(`${app}/partner/notifications`);
    await page.getByText('Payout sent').first().waitFor();
    await picture('notifications');
  },

  look: ({ picture }, wanted) => picture(given(wanted, 'name')),

  problems: ({ problems }) => Promise.resolve(problems),
};
