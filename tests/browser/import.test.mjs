// Tables that people bring: by file field and by drop, in GBK and as a workbook; what is wrong with which row; one undo.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp } from './harness.mjs';

guardEach();

const FIXTURES = path.join(path.dirname(fileURLToPath(import.meta.url)), '../fixtures/import');
const PATIENCE_MS = 60_000;

const phase = (page) => page.locator('#import').getAttribute('data-phase');
const ready = (page, wanted = 'ready') => eventually(async () => assert.equal(await phase(page), wanted), PATIENCE_MS);
const sums = async (page) => {
  const at = page.locator('#import-sums');
  return [Number(await at.getAttribute('data-good')), Number(await at.getAttribute('data-rows'))];
};
const willBe = (page, good, rows) =>
  eventually(async () => {
    assert.equal(await phase(page), 'ready');
    assert.deepEqual(await sums(page), [good, rows]);
  }, PATIENCE_MS);
const reasons = (page) => page.locator('#import-problems li').evaluateAll((all) => all.map((li) => li.dataset.reason));
const edits = (page) => page.locator('.edits > li').count();
const text = (name, words) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(words) });
const choose = (page, file) => page.locator('#table-file').setInputFiles(file);

/// Drops a file on the page as a person does from a folder.
async function dropFile(page, name, words) {
  await page.evaluate(
    ([name, words]) => {
      const data = new DataTransfer();
      data.items.add(new File([words], name));
      for (const kind of ['dragover', 'drop']) {
        document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
      }
    },
    [name, words],
  );
}

test('a GBK table: bad rows are told, good rows become one step, and one undo takes it back', async () => {
  const page = await openApp({ lang: 'zh', reducedMotion: 'reduce' });
  const loaded = () => page.mount.requests?.some((r) => String(r.url ?? r).includes('atlas-tables')) ?? false;
  assert.equal(loaded(), false, 'readers of tables weigh nothing on the first view');
  await choose(page, path.join(FIXTURES, 'points-gbk.csv'));
  await willBe(page, 3, 7);
  assert.deepEqual(await reasons(page), ['missing', 'negative', 'id-twice', 'outside']);
  assert.match(await page.locator('#import-preview').innerText(), /合肥示例点/);
  assert.match(await page.locator('#import-problems').innerText(), /第 5 行/);
  await assertAccessible(page);
  // Another column is chosen, and put back: the good rows follow.
  const lat = page.locator('#import-column-3');
  await lat.selectOption({ label: '不用' });
  await ready(page, 'lacking');
  assert.match(await page.locator('#import-sums').innerText(), /纬度/);
  await lat.selectOption({ label: '纬度' });
  await willBe(page, 3, 7);
  // In the wrong letters it says so.
  await page.locator('#import-encoding').selectOption({ index: 0 });
  await eventually(async () => assert.ok((await page.locator('[data-remark="lost-letters"]').count()) > 0), PATIENCE_MS);
  await page.locator('#import-encoding').selectOption({ index: 1 });
  await willBe(page, 3, 7);
  await page.locator('#import-take').click();
  await eventually(async () => assert.equal(await edits(page), 3));
  assert.equal(await page.locator('#imported').getAttribute('data-good'), '3');
  await page.keyboard.press('Control+z');
  await eventually(async () => assert.equal(await edits(page), 0));

  // A workbook by drop: the second sheet, values of formulas, and markup that stays text.
  await choose(page, path.join(FIXTURES, 'hubs.xlsx'));
  await page.locator('#import-sheet').waitFor({ timeout: PATIENCE_MS });
  await page.locator('#import-sheet').selectOption({ index: 1 });
  await willBe(page, 3, 4);
  assert.deepEqual(await reasons(page), ['cell-error']);
  await page.locator('#import-take').click();
  await eventually(async () => assert.equal(await edits(page), 3));
  assert.equal(await page.locator('img[src="x"]').count(), 0);
  assert.match(await page.locator('.edits').innerText(), /<img src=x/);

  // Swapped columns are seen and mended; cancelling changes nothing.
  await dropFile(page, 'swapped.csv', 'name,lon,lat\na,31.8,117.2\nb,31.9,117.3\nc,32.0,117.4\n');
  await willBe(page, 0, 3);
  await page.locator('#import-mend-swap').click();
  await willBe(page, 3, 3);
  await page.keyboard.press('Escape');
  await page.locator('#import').waitFor({ state: 'detached' });
  assert.equal(await edits(page), 3);

  // A file that is none is told; a scenario that is dropped opens.
  await choose(page, text('empty.csv', '\n\n'));
  await ready(page, 'refused');
  assert.equal(await page.locator('#import-refused').getAttribute('data-code'), 'import-empty');
  await page.locator('#import-cancel').click();
  await page.locator('#import').waitFor({ state: 'detached' });
  await dropFile(page, 'plan.json', await readFile(path.join(FIXTURES, '../scenario-v4.json'), 'utf8'));
  await eventually(async () => assert.match(await page.locator('input.title').inputValue(), /./));
});

test('a hundred thousand rows are read off the page, and scrap of prefectures says that it is the user\'s', async () => {
  const page = await openApp({ lang: 'en', reducedMotion: 'reduce', width: 390, height: 844, isMobile: true, hasTouch: true });
  const rows = ['id,name,lon,lat,capacity'];
  for (let i = 0; i < 100_000; i += 1) rows.push(`Z${i},点 ${i},${116 + (i % 400) / 100},${31 + (i % 300) / 100},${i % 500}`);
  await choose(page, text('many.csv', rows.join('\n')));
  const begun = Date.now();
  await willBe(page, 100_000, 100_000);
  console.log(`100,000 rows: ${Date.now() - begun} ms to the report`);
  await assertAccessible(page);
  await page.locator('#import-cancel').click();
  await page.locator('#import').waitFor({ state: 'detached' });

  await choose(page, text('scrap.csv', '城市,品种,产生量(万吨)\n合肥,铝,12\n南京,铝,x\n'));
  await willBe(page, 1, 2);
  assert.deepEqual(await reasons(page), ['not-a-number']);
  await page.locator('#import-take').click();
  await eventually(async () => assert.match(await page.locator('.set-list').first().innerText(), /120,000|120000/));
  assert.match(await page.locator('.set-list').first().innerText(), /Hefei/);
});
