// What breaks the network: shocks ranked with their file, the detour drawn with its table, plans compared across what may happen, a
// shock opened as a scenario; both languages, axe.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp } from './harness.mjs';

guardEach();

/// Every way is searched once, on a busy machine.
const PATIENCE_MS = 180_000;

const number = (text) => Number(text.replace(/,/g, '').replace('−', '-').match(/-?\d+(\.\d+)?/)[0]);
const saved = async (page, id) => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator(`#${id}`).click()]);
  const text = (await readFile(await download.path(), 'utf8')).replace(/^\uFEFF/, '');
  // Names may hold commas, in quotes.
  const cells = (line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[1] ?? m[2]);
  const [head, ...rows] = text.trimEnd().split('\r\n').map(cells);
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]])));
};

test('shocks are ranked, the detour is drawn, and plans are compared', async () => {
  const page = await openApp({ lang: 'en', reducedMotion: 'reduce' });
  await page.locator('.tabs .tab').nth(1).click();
  await page.locator('#compare-stress-tab').click();
  await page.locator('#stress-rank-begin').click();
  await page.locator('.stress-rank[data-whole=true][data-running=false]').waitFor({ timeout: PATIENCE_MS });

  // The worst first; the claim is marked; the file says what the table says.
  const rows = page.locator('#stress-table tbody tr');
  assert.equal(await rows.count(), 15, 'the beginning of the list');
  await page.locator('#stress-all').click();
  await eventually(async () => assert.ok((await rows.count()) > 100));
  const unmet = (await rows.evaluateAll((all) => all.map((tr) => Number(tr.dataset.unmet))));
  assert.ok(unmet[0] > 1e5 && unmet[0] >= unmet[1] && unmet[1] >= unmet[2], 'by what is short');
  const claimed = page.locator('#stress-table tr[data-shock=claimed_demand]');
  assert.match(await claimed.innerText(), /disputed/);
  const file = await saved(page, 'stress-rank-csv');
  assert.equal(file.length, await rows.count());
  assert.deepEqual(file.map((r) => Number(r.unmet_t)), unmet);
  assert.ok(file.slice(0, 3).every((r) => Math.abs(r.full_unmet_t - r.unmet_t) < 0.02 * r.unmet_t + 1000), 'confirmed in full');
  assert.match(await page.locator('#stress-say').innerText(), /Short without any shock.*stands still.*no use of/s);

  // Only smelters; the worst of them, and the detour around it.
  await page.locator('#stress-kind-smelter').click();
  await eventually(async () => assert.ok((await rows.evaluateAll((all) => all.every((tr) => tr.dataset.kind === 'smelter'))), 'only smelters'));
  const worst = await rows.first().getAttribute('data-shock');
  const short = Number(await rows.first().getAttribute('data-unmet'));
  await rows.first().locator('button').click();
  await page.locator(`.stress-detour[data-shock="${worst}"][data-drawn=true]`).waitFor({ timeout: PATIENCE_MS });
  const missed = number(await page.locator('#stress-sums tr').nth(1).locator('td').innerText());
  assert.ok(Math.abs(missed / (short / 1000) - 1) < 0.02, `${missed} kt in full, ${short} t by prefectures`);
  const flows = await saved(page, 'stress-detour-csv');
  const lost = flows.filter((f) => f.change === 'lost');
  assert.ok(lost.length > 3 && lost.some((f) => `out:${f.to}` === worst), 'what went there goes there no more');
  assert.ok(flows.filter((f) => f.change === 'gained').every((f) => `out:${f.to}` !== worst && `out:${f.from}` !== worst));
  assert.ok((await page.locator('#stress-detour-table tr[data-change=lost]').count()) > 3);
  await assertAccessible(page);

  // Plans in all cases: somebody is the best in each, and one loses least.
  await page.locator('#stress-regret-begin').click();
  await page.locator('.stress-regret[data-whole=true]').waitFor({ timeout: PATIENCE_MS });
  const cases = page.locator('#regret-table tr[data-case]');
  assert.ok((await cases.count()) > 12, 'as it is, what strikes all, and the five worst facilities');
  const regret = await cases.evaluateAll((all) => all.map((tr) => [...tr.querySelectorAll('td')].map((td) => Number(td.dataset.regret))));
  assert.ok(regret.every((row) => row.length >= 2 && Math.min(...row) === 0 && row.every((v) => v >= 0)));
  assert.match(await page.locator('#regret-say').innerText(), /lose/);
  const told = await saved(page, 'stress-regret-csv');
  assert.deepEqual(told.map((r) => Number(r.regret)), regret.flat());

  // The shock becomes an edit of a scenario of its own; what is known is then about another plan. All of it in Chinese, too.
  await page.locator('#stress-keep').click();
  await page.locator('#stress-old').waitFor();
  await page.locator('#language-button').click();
  await eventually(async () => assert.match(await page.locator('#stress-say').innerText(), /没有任何冲击时已有的缺口/));
  assert.match(await page.locator('#regret-say').innerText(), /损失/);
});
