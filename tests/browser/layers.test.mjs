// What the map shows beside facilities of the plan: ports, networks, scrap by prefecture, and how exactly places are known.

import assert from 'node:assert/strict';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp, search } from './harness.mjs';

guardEach();

/// The numbers of a table's row, from its heading on.
async function numbers(table, name) {
  const row = table.locator('tr').filter({ has: table.page().getByRole('rowheader', { name, exact: true }) });
  const cells = await row.first().locator('td.num').allInnerTexts();
  return cells.map((text) => Number(text.replaceAll(',', '')));
}

test('layers are switched on and off, and the legend follows', async () => {
  const page = await openApp({ lang: 'en' });
  const button = page.getByRole('button', { name: 'Layers' });
  await eventually(async () => assert.equal(await button.getAttribute('aria-expanded'), 'false'));
  await button.click();
  const legend = page.locator('.legend');
  await eventually(async () => assert.ok(await page.getByLabel('Ports and rail freight hubs').isChecked(), 'ports are there from the start'));
  await eventually(async () => assert.ok(await legend.getByText('port', { exact: true }).isVisible()));
  for (const [layer, words] of [['Railways', 'railway'], ['Waterways and sea lanes', 'sea lane'], ['Scrap by prefecture', /^Scrap, all metals/]]) {
    await eventually(async () => assert.equal(await legend.getByText(words).count(), 0, `${layer} is off at first`));
    await page.getByLabel(layer, { exact: true }).check();
    await legend.getByText(words).first().waitFor();
  }
  await page.locator('#layers select').selectOption('stream-cu');
  await legend.getByText(/^Scrap, copper/).waitFor();
  await page.waitForTimeout(500);
  await assertAccessible(page);
  await page.getByLabel('Ports and rail freight hubs').uncheck();
  await eventually(async () => assert.equal(await legend.getByText('port', { exact: true }).count(), 0));
  await page.keyboard.press('Escape');
  await eventually(async () => assert.equal(await button.getAttribute('aria-expanded'), 'false'));
  await eventually(async () => assert.ok(await button.evaluate((b) => b === document.activeElement), 'the focus is back on the button'));
});

test('a port from the search shows its card, and can be closed and reopened', async () => {
  const page = await openApp({ lang: 'en' });
  await search(page, 'Caofeidian');
  const card = page.getByRole('region', { name: 'Selected facility' });
  await card.getByRole('heading', { name: 'Tangshan Caofeidian' }).waitFor();
  const words = await card.innerText();
  assert.match(words, /port · Bohai Rim/);
  assert.match(words, /road, rail, ship/);
  assert.match(words, /Goods handled[^\n]*2023/);
  assert.match(words, /842\s*Mt\/y/);
  assert.match(words, /located to the port \(the true place may be up to about 3 km away\)/);
  await eventually(async () => assert.equal(await card.getByRole('button', { name: 'Move' }).count(), 0, 'ports stay where they are'));
  await card.getByRole('button', { name: 'Close', exact: true }).last().click();
  await card.getByText('Closed, takes nothing').waitFor();
  await card.getByRole('button', { name: 'Reopen' }).click();
  await card.getByText('Closed, takes nothing').waitFor({ state: 'detached' });
});

test('the card and the legend say how exactly a place is known', async () => {
  const page = await openApp({ lang: 'zh' });
  await search(page, 'SM063');
  const card = page.getByRole('region', { name: '所选设施' });
  await card.waitFor();
  await eventually(async () => assert.match(await card.innerText(), /实际位置可能相差约 \d+ 公里/));
  await page.locator('.legend').getByText(/所选设施在此圈内/).waitFor();
});

