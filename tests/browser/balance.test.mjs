// The balance: proof, conservation, surplus, matrix, the diagram that is loaded when it is opened, pairs, files, and a change.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp, search, turned } from './harness.mjs';

guardEach();

/// Software drawing beside a solver on a busy machine.
const PATIENCE_MS = 180_000;

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

const data = async (page, selector, name) => Number(await page.locator(selector).getAttribute(`data-${name}`));

/// That two numbers are the same but for a share of the larger.
const assertNear = (found, wanted, share, what) =>
  assert.ok(Math.abs(found - wanted) <= share * Math.max(Math.abs(found), Math.abs(wanted), 1), `${what}: ${found} against ${wanted}`);

/// Waits until the allocation belongs to the plan on the screen.
const settled = (page) => page.locator('.balance[aria-busy=false]').waitFor({ timeout: PATIENCE_MS });

/// Opens the page with the balance there.
async function openBalance(options) {
  const page = await openApp({ lang: 'en', ...options });
  await page.locator('#balance-tab').click();
  await settled(page);
  return page;
}

const wasAsked = (page, file) => page.evaluate((f) => performance.getEntriesByType('resource').some((r) => r.name.endsWith(f)), file);

/// The rows of a table out of a file, by heading.
async function csv(page, button) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator(button).click()]);
  const text = await readFile(await file.path(), 'utf8');
  assert.ok(text.startsWith('\ufeff') && text.endsWith('\r\n'), 'as spreadsheets want it');
  const fields = (line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((f) => f.replace(/^"|"$/g, '').replaceAll('""', '"'));
  const [head, ...rows] = text.slice(1).trimEnd().split('\r\n').map(fields);
  assert.ok(rows.every((row) => row.length === head.length), `every row has ${head.length} fields`);
  return rows.map((row) => Object.fromEntries(head.map((h, i) => [h, row[i]])));
}

test('the baseline: progress, proof, and every part says the same; the files too', async () => {
  const page = await openApp({ lang: 'en' });
  // What is shown for moments is noted by the page itself: a slow machine may miss it from outside.
  await page.evaluate(() => {
    window.seen = new Set();
    const note = () => ['#balance-empty', '#balance-busy'].filter((s) => document.querySelector(s)).forEach((s) => window.seen.add(s));
    new MutationObserver(note).observe(document.body, { childList: true, subtree: true });
  });
  await page.locator('#balance-tab').click();
  await settled(page);
  assert.deepEqual(await page.evaluate(() => [...window.seen].sort()), ['#balance-busy', '#balance-empty']);
  assert.equal(await page.locator('#balance-busy').count(), 0, 'nothing is under way any more');

  assert.equal(await page.locator('#balance-proof').getAttribute('data-status'), 'Optimal');
  assert.ok((await data(page, '#balance-proof', 'gap')) <= 1e-6);
  assert.match(await page.locator('#balance-proof .proof').innerText(), /0\.000001/);

  const stages = await page.locator('#balance-stages tr[data-stage]').evaluateAll((all) => all.map((r) => Number(r.dataset.yuan)));
  assertNear(sum(stages), await data(page, '#balance-cost', 'value'), 1e-9, 'the stages are the cost');

  const entered = await data(page, '#balance-conservation', 'in');
  assert.equal(await data(page, '#balance-conservation', 'off'), 0);
  assertNear(await data(page, '#balance-conservation', 'out'), entered, 1e-6, 'what enters leaves');
  const off = await page.locator('.ledger tr[data-row=off] td').allInnerTexts();
  assert.deepEqual(off, ['0', '0', '0', '0', '0', '0']);

  const rows = await csv(page, '#export-balance');
  const of = (level, area) => rows.find((r) => r.level === level && (!area || r.area === area) && r.metal === 'all metals');
  const column = Object.keys(rows[0]).find((h) => h.startsWith('Recycled metal made'));
  const made = Number(of('all')[column]);
  assertNear(sum(rows.filter((r) => r.level === 'cluster' && r.metal === 'all metals').map((r) => Number(r[column]))), made, 1e-6, 'clusters make it');

  const surplus = await page.locator('#balance-surplus tr[data-area]').evaluateAll((all) => all.map((r) => Number(r.dataset.surplus)));
  const demand = Number(of('all')[Object.keys(rows[0]).find((h) => h.startsWith('Demand'))]);
  assertNear(sum(surplus), made - demand, 1e-4, 'surpluses add up to what is made less what is wanted');
  await page.locator('#surplus-level [data-choice=province]').click();
  await eventually(async () => assert.ok((await page.locator('#balance-surplus tr[data-area]').count()) > 3));

  const flows = await csv(page, '#export-flows');
  const scrap = flows.filter((f) => !['to users', 'export'].includes(f.stage));
  const cells = await page.locator('#balance-matrix td[data-value]').evaluateAll((all) => all.map((c) => Number(c.dataset.value)));
  assert.equal(cells.length, 12, 'three clusters and the inflow, to three clusters');
  assert.ok(sum(cells) <= sum(scrap.map((f) => Number(f['gross t/y (modelled)']))) * (1 + 1e-6));
  const crossing = await data(page, '#balance-crossing', 'value');
  assertNear(sum(cells.filter((_, i) => i < 9 && i % 4 !== 0)), crossing, 1e-6, 'what crosses is off the diagonal');
  await page.locator('#matrix-carried [data-choice=metal]').click();
  await page.locator('#matrix-metal').selectOption('al');
  await eventually(async () => assert.equal(await page.locator('#balance-matrix th[scope=col]').count(), 6, 'with export'));
});

