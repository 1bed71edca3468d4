// How sure the figures are: futures are drawn, twenty dots a plan, odds in sentences, what to find out first leads to its source, bands
// beside the figures of the map; another plan greys it all; files, both languages, dark, axe.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp } from './harness.mjs';

guardEach();

/// Every way is searched once before the first future, on a busy machine.
const PATIENCE_MS = 180_000;

const number = (words) => Number(words.replace(/,/g, '').replace('−', '-').match(/-?\d+(\.\d+)?/)[0]);
const page_tab = (page, n) => page.locator('.tabs .tab').nth(n).click();
const openSure = async (page) => {
  await page_tab(page, 1);
  await page.locator('#compare-sure-tab').click();
};
const rows = async (page, id) => {
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator(`#sure-${id}-csv`).click()]);
  return (await readFile(await file.path(), 'utf8')).replace(/^\uFEFF/, '').trim().split('\r\n').slice(1);
};

test('futures are drawn: dots, odds, what to find out first, and bands wherever a figure stands', async () => {
  const page = await openApp({ lang: 'en', reducedMotion: 'reduce' });
  // A plan beside the baseline, so that there is something to compare: the first plan that comes with the app.
  await openSure(page);
  await page.locator('#sure-empty').waitFor();
  await page.locator('#compare-levers-tab').click();
  const rate = page.locator('.lv-row[data-lever="freight_price"] input[type=number]');
  await rate.waitFor();
  await rate.fill('1.2');
  await rate.press('Enter');
  await page.locator('#compare-sure-tab').click();
  await eventually(async () => assert.equal(await page.locator('#sure-plans li').count(), 2));
  await page.locator('#sure-runs').fill('30');
  await page.locator('#sure-begin').click();
  await page.locator('#sure-controls[data-running=false][data-whole=true]').waitFor({ timeout: PATIENCE_MS });
  await page.locator('.sure-parts[data-runs="30"][data-old=false]').waitFor();
  await page.locator('#sure-few').waitFor();

  // Twenty dots a plan; the counted words stand below.
  assert.equal(await page.locator('#sure-dots svg .dot').count(), 40);
  assert.match(await page.locator('#sure-dots-words').innerText(), /In 18 of 20 equally likely futures it is below [\d.,]+ bn yuan\/y; in 2 of 20/);
  // One future after the other, by hand where motion is not wanted.
  await page.locator('#sure-view-outcomes').click();
  await page.locator('.sure-outcomes[data-frame="0"][data-playing=false]').waitFor();
  await page.locator('#sure-outcomes-step').click();
  await page.locator('.sure-outcomes[data-frame="1"]').waitFor();
  assert.equal(await page.locator('#sure-outcomes-play').count(), 0);
  await page.locator('#sure-view-dots').click();

  // Dearer freight is dearer whatever comes, and collects the same: sentences, and the table says the same.
  const odds = page.locator('#sure-odds-lines li');
  assert.match(await odds.nth(0).innerText(), /^In every draw B \(.*\) is dearer than A \(2025 baseline\) \(30 of 30; 95 % interval \d+–100 %\)/);
  assert.equal(await odds.nth(0).getAttribute('data-verdict'), 'above');
  assert.match(await odds.nth(2).innerText(), /alike in all 30 draws/);
  await page.locator('#sure-odds-as-table').click();
  assert.equal(await page.locator('#sure-odds-table tbody tr').first().locator('td').nth(2).innerText(), '0');
  assert.match(await page.locator('#sure-regret-say').innerText(), /^A \(2025 baseline\) is never behind/);

  // All indicators: low, middle and high in order; found by name; the file has every plan, indicator and place.
  const table = page.locator('#sure-bands-table tbody tr');
  const cost = await page.locator('#sure-bands-table tr[data-aim=cost_yuan] td.num').allInnerTexts();
  const [, low, middle, high] = cost.map(number);
  assert.ok(low < middle && middle < high, cost.join(' '));
  const all = await table.count();
  await page.locator('#sure-bands-find').fill('scrap collected');
  await eventually(async () => assert.ok((await table.count()) < all && (await table.count()) > 0));
  const lines = await rows(page, 'bands');
  assert.ok(lines.length > 2 * all, `${lines.length} lines`);
  assert.equal((await rows(page, 'dots')).length, 2 * (20 + 20));

  await assertAccessible(page, { within: 'main.compare' });
  // The same in Chinese, dark.
  await page.locator('#language-button').click();
  await page.locator('#theme-button').click();
  await eventually(async () => assert.match(await odds.or(page.locator('#sure-odds-table')).first().innerText(), /2025 基准/));
  await page.locator('#sure-odds-as-table').click();
  await eventually(async () => assert.match(await odds.nth(0).innerText(), /^每次抽样中，B.*都比A（2025 基准）更贵/));
  await assertAccessible(page, { within: 'main.compare' });
  await page.locator('#language-button').click();

  // Bands beside the figures of the map, in their unit; the band holds no other plan's.
  await page_tab(page, 0);
  const band = page.locator('.figures .band[data-aim=collected_t]');
  await band.waitFor();
  const [from, upto] = (await band.locator('.num').innerText()).replace(/^5–95 %: /, '').split('–').map(number);
  const collected = number(await page.locator('.figures .sum .value').first().evaluate((td) => td.firstChild.textContent));
  assert.ok(from < upto && from < 1.5 * collected && upto > 0.6 * collected, `${from}–${upto} beside ${collected}`);
  await page.getByRole('button', { name: 'Undo' }).first().click();
  // The baseline was drawn too.
  await eventually(async () => assert.equal(await band.count(), 1));
  await openSure(page);
  await page.locator('.sure-parts[data-old=false]').waitFor();
  await page.locator('#compare-levers-tab').click();
  await rate.fill('0.7');
  await rate.press('Enter');
  await page.locator('#compare-sure-tab').click();
  await page.locator('.sure-parts.stale[data-old=true]').waitFor();
  await page.locator('#sure-changed').waitFor();

  // What to find out first leads to its row among the sources.
  await page.locator('#sure-measure').selectOption({ label: 'Recovery rate' });
  const first = page.locator('#sure-worth .worth li').first();
  await first.waitFor();
  const key = await first.getAttribute('data-key');
  const name = await first.locator('button').innerText();
  await first.locator('button').click();
  await eventually(async () => assert.ok((await page.locator('main').innerText()).includes(name), key));
});
