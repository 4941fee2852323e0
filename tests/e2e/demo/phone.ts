/**
 * The partner's phone: a browser that does one thing after another, as it is told, on the real app.
 *
 *   node tests/e2e/demo/phone.ts     reads one JSON object per line ({"do": name, …}), answers one per line
 *                                    ({"value": …} or {"error": …}); ends with its standard input.
 *
 * DEMO_FOLDER takes a picture of every screen; DEMO_SHOW=1 shows the browser, DEMO_SLOW=1 lets a person follow.
 */
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { pretendPushService } from './push-service.ts';
import { actions, type Phone } from './actions.ts';
import { examineActions } from './examine.ts';
import { moneyActions } from './money-actions.ts';

const environment = (name: string): string => process.env[name] ?? '';
const show = environment('DEMO_SHOW') === '1';
const slow = environment('DEMO_SLOW') === '1';
const SCREEN = { width: 390, height: 844 };

class Device implements Phone {
  readonly app = environment('PWA_URL');
  readonly problems: string[] = [];
  readonly page: Page;
  readonly #context: BrowserContext;
  #pictures = 0;

  constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    page.on('pageerror', (error) => this.problems.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(`${page.url()}: ${message.text()}`);
    });
  }

  // The actions take these apart from their object.
  readonly picture = async (name: string): Promise<void> => {
    this.#pictures += 1;
    const file = `${String(this.#pictures).padStart(2, '0')}-${name}.png`;
    await this.page.waitForTimeout(slow ? 1500 : 100);
    await this.page.screenshot({ path: resolve(environment('DEMO_FOLDER'), file) });
  };

  readonly subscribeAt = (subscription: unknown): Promise<void> => pretendPushService(this.#context, subscription);
}

function answer(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** The first lines of what went wrong, without the colours of the terminal. */
function reason(error: unknown): string {
  // oxlint-disable-next-line no-control-regex -- colours are control characters
  const plain = String(error instanceof Error ? error.message : error).replaceAll(/\u001B\[\d+m/g, '');
  return plain.split('\n').slice(0, 4).join(' ').replaceAll(/\s+/g, ' ').trim();
}

async function main(): Promise<void> {
  const browser = await launchBrowser({ show, slow: slow ? 400 : 0 });
  const context = await browser.newContext({
    viewport: SCREEN,
    hasTouch: true,
    isMobile: !show,
    locale: 'en-US',
    // Numbers that count up and sheets that slide in are for eyes only.
    reducedMotion: show || slow ? 'no-preference' : 'reduce',
  });
  context.setDefaultTimeout(20_000);
  const device = new Device(context, await context.newPage());
  answer({ value: browser.version() });
  for await (const line of createInterface({ input: process.stdin })) {
    const { do: name, ...wanted } = JSON.parse(line) as { do: string } & Record<string, string>;
    const action = actions[name] ?? moneyActions[name] ?? examineActions[name];
    try {
      if (action === undefined) throw new Error(`the phone does not know how to ${name}`);
      answer({ value: (await action(device, wanted)) ?? null });
    } catch (error) {
      answer({ error: reason(error) });
    }
  }
  await browser.close();
}

try {
  await main();
} catch (error) {
  answer({ error: reason(error) });
  process.exitCode = 1;
}
