/** Renders assets/icon.svg to the PNG icons of the manifest: `node pwa/assets/make-icons.ts` after a change of the SVG. */
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { launchBrowser } from '../../tests/e2e/browser.ts';

const here = import.meta.dirname;
const target = resolve(here, '../public/icons');
const svg = await readFile(resolve(here, 'icon.svg'), 'utf8');
// A maskable icon may be cut to a circle of 80 %: it fills the whole square and keeps the sign in the middle.
const maskable = svg
  .replace('rx="112"', 'rx="0"')
  .replace('<path', '<g transform="translate(61 61) scale(.76)"><path')
  .replace('</svg>', '</g></svg>');

await mkdir(target, { recursive: true });
await copyFile(resolve(here, 'icon.svg'), resolve(here, '../public/icon.svg'));
const browser = await launchBrowser();
const page = await browser.newPage();
for (const { name, size, source } of [
  { name: 'icon-192', size: 192, source: svg },
  { name: 'icon-512', size: 512, source: svg },
  { name: 'maskable-512', size: 512, source: maskable },
]) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${source}`);
  await page.screenshot({ path: resolve(target, `${name}.png`), omitBackground: true });
}
await browser.close();
