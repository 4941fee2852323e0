/**
 * Finds a Chromium and starts it for browser tests and screenshots.
 *
 * Order: `CHROMIUM_PATH`, a Chromium of the system, then the one that npm brings (`@sparticuz/chromium`, Linux x64/arm64).
 * A machine without any gets a clear error: a browser test is never skipped in silence. The packaged one is unpacked once
 * per checkout and brings the libraries and fonts that a small system lacks.
 */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
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

// Where the packaged build is unpacked: not in the temporary folder, which other users and checkouts share.
const UNPACKED = resolve(import.meta.dirname, '../../.state/browser');

interface Found {
  path: string;
  args: string[];
  /** Libraries for a system that has none of its own. */
  libraries?: string;
}

/** Runs something with other environment variables, which are put back afterwards. */
async function within<T>(variables: Record<string, string>, action: () => Promise<T>): Promise<T> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    return await action();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

/** The packaged build, unpacked whole or not at all, also when two runs begin at the same time. */
async function findPackaged(): Promise<Found> {
  const { default: packaged } = await import('@sparticuz/chromium');
  const path = resolve(UNPACKED, 'chromium');
  if (!existsSync(path)) {
    const folder = `${UNPACKED}.${process.pid}`;
    await mkdir(folder, { recursive: true });
    // The package unpacks into the temporary folder, and its libraries only where it takes the machine for its cloud.
    const place = { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };
    await within(place, () => packaged.executablePath());
    await rename(folder, UNPACKED).catch(() => rm(folder, { recursive: true }));
  }
  if (!existsSync('/etc/fonts')) process.env['FONTCONFIG_PATH'] ??= resolve(UNPACKED, 'fonts');
  const args = packaged.args.filter((arg) => !UNWANTED.some((pattern) => pattern.test(arg)));
  return { path, args, libraries: resolve(UNPACKED, 'al2023/lib') };
}

/** The browser to use. Throws an error that says what to install when there is none. */
async function findBrowser(): Promise<Found> {
  const wanted = process.env['CHROMIUM_PATH'];
  if (wanted !== undefined && wanted !== '') {
    if (!existsSync(wanted)) throw new Error(`CHROMIUM_PATH names ${wanted}, which does not exist.`);
    return { path: wanted, args: [] };
  }
  const system = SYSTEM_PATHS.find((path) => existsSync(path));
  if (system !== undefined) return { path: system, args: [] };
  try {
    return await findPackaged();
  } catch (cause) {
    throw new Error(
      'No Chromium found. Install one (Debian: apt install chromium) or set CHROMIUM_PATH to the executable of any Chromium.',
      { cause },
    );
  }
}

interface Look {
  /** With a window, which the packaged build does not have. */
  show?: boolean;
  /** Milliseconds to wait after every action, so that a person can follow. */
  slow?: number;
}

/** Starts the browser, headless unless told otherwise. Works as root (Chromium refuses its sandbox there). */
export async function launchBrowser({ show = false, slow = 0 }: Look = {}): Promise<Browser> {
  const { path, args, libraries } = await findBrowser();
  if (show && libraries !== undefined)
    throw new Error(
      'The packaged Chromium has no window: install one (Debian: apt install chromium) or set CHROMIUM_PATH.',
    );
  const options = { executablePath: path, headless: !show, slowMo: slow, args: [...args, '--no-sandbox'] };
  try {
    return await chromium.launch(options);
  } catch (cause) {
    const missing = /error while loading shared libraries: (\S+?):/.exec(String(cause))?.[1];
    if (missing === undefined) throw cause;
    if (libraries !== undefined)
      return chromium.launch({ ...options, env: { ...process.env, LD_LIBRARY_PATH: libraries } });
    throw new Error(`${path} needs the library ${missing}, which this system lacks. Install it with that browser.`, {
      cause,
    });
  }
}
