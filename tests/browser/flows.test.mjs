// Who sends what where on the map: flows with their filters and their table, what scrap is worth, and who really takes it.

import assert from 'node:assert/strict';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp, search } from './harness.mjs';

guardEach();

/// An allocation takes some seconds where everything is drawn by the processor.
const PATIENCE_MS = 60_000;

/// Opens the page with a layer of the allocation, which is worked out for it.
async function openLayer(layer, legend, options) {
  const page = await openApp({ lang: 'en', ...options });
  await page.locator('.layers > button').click();
  await page.locator(`#${layer}`).check();
  await page.locator(`#${legend}`).waitFor({ state: 'attached', timeout: PATIENCE_MS });
  return page;
}

/// "1,234 of 5,678 rows"
async function rowsOfTable(page) {
  const words = await page.locator('.twin .controls [role=status]').innerText();
  return Number(words.match(/of ([\d,]+) rows/)[1].replaceAll(',', ''));
}

async function openTable(page) {
  await page.getByRole('button', { name: 'View table' }).click();
  await page.locator('.twin .segments').getByRole('button', { name: 'Flows', exact: true }).click();
  await page.locator('#flow-table').waitFor();
}

/// The numbers of a column, from left to right 0 for the first that holds numbers.
const column = (page, i) =>
  page.locator('#flow-table tbody tr').evaluateAll((rows, i) => rows.map((r) => Number(r.querySelectorAll('td.num')[i].textContent.replaceAll(',', '').replace('–', '0'))), i);

test('flows are shown with their scale, which follows the zoom', async () => {
  const page = await openLayer('layer-flows', 'legend-flows');
  const legend = page.locator('#legend-flows');
  assert.equal(await legend.getAttribute('data-level'), 'provinces');
  assert.equal(await legend.locator('svg.flow').count(), 3);
  await legend.getByText('dashes (modelled) thin out').waitFor();
  await assertAccessible(page);
  await search(page, 'HB001');
  await eventually(async () => assert.equal(await legend.getAttribute('data-level'), 'each'), PATIENCE_MS);
  await legend.getByText('only the two ends are drawn').waitFor();
  await page.locator('#layer-flows').uncheck();
  await legend.waitFor({ state: 'detached' });
});

test('a flow is told under the pointer, by a click and by the keyboard', async () => {
  const page = await openLayer('layer-flows', 'legend-flows');
  await page.locator('.layers > button').click();
  const box = await page.locator('#map').boundingBox();
  const line = page.locator('#pick-line');
  let found;
  await eventually(async () => {
    for (let x = 0.35; x < 0.75; x += 0.02) {
      found = [box.x + box.width * x, box.y + box.height * 0.42];
      await page.mouse.move(...found);
      await page.waitForTimeout(60);
      if (await line.count()) break;
    }
    assert.equal(await line.count(), 1, 'some flow crosses the middle of the map');
  }, PATIENCE_MS);
  assert.match(await line.innerText(), / → .*(scrap|recycled metal).*(kt|t)\/y.*km.*yuan\/t.*kg CO₂e\/t \(modelled\)/s);
  await page.mouse.click(...found);
  const told = page.locator('#cell-told');
  await eventually(async () => assert.match(await told.innerText(), / → .*\(modelled\)/));
  await page.locator('#map').focus();
  await page.keyboard.press('Escape');
  await eventually(async () => assert.equal(await told.innerText(), ''));
  await page.keyboard.press('i');
  await eventually(async () => assert.notEqual(await told.innerText(), ''));
});

