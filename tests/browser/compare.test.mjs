// Scenarios side by side: the numbers are those of the plan's page, the sentence leads to its rows, the map and its tables tell what
// was opened and closed, before and after by keyboard, language, axe, a phone.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp, search } from './harness.mjs';

guardEach();

/// Two solvers and software drawing on a busy machine.
const PATIENCE_MS = 180_000;

const openCompare = async (page) => {
  await page.locator('.tabs .tab').nth(1).click();
  await page.locator('#compare-scenarios-tab').click();
  await page.locator('#compare-scenarios').waitFor();
};

/// Waits until everything chosen is measured, and drawn.
async function measured(page, count) {
  await page.locator(`#compare-table[aria-busy=false] thead th[data-fresh=true] >> nth=${count - 1}`).waitFor({ timeout: PATIENCE_MS });
  await page.locator('#compare-legend[data-drawn=true]').waitFor({ timeout: PATIENCE_MS });
}

const cell = (page, key, row) => page.locator(`tr[data-indicator="${key}"] td`).nth(row);
const value = async (page, key, row) => Number(await cell(page, key, row).getAttribute('data-value'));
const difference = async (page, key, row) => Number(await cell(page, key, row).getAttribute('data-difference'));

const assertNear = (found, wanted, share, what) =>
  assert.ok(Math.abs(found - wanted) <= share * Math.max(Math.abs(found), Math.abs(wanted), 1), `${what}: ${found} against ${wanted}`);

/// Where a map looks, by where a town's label would be: its canvas is all there is, so two maps are compared by their scale bars.
const camera = (page) => page.locator('.compare-margin .scale').innerText();

test('a changed plan and a built-in against the baseline: numbers, sentence, map, tables, before and after, file', async () => {
  const page = await openApp({ lang: 'en', reducedMotion: 'reduce' });
  // A plan that opens nothing and closes a hub.
  await search(page, 'HB001');
  await page.locator('#map').focus();
  await page.keyboard.press('Delete');
  await page.locator('#balance-tab').click();
  await page.locator('.balance[aria-busy=false]').waitFor({ timeout: PATIENCE_MS });
  const cost = Number(await page.locator('#balance-cost').getAttribute('data-value'));
  await page.locator('#coverage-tab').click();
  const share = await page.locator('#coverage-share').getAttribute('data-share');

  await openCompare(page);
  assert.equal(await page.locator('.slot[data-choice=baseline]').count(), 1);
  assert.equal(await page.locator('.slot[data-choice=plan]').count(), 1, 'a changed plan is compared by itself');
  await measured(page, 2);
  assertNear(await value(page, 'cost_yuan', 1), cost, 4e-6, 'the cost is that of the plan page');
  assert.equal((await value(page, 'covered_share', 1)).toFixed(4), share, 'so is coverage');
  assert.ok((await difference(page, 'cost_yuan', 1)) > 0, 'fewer hubs, dearer');
  assert.match(await cell(page, 'cost_yuan', 1).innerText(), /✗ \+/, 'worse is told by a mark and a sign');
  assertNear(await value(page, 'cost_yuan', 1) - (await value(page, 'cost_yuan', 0)), await difference(page, 'cost_yuan', 1), 1e-9, 'a difference is one');
  assert.equal(await page.locator('#compare-facilities tr[data-id=HB001]').getAttribute('data-change'), 'closed');
  assert.match(await page.locator('#compare-sentence').innerText(), /Against A \(2025 baseline\), B \(.*1 closed/s);

  // A number of the sentence leads to its row.
  const number = page.locator('#compare-sentence .number[data-row]').first();
  const row = await number.getAttribute('data-row');
  await number.click();
  assert.equal(await page.evaluate(() => document.activeElement?.dataset.indicator), row);
  await page.locator(`tr[data-indicator="${row}"] .why`).click();
  await page.locator('.why-row .inputs').waitFor();
  await page.locator(`tr[data-indicator="${row}"] .why`).click();

  // One more, and it is shown.
  await page.locator('#compare-add').selectOption('builtin:yrd-dispatch');
  await page.locator('#compare-show-2').click();
  await measured(page, 3);
  await page.locator('#compare-facilities tr[data-change=opened]').waitFor();
  assert.equal(await page.locator('#compare-facilities tr[data-change]').count(), 1, 'the dispatch centre alone differs from the baseline');
  const centre = await page.locator('#compare-facilities tr[data-change=opened]').getAttribute('data-id');
  assert.ok((await page.locator(`#compare-flows tr[data-plant=${centre}]`).count()) > 0, 'scrap flows there');
  const flows = await page.locator('#compare-flows tr[data-difference]').evaluateAll((all) => all.map((r) => Math.abs(Number(r.dataset.difference))));
  assert.ok(flows.every((t, i) => t > 0 && (i === 0 || t <= flows[i - 1])), 'the largest change first');

  // Compared with another one, every sign turns round.
  const before = await difference(page, 'cost_yuan', 2);
  await page.locator('#compare-reference-2').check();
  await eventually(async () => assertNear(await difference(page, 'cost_yuan', 0), -before, 1e-9, 'turned round'));
  await page.locator('#compare-reference-0').check();

  // By cluster, and as a file.
  await page.locator('#compare-clusters button').nth(1).click();
  await eventually(async () => assert.equal(await page.locator('tr[data-indicator=gini]').count(), 0, 'no Gini by cluster'));
  const ofYrd = await value(page, 'cost_yuan', 1);
  assert.ok(ofYrd < cost, "a cluster costs less than all");
  await page.locator('#compare-clusters button').first().click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('#compare-csv').click()]);
  const csv = await readFile(await file.path(), 'utf8');
  assert.ok(csv.startsWith('\ufeff') && /\r\nYangtze Delta,/.test(csv));

  // Before and after.
  await page.locator('#compare-map-bands').click();
  await page.locator('#compare-swipe').waitFor();
  await page.locator('#compare-after canvas').waitFor();
  await page.locator('#compare-legend[data-drawn=true]').waitFor({ timeout: PATIENCE_MS });
  const handle = page.locator('#compare-swipe');
  await handle.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await eventually(async () => {
    assert.equal(await handle.getAttribute('aria-valuenow'), '88');
    assert.match(await page.locator('#compare-after').getAttribute('style'), /88\.00%/);
  });
  await handle.scrollIntoViewIfNeeded();
  const box = await page.locator('.compare-map .stage').boundingBox();
  await page.mouse.move(box.x + box.width * 0.88, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 60, { steps: 4 });
  await page.mouse.up();
  await eventually(async () => assert.ok(Math.abs(Number(await handle.getAttribute('aria-valuenow')) - 30) <= 2, 'it follows the pointer'));
  const from = await camera(page);
  await page.locator('.compare-map .zoom button').first().click();
  await eventually(async () => assert.notEqual(await camera(page), from, 'both go nearer'));

  // The other language and theme on the same page.
  await page.locator('#language-button').click();
  await eventually(async () => assert.match(await page.locator('#compare-sentence').innerText(), /与A（2025 基准）相比/));
  await page.getByRole('button', { name: /主题/ }).first().click();
  await assertAccessible(page, { within: 'main.compare' });

  // Undo brings the plan back to the baseline: old figures are greyed, then new ones come.
  await page.keyboard.press('Control+z');
  await eventually(async () => assert.equal(await page.locator('tr[data-indicator=cost_yuan] td').nth(1).getAttribute('data-difference'), null), PATIENCE_MS);
});

