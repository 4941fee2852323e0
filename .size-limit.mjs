/**
 * How large the app may be. The entry is what index.html names: its script and what that preloads. It is read from
 * the built page, so that no chunk can be forgotten when names change. Every other chunk comes when somebody opens its page:
 * what counts there is the chunk, however many pages the app has.
 */
import { readdirSync, readFileSync } from 'node:fs';

const build = process.env.SISO_PWA_BUILD ?? '.state/check/pwa';
const page = readFileSync(`${build}/index.html`, 'utf8');
const named = (ending) =>
  [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)]
    .map((match) => `${build}/${match[1]}`)
    .filter((path) => path.endsWith(ending));

const entry = new Set(named('.js'));
const others = readdirSync(`${build}/assets`)
  .filter((file) => file.endsWith('.js'))
  .map((file) => `${build}/assets/${file}`)
  .filter((path) => !entry.has(path));

export default [
  {
    name: 'entry: scripts that load before anything can happen (A-60)',
    path: named('.js'),
    gzip: true,
    limit: '115 kB',
  },
  { name: 'styles', path: named('.css'), gzip: true, limit: '12 kB' },
  ...others.map((path) => ({ name: path.split('/').at(-1), path, gzip: true, limit: '45 kB' })),
  { name: 'service worker', path: `${build}/sw.js`, gzip: true, limit: '12 kB' },
];