test('the table of flows has the same filters, and its levels carry the same tonnes', async () => {
  const page = await openLayer('layer-flows', 'legend-flows', { width: 1920, height: 1080 });
  await openTable(page);
  const sum = async () => (await column(page, 0)).reduce((a, b) => a + b, 0);
  const showAll = async () => {
    // The last press takes the button away: whoever looks for it then looks in vain.
    const press = () =>
      page.evaluate(() => {
        const more = document.querySelector('.twin .scroll p.pad button');
        more?.click();
        return more !== null;
      });
    while (await press()) await page.waitForTimeout(100);
  };
  await page.locator('#table-flows-stage').selectOption('metal');
  await showAll();
  const byProvince = await sum();
  assert.ok(byProvince > 0);
  await page.locator('#flow-level').selectOption('each');
  await showAll();
  const one = await sum();
  assert.ok(Math.abs(one / byProvince - 1) < 1e-3, `${one} against ${byProvince}`);
  const tonnes = await column(page, 0);
  assert.ok(tonnes.every((t, i) => i === 0 || t <= tonnes[i - 1]), 'the largest come first');

  const metal = await rowsOfTable(page);
  await page.locator('#table-flows-stage').selectOption('');
  const all = await rowsOfTable(page);
  await page.locator('#table-flows-stage').selectOption('scrap');
  await eventually(async () => assert.equal(await rowsOfTable(page), all - metal, 'scrap and metal are everything'));
  let streams = 0;
  for (const stream of ['al', 'cu', 'pb', 'zn', 'other']) {
    await page.locator('#table-flows-stream').selectOption(stream);
    await page.waitForTimeout(200);
    streams += await rowsOfTable(page);
  }
  assert.equal(streams, all - metal, 'every flow is of one stream');
  await page.locator('#table-flows-stream').selectOption('');
  await page.locator('#table-flows-cluster').selectOption('prd');
  await eventually(async () => assert.ok((await rowsOfTable(page)) < all - metal));
  await assertAccessible(page);
});

test('the selected smelter shows its own flows alone, with those into its hubs', async () => {
  const page = await openLayer('layer-flows', 'legend-flows');
  await search(page, 'SM001');
  await page.locator('#flows-only').check();
  await page.locator('#legend-flows').getByText("the selected facility's alone").waitFor();
  await openTable(page);
  await page.locator('#flow-level').selectOption('each');
  const name = await page.getByRole('region', { name: 'Selected facility' }).getByRole('heading').first().innerText();
  const shown = () => page.locator('#flow-table tbody tr').evaluateAll((rows) => rows.map((r) => [r.children[0].textContent, r.children[1].textContent]));
  await eventually(async () => {
    const into = await shown();
    assert.ok(into.some(([, to]) => to === name), 'what comes to it');
    const hubs = into.filter(([, to]) => to === name).map(([from]) => from);
    assert.ok(into.some(([, to]) => hubs.includes(to)), 'and what its hubs are sent');
  });
  const own = await rowsOfTable(page);
  await page.locator('#table-flows-only').uncheck();
  await eventually(async () => assert.ok((await rowsOfTable(page)) > own));
});

test('scrap prices: a ramp round the median for one metal at a time', async () => {
  const page = await openLayer('layer-scrap-prices', 'legend-prices');
  const legend = page.locator('#legend-prices');
  const median = async () => Number(await legend.getAttribute('data-median'));
  await legend.getByText(/^Worth of one more tonne of scrap metal: aluminium/).waitFor();
  const aluminium = await median();
  assert.ok(aluminium > 0);
  await page.locator('#prices-of').selectOption('cu');
  await legend.getByText(/: copper/).waitFor();
  assert.ok((await median()) > aluminium, 'copper is worth more');
  await page.locator('#prices-of').selectOption('other');
  await legend.getByText(/: other/).waitFor();
  await assertAccessible(page);
});

test('who really takes scrap is counted beside who is nearest', async () => {
  const page = await openLayer('layer-served', 'legend-served', { lang: 'en' });
  const points = async (how) => Number(await page.locator(`#legend-served [data-how=${how}]`).getAttribute('data-points'));
  const near = await points('nearest');
  const other = await points('other');
  assert.ok(near > 0 && other > 0, `${near} by the nearest, ${other} by another`);
  await page.locator('#served-of').selectOption('pb');
  await page.locator('#legend-served').getByText(/the nearest smelter/).waitFor();
  await assertAccessible(page);
});

for (const [lang, theme, width, height] of [['zh', 'dark', 390, 844]]) {
  test(`axe finds nothing on the layers of the allocation: ${lang}, ${theme}, ${width} px`, async () => {
    const page = await openLayer('layer-flows', 'legend-flows', { lang, theme, width, height, hasTouch: true, isMobile: true });
    await page.locator('#layer-scrap-prices').check();
    await page.locator('#layer-served').check();
    await page.locator('#legend-served').waitFor({ state: 'attached' });
    await assertAccessible(page);
    await page.locator('.layers > button').click();
    await page.locator('.legend-button').click();
    await page.locator('#legend-served').waitFor();
    await assertAccessible(page);
  });
}
