/** A close look at a screen: pictures in both themes, what axe finds, what sticks out, and where the keyboard is. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import type { Phone } from './actions.ts';

type Action = (phone: Phone, wanted: Readonly<Record<string, string>>) => Promise<unknown>;

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function findings(page: Page, theme: string, part: string): Promise<string[]> {
  const builder = new AxeBuilder({ page }).setLegacyMode(true).include(part);
  // What the themes differ in is their colours.
  const { violations } = await (
    theme === 'light' ? builder.withRules(['color-contrast']) : builder.withTags(RULES)
  ).analyze();
  return violations.map(
    ({ id, nodes }) =>
      `${theme}: ${id}: ${nodes
        .slice(0, 3)
        .map(({ html }) => html.slice(0, 160))
        .join(' | ')}`,
  );
}

/** The name by which assistive technology calls what has the focus. */
function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return '';
    const isField = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
    const labels = isField ? [...(element.labels ?? [])].map((label) => label.textContent) : [];
    return (element.getAttribute('aria-label') ?? (labels.join(' ') || element.textContent || '')).trim();
  });
}

export const examineActions: Record<string, Action> = {
  /** What is on the screen (or in `part` of it, a selector) in some themes; what is wrong with it, as sentences. */
  examine: async ({ page, picture }, { name = 'screen', themes = 'dark', part = 'body' }) => {
    const wrong: string[] = [];
    for (const theme of themes.split(',')) {
      /* oxlint-disable no-await-in-loop -- one theme after the other */
      await page.evaluate((wanted) => document.documentElement.setAttribute('data-theme', wanted), theme);
      await picture(`${name}-${theme}`);
      wrong.push(...(await findings(page, theme, part)));
      /* oxlint-enable no-await-in-loop */
    }
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    return wide > 0 ? [...wrong, `${wide} px wider than the screen`] : wrong;
  },

  focused: ({ page }) => focusedName(page),

  /** Goes on by the Tab key until something with this name has the focus. */
  tabTo: async ({ page }, { name = '' }) => {
    for (let step = 0; step < 60; step += 1) {
      /* oxlint-disable no-await-in-loop -- one key after the other */
      await page.keyboard.press('Tab');
      if ((await focusedName(page)).startsWith(name)) return step;
      /* oxlint-enable no-await-in-loop */
    }
    throw new Error(`the keyboard does not reach ${name}; it is at ${await focusedName(page)}`);
  },

  press: ({ page }, { key = '' }) => page.keyboard.press(key),

  type: ({ page }, { text = '' }) => page.keyboard.type(text),
};
