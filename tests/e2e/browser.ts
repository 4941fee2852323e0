/**
 * Finds a Chromium and starts it for browser tests and screenshots.
 *
 * Order: `CHROMIUM_PATH`, a Chromium of the system, then the one that npm brings (`@sparticuz/chromium`, Linux x64/arm64).
 * A machine without any gets a clear error: a browser test is never skipped in silence.
 */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

// The packaged build is made for a small container: these of its flags break what a PWA needs (service workers, storage).
const UNWANTED = [
  /^--single-process$/,
  /^--no-zygote$/,
  /^--headless/,
  /^--in-process-gpu$/,
  /^--disable-web-security$/,
];

interface Found {
  path: string;
  args: string[];
}

/** The browser to use. Throws an error that says what to install when there is none. */
export async function findBrowser(): Promise<Found> {
  const wanted = process.env['CHROMIUM_PATH'];
  if (wanted !== undefined && wanted !== '') {
    if (!existsSync(wanted)) throw new Error(`CHROMIUM_PATH names ${wanted}, which does not exist.`);
    return { path: wanted, args: [] };
  }
  const system = SYSTEM_PATHS.find((path) => existsSync(path));
  if (system !== undefined) return { path: system, args: [] };
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    const args = packaged.args.filter((arg) => !UNWANTED.some((pattern) => pattern.test(arg)));
    return { path: await packaged.executablePath(), args };
  } catch (cause) {
    throw new Error(
      'No Chromium found. Install one (Debian: apt install chromium) or set CHROMIUM_PATH to the executable of any Chromium.',
      { cause },
    );
  }
}

/** Starts the browser, headless. Works as root (Chromium refuses its sandbox there). */
export async function launchBrowser(): Promise<Browser> {
  const { path, args } = await findBrowser();
  return chromium.launch({ executablePath: path, headless: true, args: [...args, '--no-sandbox'] });
}
