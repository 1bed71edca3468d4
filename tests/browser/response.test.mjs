// What levers do: quick figures that follow a lever, the curve and its file, the smallest change with its proof, set and taken back,
// all levers side by side and stopped, the front; both languages, axe, a phone.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp, openLevers, quickSettled } from './harness.mjs';

guardEach();

/// Every way is searched once, on a busy machine.
const PATIENCE_MS = 180_000;

const part = (page, key) => page.locator(`#response-${key}-part`);
const answered = async (page, key) => {
  await page.locator(`#response-${key}-begin`).click();
  await page.locator(`#response-${key}-part[data-answered=true][data-running=false]`).waitFor({ timeout: PATIENCE_MS });
};
const choose = (page, id, words) => page.locator(`#${id}`).selectOption({ label: words });
const number = (text) => Number(text.replace(/,/g, '').replace('−', '-').match(/-?\d+(\.\d+)?/)[0]);
/// What all three clusters collect, as the quick figures say it.
const collected = async (page) => number(await page.locator('#quick tbody tr').first().locator('td').last().evaluate((td) => td.firstChild.textContent));

test('a lever is drawn, searched, set and taken back; all levers are compared', async () => {
  const page = await openApp({ lang: 'en', reducedMotion: 'reduce' });
  await openLevers(page);
  assert.equal(await page.locator('#quick tbody tr').count(), 6);
  const before = await collected(page);

  // The curve: what is collected rises with the recovery rate; its table says the same as its file.
  await choose(page, 'response-lever', 'Recovery rate');
  await choose(page, 'response-measure', 'Scrap collected');
  await answered(page, 'curve');
  assert.equal(await part(page, 'curve').locator('svg .step').count(), 13);
  assert.match(await part(page, 'curve').innerText(), /100 %: By a full solve [\d,]+.* kt\/y; quick /, 'one number is checked by a full solve');
  await page.locator('#response-curve-as-table').click();
  const rows = (await page.locator('#response-curve-table tbody tr').allInnerTexts()).map((r) => r.split('\t').map(number));
  assert.equal(rows.length, 13);
  assert.deepEqual([rows[0][0], rows[12][0]], [30, 100], 'from end to end of the lever');
  // On paper: what is generated does not change, so tonnes go by the rate.
  rows.forEach(([rate, kt]) => assert.ok(Math.abs(kt / rate / (before / 76) - 1) < 3e-3, `${kt} kt at ${rate} %, ${before} kt at 76 %`));
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#response-curve-csv').click()]);
  const csv = (await readFile(await download.path(), 'utf8')).replace(/^\uFEFF/, '').split('\r\n').map((line) => line.split(','));
  const column = (name) => csv.slice(1, 14).map((line) => Number(line[csv[0].indexOf(name)]));
  assert.equal(csv[0][0], 'value');
  const tonnes = column('collected_t');
  tonnes.forEach((t, i) => assert.ok(Math.abs(t / 1000 - rows[i][1]) <= 0.51, `${t} t in the file, ${rows[i][1]} kt in the table`));
  const clusters = ['yrd', 'prd', 'bohai'].map((c) => column(`${c}.collected_t`));
  tonnes.forEach((t, i) => assert.ok(Math.abs(clusters[0][i] + clusters[1][i] + clusters[2][i] - t) < 1e-6 * t, 'clusters add up'));
  await page.locator('#response-curve-as-table').click();
  await part(page, 'curve').locator('svg').waitFor();

  // No number, no search.
  await page.locator('#response-target').fill('many');
  await page.locator('#response-finder-begin').click();
  await page.locator('#response-finder-refused').waitFor();
  assert.match(await page.locator('#response-finder-refused').innerText(), /not a number/);
  // A tenth more than now takes a rate a tenth higher: 83.6 %.
  const target = Math.round(1.1 * before);
  await page.locator('#response-target').fill(String(target));
  await answered(page, 'finder');
  assert.equal(await page.locator('#response-finder-refused').count(), 0, 'what was refused is forgotten');
  const said = await page.locator('#response-found').innerText();
  const [, rate, found, shortOf, short] = said.match(/^Recovery rate at ([\d.]+) %: .* becomes ([\d,]+(?:\.\d+)?) kt\/y\. At ([\d.]+) % it is ([\d,]+(?:\.\d+)?) kt\/y/).map((w) => number(w + ' 0'));
  assert.ok(Math.abs(rate - 83.6) <= 0.15 && rate - shortOf > 0 && rate - shortOf <= 0.11, said);
  assert.ok(found >= target - 0.5 && short < target + 0.5 && short <= found, `${short} < ${target} <= ${found}`);
  assert.match(said, /values scanned.*by halving.*never falls.*The full solve reaches the target too/s);
  await page.locator('#response-finder-as-table').click();
  const steps = await page.locator('#response-finder-table tbody tr').evaluateAll((all) => all.map((tr) => [...tr.cells].map((c) => c.textContent)));
  assert.ok(steps.length > 16 && steps.every(([, kt, yes]) => (yes === 'yes') === number(kt) >= target - 0.01), 'a step reached it or not');
  await page.locator('#response-finder-as-table').click();

  // Set: the plan, the list of levers and the quick figures say so; undo takes it back.
  await page.locator('#response-set').click();
  await page.locator('#response-set-done').waitFor();
  assert.match(await page.locator('.lv-row[data-lever=recovery_rate] .lv-name').innerText(), new RegExp(`${rate.toFixed(1)} %`));
  await quickSettled(page);
  await eventually(async () => assert.ok(Math.abs((await collected(page)) / found - 1) < 1e-3));
  await page.locator('#response-curve-old').waitFor();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await page.locator('#response-set').waitFor();
  await quickSettled(page);
  await eventually(async () => assert.equal(await collected(page), before));
  await page.locator('#response-curve-old').waitFor({ state: 'detached' });

  // Out of reach: said with what comes nearest.
  await page.locator('#response-target').fill(String(2 * before));
  await answered(page, 'finder');
  assert.match(await page.locator('#response-found').innerText(), /^Out of reach: the nearest is [\d,.]+ kt\/y .* at 100 %/);
  assert.equal(await page.locator('#response-set').count(), 0, 'nothing to set');

  // All levers: nothing else may be asked meanwhile; it can be stopped, and what is known stays, the widest first.
  await choose(page, 'response-measure', 'Cost of the plan');
  await page.locator('#response-tornado-begin').click();
  await page.locator('#response-curve-busy').waitFor();
  assert.ok(await page.locator('#response-curve-begin').isDisabled());
  await page.waitForFunction(() => Number(document.querySelector('#response-tornado-part [role=progressbar]')?.getAttribute('aria-valuenow')) >= 3, null, { timeout: PATIENCE_MS });
  await page.locator('#response-tornado-stop').click();
  await page.locator('#response-tornado-part[data-running=false][data-answered=true]').waitFor({ timeout: PATIENCE_MS });
  assert.match(await part(page, 'tornado').innerText(), /Stopped before the end/);
  await page.locator('#response-tornado-as-table').click();
  const bars = await page.locator('#response-tornado-table tbody tr').evaluateAll((all) => all.map((tr) => [...tr.cells].map((c) => c.textContent)));
  assert.ok(bars.length >= 1);
  const swings = bars.map((b) => number(b[6]));
  assert.ok(swings.every((s, i) => s > 0 && (i === 0 || s <= swings[i - 1])), swings.join(' '));
  bars.forEach((b) => assert.ok(number(b[6]) >= Math.abs(number(b[5]) - number(b[4])) - 0.02, `a swing holds both ends: ${b}`));
  await page.locator('#response-tornado-as-table').click();

  await assertAccessible(page, { within: 'main.compare' });
});

