// What levers do: quick figures that follow a lever, the curve, the smallest change with its proof, all levers side by side and
// stopped, the front; both languages, axe, a phone.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp } from './harness.mjs';

guardEach();

/// Every way is searched once, on a busy machine.
const PATIENCE_MS = 180_000;

const openLevers = async (page) => {
  await page.locator('.tabs .tab').nth(1).click();
  await page.locator('#compare-levers-tab').click();
  await page.locator('#response').waitFor({ timeout: PATIENCE_MS });
};

const part = (page, key) => page.locator(`#response-${key}-part`);
const answered = async (page, key) => {
  await page.locator(`#response-${key}-begin`).click();
  await page.locator(`#response-${key}-part[data-answered=true][data-running=false]`).waitFor({ timeout: PATIENCE_MS });
};
const choose = (page, id, words) => page.locator(`#${id}`).selectOption({ label: words });

test('a lever is turned, drawn, compared, searched and set', async () => {
  const page = await openApp({ lang: 'en', reducedMotion: 'reduce' });
  await openLevers(page);
  await page.locator('table .num, #quick[data-turn]').first().waitFor({ timeout: PATIENCE_MS });
  await page.locator('#quick[data-turn="1"][data-of="1"]').waitFor({ timeout: PATIENCE_MS });
  assert.equal(await page.locator('#quick tbody tr').count(), 6);

  // The curve: what is collected rises with the recovery rate; its table says the same as its file.
  await choose(page, 'response-lever', 'Recovery rate');
  await choose(page, 'response-measure', 'Scrap collected');
  await answered(page, 'curve');
  assert.equal(await part(page, 'curve').locator('svg .step').count(), 13);
  await page.locator('#response-curve-as-table').click();
  const rows = await page.locator('#response-curve-table tbody tr').allInnerTexts();
  const numbers = rows.map((r) => Number(r.split('\t')[1].replace(/[^\d.]/g, '')));
  assert.equal(rows.length, 13);
  assert.ok(numbers.every((n, i) => i === 0 || n > numbers[i - 1]), numbers.join(' '));
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#response-curve-csv').click()]);
  const csv = (await readFile(await download.path(), 'utf8')).replace(/^\uFEFF/, '').split('\r\n');
  const at = csv[0].split(',').indexOf('collected_t');
  assert.ok(csv[0].startsWith('value,') && csv[0].includes('yrd.collected_t'));
  const tonnes = csv.slice(1, 14).map((line) => Number(line.split(',')[at]));
  tonnes.forEach((t, i) => assert.ok(Math.abs(t / 1000 - numbers[i]) <= 0.51, `${t} t in the file, ${numbers[i]} kt in the table`));
  await page.locator('#response-curve-as-table').click();
  assert.match(await part(page, 'curve').innerText(), /By a full solve/);

  // No number, no search.
  await page.locator('#response-target').fill('many');
  await page.locator('#response-finder-begin').click();
  await page.locator('#response-finder-refused').waitFor();
  assert.match(await page.locator('#response-finder-refused').innerText(), /not a number/);
  // The rate by which a tenth of the way from the sixth to the seventh step is collected: on paper in proportion.
  const target = numbers[6] + 0.1 * (numbers[7] - numbers[6]);
  await page.locator('#response-target').fill(String(target));
  await answered(page, 'finder');
  const said = await page.locator('#response-found').innerText();
  assert.match(said, /values scanned.*never falls/s);
  const already = /already/.test(said);
  if (!already) {
    await page.locator('#response-set').click();
    await page.locator('#response-set-done').waitFor();
    // The plan changed, and the quick figures with it.
    await page.locator('#quick[data-turn="2"][data-of="2"]').waitFor({ timeout: PATIENCE_MS });
    await page.locator('#response-curve-old').waitFor();
  }

  // All levers: it can be stopped, and what is known stays.
  await page.locator('#response-tornado-begin').click();
  await page.locator('#response-tornado-stop').click();
  await page.locator('#response-tornado-part[data-running=false][data-answered=true]').waitFor({ timeout: PATIENCE_MS });
  assert.match(await part(page, 'tornado').innerText(), /Stopped before the end/);

  await assertAccessible(page, 'what levers do');
});

test('the front on a phone, in Chinese: a plan opens as a scenario', async () => {
  const page = await openApp({ lang: 'zh', width: 390, height: 844, isMobile: true, hasTouch: true });
  await openLevers(page);
  await answered(page, 'front');
  const dots = page.locator('#response-front-part svg .plan');
  const count = await dots.count();
  assert.ok(count >= 3, `${count} plans`);
  await page.locator('#response-front-as-table').click();
  assert.equal(await page.locator('#response-front-table tbody tr').count(), count);
  const costs = (await page.locator('#response-front-table tbody tr td:nth-child(3)').allInnerTexts()).map((t) => Number(t.replace(/,/g, '')));
  assert.ok(costs.every((c, i) => i === 0 || c >= costs[i - 1]), costs.join(' '));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `nothing is wider than the phone: ${wide}`);
  await assertAccessible(page, 'what levers do, on a phone');
  await page.locator('#response-front-table tbody tr').last().locator('button').click();
  await page.locator('#response-front-old').waitFor({ timeout: PATIENCE_MS });
});
