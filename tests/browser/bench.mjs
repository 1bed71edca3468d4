// How fast the built page shows something, and how many bytes that takes: cargo xtask bench --only browser
//
// Times are medians of fresh visits from this computer, without a network's delay. Each stands beside the same machine's time
// for an empty page with nothing but MapLibre on it, so that figures from two machines can be compared. A missed aim is
// printed and is no failure.

import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

import { DIST, closeAll, openApp } from './harness.mjs';
import { kilobytes, median, milliseconds, table } from './figures.mjs';
import { printScale } from './scale.mjs';

const VISITS = 5;
const MARKS = ['atlas:first-map', 'atlas:first-result', 'atlas:network'];
const AIM_FIRST_VIEW = 1_200_000;
const AIM_ALL = 4_000_000;
const PATIENCE_MS = 120_000;

/// A page with an empty map and nothing else.
const ONLY_MAPLIBRE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Only MapLibre</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="maplibre-gl.css"><style>html, body, #map { margin: 0; height: 100% }</style>
<script src="maplibre-gl.js"></script></head><body><div id="map"></div><script>
const map = new maplibregl.Map({ container: 'map', style: { version: 8, sources: {}, layers: [] }, attributionControl: false });
map.once('load', () => performance.mark('bench:empty-map'));
</script></body></html>`;

/// The first time of each mark, in milliseconds after the navigation began.
async function marks(page, names) {
  const allThere = (wanted) => wanted.every((name) => performance.getEntriesByName(name, 'mark').length > 0);
  try {
    await page.waitForFunction(allThere, names, { timeout: PATIENCE_MS });
  } catch {
    const state = await page.evaluate(() => document.documentElement.dataset.state);
    const seen = page.problems().map(({ kind, text }) => `\n  ${kind}: ${text}`).join('');
    throw new Error(`the page set not all of the marks ${names.join(', ')}; its state is "${state}"${seen}`);
  }
  return page.evaluate(
    (wanted) => ({
      origin: performance.timeOrigin,
      at: Object.fromEntries(wanted.map((name) => [name, performance.getEntriesByName(name, 'mark')[0].startTime])),
    }),
    names,
  );
}

async function visit(options, names) {
  const page = await openApp({ lang: 'zh', until: null, ...options });
  const found = await marks(page, names);
  await page.waitForLoadState('networkidle');
  const { requests } = page.mount;
  await page.context().close();
  return { ...found, requests };
}

async function visits(options, names) {
  const all = [];
  for (let index = 0; index < VISITS; index += 1) all.push(await visit(options, names));
  return all;
}

async function emptyMap() {
  const maplibre = path.resolve(DIST, '../node_modules/maplibre-gl/dist');
  const overrides = [{ match: 'index.html', body: ONLY_MAPLIBRE }];
  const all = await visits({ root: maplibre, overrides }, ['bench:empty-map']);
  return median(all.map(({ at }) => at['bench:empty-map']));
}

const squeeze = promisify(brotliCompress);
const zip = promisify(gzip);

/// The sizes of one file of the site. Files that are asked for twice are sent once: the second comes from the cache.
async function sizes(name) {
  const file = path.join(DIST, name || 'index.html');
  if (!(await stat(file).catch(() => null))?.isFile()) return { name, raw: 0, gzip: 0, brotli: 0 };
  const bytes = await readFile(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const [zipped, squeezed] = await Promise.all([zip(bytes, { level: 9 }), squeeze(bytes, { params })]);
  return { name: name || 'index.html', raw: bytes.length, gzip: zipped.length, brotli: squeezed.length };
}

function sum(files) {
  const total = { raw: 0, gzip: 0, brotli: 0 };
  for (const file of files) for (const kind of Object.keys(total)) total[kind] += file[kind];
  return total;
}

function row(name, when, { raw, gzip, brotli }, aim) {
  const verdict = aim === undefined ? ['', ''] : [`< ${kilobytes(aim)}`, brotli < aim ? 'reached' : 'MISSED'];
  return [name, when, kilobytes(raw), kilobytes(gzip), kilobytes(brotli), ...verdict];
}

async function printTimes(all, empty) {
  const rows = MARKS.map((name) => {
    const times = all.map(({ at }) => at[name]);
    const middle = median(times);
    const ratio = `${(middle / empty).toFixed(2)} x`;
    return [name, milliseconds(middle), milliseconds(Math.min(...times)), milliseconds(Math.max(...times)), ratio];
  });
  rows.push(['empty page with MapLibre only', milliseconds(empty), '', '', '1.00 x']);
  console.log(`\nLoading, from navigation; ${VISITS} fresh visits, no network delay`);
  console.log(table(['', 'median', 'fastest', 'slowest', 'against empty'], rows));
}

async function printBytes({ origin, at, requests }) {
  const firstMap = origin + at['atlas:first-map'];
  const firstResult = origin + at['atlas:first-result'];
  const seen = new Map();
  for (const request of requests) if (!seen.has(request.path)) seen.set(request.path, request);
  const files = await Promise.all([...seen.values()].map(async (request) => ({ ...(await sizes(request.path)), at: request.at })));
  const when = (file) => (file.at <= firstMap ? 'first map' : file.at <= firstResult ? 'first result' : 'later');

  const rows = files.map((file) => row(file.name, when(file), file));
  rows.push(row('asked for until the first map', '', sum(files.filter((file) => file.at <= firstMap)), AIM_FIRST_VIEW));
  rows.push(row('asked for until the first result', '', sum(files.filter((file) => file.at <= firstResult))));
  rows.push(row('all', '', sum(files), AIM_ALL));
  console.log('\nBytes of one visit; the aims are for brotli');
  console.log(table(['file', 'asked for until', 'raw', 'gzip', 'brotli', 'aim', ''], rows));
}

/// Milliseconds that the sampler saw in scripts of some addresses themselves, not in what they call.
function selfTime({ nodes, samples, timeDeltas }, wanted) {
  const mine = new Set(nodes.filter(({ callFrame }) => wanted(callFrame.url)).map(({ id }) => id));
  return samples.reduce((sum, id, i) => sum + (mine.has(id) ? timeDeltas[i] : 0), 0) / 1000;
}

/// What a drag of a collection point costs the page's thread: our own code and MapLibre's together, drawing in software.
async function printDrag() {
  const page = await openApp({ lang: 'en' });
  const box = await page.locator('#map').boundingBox();
  const [x, y] = [box.x + box.width / 2 + 40, box.y + box.height / 2 - 30];
  await page.keyboard.press('Control+k');
  await page.locator('#palette-field').fill('Bengbu');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(1500);
  await page.keyboard.press('c');
  await page.mouse.click(x, y);
  await page.locator('.card').waitFor();
  await page.waitForTimeout(1500);
  await page.evaluate(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((e) => e.duration))).observe({ type: 'longtask' });
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Profiler.start');
  const moves = 90;
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 1; i <= moves; i += 1) await page.mouse.move(x + i, y + i / 2);
  const { profile } = await session.send('Profiler.stop');
  await page.mouse.up();
  await page.waitForTimeout(500);
  const long = await page.evaluate(() => window.longTasks);
  const ours = selfTime(profile, (url) => url.includes('atlas-app')) / moves;
  const theirs = selfTime(profile, (url) => url.includes('maplibre-gl')) / moves;
  console.log(`\nDragging a collection point, ${moves} moves, drawn in software`);
  console.log(
    table(['', 'value', 'aim', ''], [
      ['our own code a move (Wasm and its glue)', `${ours.toFixed(1)} ms`, '<= 8 ms', ours <= 8 ? 'reached' : 'MISSED'],
      ['MapLibre a move', `${theirs.toFixed(1)} ms`, '', ''],
      ['tasks over 50 ms', String(long.length), '0', long.length === 0 ? 'reached' : 'MISSED'],
      ['longest task', milliseconds(Math.max(0, ...long)), '', ''],
    ]),
  );
  await page.context().close();
}

try {
  // One visit of each beforehand: the machine's own caches are then warm for all that is counted.
  await visit({}, MARKS);
  const empty = await emptyMap();
  const all = await visits({}, MARKS);
  await printTimes(all, empty);
  await printBytes(all.at(-1));
  await printDrag();
  await printScale();
} catch (error) {
  console.error(`The page could not be measured: ${error.message}`);
  process.exitCode = 1;
} finally {
  await closeAll();
}