test('the diagram is loaded when it is opened, agrees with its table, follows the theme and gives the focus back', async () => {
  const page = await openBalance();
  assert.equal(await wasAsked(page, 'echarts.min.js'), false, 'nobody opened it yet');
  await page.locator('#sankey-open').click();
  await page.locator('#sankey-chart svg path').first().waitFor();
  assert.equal(await wasAsked(page, 'echarts.min.js'), true);
  const ink = () => page.locator('#sankey-chart svg text').first().getAttribute('fill');
  const words = await page.locator('#sankey-chart svg text').allInnerTexts().catch(() => []);
  assert.ok((await page.locator('#sankey-chart svg text').count()) >= 8, `nodes have names: ${words}`);
  const before = await ink();

  await page.setViewportSize({ width: 1000, height: 700 });
  await eventually(async () => {
    const [chart, svg] = await Promise.all(['#sankey-chart', '#sankey-chart svg'].map((s) => page.locator(s).boundingBox()));
    assert.ok(Math.abs(chart.width - svg.width) <= 1, 'it follows the window');
  });

  await page.locator('#sankey-as-table').click();
  const rows = await page.locator('#sankey-table tbody tr').evaluateAll((all) => all.map((r) => ({ ...r.dataset })));
  const through = (end, kind) => sum(rows.filter((r) => r[end] === kind).map((r) => Number(r.t)));
  for (const kind of ['hub', 'smelter']) assertNear(through('to', kind), through('from', kind), 1e-4, `what goes into a ${kind} comes out`);
  assert.equal(await page.locator('#sankey-chart').count(), 0);
  await assertAccessible(page, { within: '#sankey' });
  await page.locator('#sankey-as-table').click();
  await page.locator('#sankey-chart svg path').first().waitFor();

  await page.keyboard.press('Escape');
  await page.locator('#sankey').waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement.id), 'sankey-open');
  await page.getByRole('button', { name: /theme/i }).first().click();
  await page.locator('#sankey-open').click();
  await page.locator('#sankey-chart svg text').first().waitFor();
  await eventually(async () => assert.notEqual(await ink(), before, 'another theme, another ink'));
  await assertAccessible(page, { within: '#sankey' });
});

test('without its program the diagram says so and the table stands there; trying again draws it', async () => {
  const page = await openBalance();
  page.allow(/echarts|Failed to load resource/);
  await page.route('**/echarts.min.js', (route) => route.abort());
  await page.locator('#sankey-open').click();
  await page.locator('#sankey-failed').waitFor();
  assert.ok((await page.locator('#sankey-table tbody tr').count()) > 5);
  await page.unroute('**/echarts.min.js');
  await page.locator('#sankey-failed button').click();
  await page.locator('#sankey-chart svg path').first().waitFor();
  assert.equal(await page.locator('#sankey-failed').count(), 0);
});

test('pairs are ranked and lead to the map; a change greys the old figures and tells the difference', async () => {
  const page = await openBalance();
  const saved = await page.locator('.pairs li').evaluateAll((all) => all.filter((r) => r.dataset.left === 'false').map((r) => Number(r.dataset.saved)));
  assert.ok(saved.length > 0 && saved.every((s, i) => s > 0 && (i === 0 || s <= saved[i - 1])), `${saved}`);
  await page.locator('.pairs li').first().locator('.link').last().click();
  await page.getByRole('region', { name: 'Selected facility' }).waitFor();

  const cost = await data(page, '#balance-cost', 'value');
  await search(page, 'HB001');
  await page.locator('#map').focus();
  await page.keyboard.press('Delete');
  // Read in one go: a fast machine answers between two questions.
  const greyed = await page.waitForFunction(() => document.querySelector('.balance[aria-busy=true] #balance-cost')?.dataset.value, null, { polling: 'raf' });
  assert.equal(Number(await greyed.jsonValue()), cost, 'the old figures stay, greyed');
  await settled(page);
  await eventually(async () => assert.ok((await page.locator('#balance-cost .change').count()) > 0, 'the change is told'), PATIENCE_MS);
  assert.ok((await data(page, '#balance-cost', 'value')) > cost, 'fewer hubs, dearer');
  await page.keyboard.press('Control+z');
  await eventually(async () => assertNear(await data(page, '#balance-cost', 'value'), cost, 2e-6, 'undone'), PATIENCE_MS);
});

for (const [lang, theme, width] of [['en', 'light', 1440], ['zh', 'light', 390]]) {
  test(`axe finds nothing on the balance: ${lang}, ${theme}, ${width} px`, async () => {
    const page = width < 760 ? await openApp({ lang, theme, width, height: 844, hasTouch: true, isMobile: true }) : await openApp({ lang, theme });
    if (width < 760) await page.locator('.grip .segments button').last().click();
    await page.locator('#balance-tab').click();
    await settled(page);
    const whys = page.locator('.balance .why');
    for (let i = 0; i < (await whys.count()); i += 1) await whys.nth(i).click();
    await eventually(async () => assert.equal(await page.locator('.balance .because').count(), await whys.count()));
    await assertAccessible(page, { within: '#balance' });
    if (width < 760) return;
    await turned(page);
    await assertAccessible(page, { within: '#balance' });
  });
}