test('the sums of the scrap table are the sums of its prefectures, and follow the recovery lever', async () => {
  const page = await openApp({ lang: 'en', width: 1920, height: 1080 });
  await page.getByRole('button', { name: 'View table' }).click();
  await page.getByRole('button', { name: 'Scrap by prefecture' }).click();
  const sums = page.locator('table.sums');
  const prefectures = page.locator('table.prefectures tbody tr');
  const all = (await prefectures.count()) > 150;
  assert.ok(all, 'every prefecture has its row');
  const column = await prefectures.evaluateAll((rows) =>
    rows.map((row) => [row.children[2].textContent, Number(row.lastElementChild.textContent.replaceAll(',', ''))]),
  );
  const of = (fits) => column.filter(([cluster]) => fits(cluster)).reduce((sum, [, kt]) => sum + kt, 0);
  for (const cluster of ['Yangtze Delta', 'Pearl River Delta', 'Bohai Rim']) {
    const stated = (await numbers(sums, cluster)).at(-1);
    assert.ok(Math.abs(stated - of((c) => c === cluster)) < 5, `${cluster}: ${stated}`);
  }
  const inClusters = (await numbers(sums, 'The 10 provinces of the three clusters')).at(-1);
  assert.ok(Math.abs(inClusters - of((c) => c !== 'between the clusters')) < 10, `${inClusters}`);
  const nation = (await numbers(sums, 'The nation (parameters)')).at(-1);
  assert.ok(nation > inClusters);

  await page.getByRole('button', { name: 'Collected', exact: true }).click();
  const before = (await numbers(sums, 'Bohai Rim')).at(-1);
  await page.getByLabel('Recovery rate').fill('1');
  await page.waitForTimeout(500);
  const after = (await numbers(sums, 'Bohai Rim')).at(-1);
  assert.ok(after > before, `${before} → ${after}`);
  await assertAccessible(page);
});

test('tables are ordered by their headings, filtered by kind, and go on to the last row', async () => {
  const page = await openApp({ lang: 'en' });
  await page.getByRole('button', { name: 'View table' }).click();
  const rows = page.locator('.twin tbody tr');
  await eventually(async () => assert.equal(await rows.count(), 300));
  await page.getByRole('button', { name: /^Show 300 more/ }).click();
  await eventually(async () => assert.equal(await rows.count(), 600));
  await page.getByLabel('Kind').selectOption('port');
  await eventually(async () => assert.ok((await rows.count()) > 40));
  await page.getByRole('button', { name: /^Capacity/ }).click();
  const heading = page.getByRole('columnheader', { name: /^Capacity/ });
  await eventually(async () => assert.equal(await heading.getAttribute('aria-sort'), 'descending'));
  await eventually(async () => assert.match(await rows.first().innerText(), /Ningbo/));
  await page.getByRole('button', { name: /^Name/ }).click();
  await eventually(async () => assert.equal(await heading.getAttribute('aria-sort'), 'none'));
  await eventually(async () => assert.equal(await page.getByRole('columnheader', { name: /^Name/ }).getAttribute('aria-sort'), 'ascending'));
  await assertAccessible(page);
});

test('a prefecture of the scrap table opens its card with all that the numbers rest on', async () => {
  const page = await openApp({ lang: 'en' });
  await page.getByRole('button', { name: 'View table' }).click();
  await page.getByRole('button', { name: 'Scrap by prefecture' }).click();
  await page.getByRole('button', { name: 'Foshan' }).click();
  await page.getByRole('button', { name: 'View map' }).click();
  const card = page.getByRole('region', { name: 'Selected prefecture' });
  await card.getByRole('heading', { name: 'Foshan' }).waitFor();
  await card.getByText('why', { exact: true }).click();
  await card.getByRole('rowheader', { name: /^Residents, census 2020/ }).waitFor();
  await card.getByText('Domestic scrap recovered: aluminium', { exact: true }).waitFor();
  await eventually(async () => assert.match(await card.innerText(), /generated = \(national collected/));
  await page.locator('.legend').getByText(/^Scrap, /).waitFor();
  await assertAccessible(page);
  await page.keyboard.press('Escape');
  await card.waitFor({ state: 'detached' });
});