test('on a phone the table scrolls beside its first column, and before and after is moved by touch', async () => {
  const page = await openApp({ lang: 'zh', width: 390, height: 844, hasTouch: true, isMobile: true });
  await openCompare(page);
  assert.equal(await page.locator('.slot[data-choice^=builtin]').count(), 1, 'an untouched plan gives way to a built-in');
  await measured(page, 2);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `nothing sticks out: ${wide}`);
  await page.locator('#compare-add').selectOption('builtin:bohai-subsidy');
  await measured(page, 3);
  const scroller = page.locator('.compare-table .scroll');
  await scroller.evaluate((e) => e.scrollTo(400, 0));
  const [table, first] = await Promise.all([scroller.boundingBox(), page.locator('tr[data-indicator=cost_yuan] th').boundingBox()]);
  assert.ok((await scroller.evaluate((e) => e.scrollLeft)) > 0 && Math.abs(first.x - table.x) <= 2, 'the names stay');
  await page.locator('#compare-map-flows').click();
  await page.locator('#compare-legend[data-drawn=true]').waitFor({ timeout: PATIENCE_MS });
  await page.locator('#compare-swipe').scrollIntoViewIfNeeded();
  const stage = await page.locator('.compare-map .stage').boundingBox();
  await page.locator('#compare-swipe').dispatchEvent('pointerdown', { pointerId: 1, pointerType: 'touch', clientX: stage.x + stage.width / 2, clientY: stage.y + 60 });
  await eventually(async () => {
    await page.locator('#compare-swipe').dispatchEvent('pointermove', { pointerId: 1, pointerType: 'touch', clientX: stage.x + stage.width * 0.75, clientY: stage.y + 60 });
    assert.equal(await page.locator('#compare-swipe').getAttribute('aria-valuenow'), '75');
  });
  await assertAccessible(page, { within: 'main.compare' });
});