test('the front on a dark phone, in Chinese: a plan opens as a scenario', async () => {
  const page = await openApp({ lang: 'zh', theme: 'dark', width: 390, height: 844, isMobile: true, hasTouch: true });
  await openLevers(page);
  await answered(page, 'front');
  const dots = page.locator('#response-front-part svg .plan');
  const count = await dots.count();
  assert.ok(count >= 3, `${count} plans`);
  await page.locator('#response-front-as-table').click();
  const rows = await page.locator('#response-front-table tbody tr').evaluateAll((all) => all.map((tr) => [...tr.cells].map((c) => c.textContent)));
  assert.equal(rows.length, count, 'a row for each dot');
  // No plan beats another: what costs more emits less. Coverage is the same, for no point moves.
  rows.slice(1).forEach((r, i) => assert.ok(number(r[2]) >= number(rows[i][2]) && number(r[3]) <= number(rows[i][3]), `${rows[i]} | ${r}`));
  assert.equal(new Set(rows.map((r) => r[4])).size, 1);
  assert.equal(rows[0][1], '成本最低');
  assert.equal(rows.at(-1)[1], '排放最低');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `nothing is wider than the phone: ${wide}`);
  await assertAccessible(page, { within: 'main.compare' });
  await page.locator('#language-button').click();
  await eventually(async () => assert.equal(await page.locator('#response-title').innerText(), 'What does it do'));
  assert.equal(await page.locator('#response-front-table tbody tr').count(), count, 'the answer stays in the other language');
  await page.locator('#response-front-table tbody tr').last().locator('button').click();
  await page.locator('#response-front-old').waitFor({ timeout: PATIENCE_MS });
  // The plan that was opened is the dearest of them, and emits least.
  await quickSettled(page);
  const cost = number(await page.locator('#quick tbody tr').nth(4).locator('td').last().evaluate((td) => td.firstChild.textContent));
  assert.ok(Math.abs(cost - number(rows.at(-1)[2]) / 10) <= 0.6, `${cost} bn yuan, ${rows.at(-1)[2]} in the table`);
});
