// The sources page: every parameter with its source, parameters that a planner sets, and the claims of the sector report.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { DIST, eventually, guardEach, openApp, turned } from './harness.mjs';
import { withSection } from './pack.mjs';

guardEach();

const TRUCK = 'freight.cost.all.truck_full';

/// Opens the page with two claims in its pack, one of them disputed.
async function openWithClaims(options) {
  const claims = [
    { id: 'C01', zh: '三大集群。', en: 'There are three clusters.', role: 'context', standing: 'sound' },
    {
      id: 'C18b', zh: '单项成本下降百分之六十。', en: 'One line of cost falls by 60 %.', figure: '60', unit: '%', year: '2025', role: 'check',
      standing: 'disputed', used_by: ['process.energy_saving_claim.all'], checked_against: { figure: '15', unit: '%', source: 'a yearbook', year: '2024' },
      note: { zh: '口径不明。', en: 'It does not say of what.' },
    },
  ];
  const pack = await readFile(path.join(DIST, 'pack/first.pack'));
  const body = withSection(pack, 'claims', JSON.stringify(claims));
  return openApp({ ...options, overrides: [{ match: 'first.pack', body }] });
}

async function openSources(page, name = 'Sources') {
  await page.getByRole('navigation').getByRole('button', { name, exact: true }).click();
  await page.locator('table.parameters').waitFor();
}

const rowOf = (page, key) => page.locator('table.parameters tbody').filter({ has: page.getByText(key, { exact: true }) });

/// Sets a parameter in its row.
async function setParameter(page, key, value) {
  await rowOf(page, key).getByRole('button', { name: /^Set: / }).click();
  await page.locator('#set-field').fill(value);
  await page.locator('#set-field').press('Enter');
}

const settled = (page) => page.locator('.figures:not(.stale)').waitFor();

/// Waits until only a few rows are left: the list follows what is typed a moment later.
const few = (page, most = 12) =>
  page.waitForFunction((n) => document.querySelectorAll('table.parameters tbody').length < n, most);

test('parameters are searched in both languages, filtered and sorted', async () => {
  const page = await openApp({ lang: 'en' });
  await openSources(page);
  const rows = page.locator('table.parameters tbody');
  const all = await rows.count();
  assert.ok(all > 150, `${all} parameters`);
  for (const typed of ['truckload', '公路整车运价', TRUCK]) {
    await page.getByLabel('Search parameters').fill(typed);
    await rowOf(page, TRUCK).waitFor();
    await few(page);
  }
  await eventually(async () => assert.match(await rowOf(page, TRUCK).innerText(), /Transport cost/, 'what depends on it'));
  await eventually(async () => assert.match(await rowOf(page, TRUCK).innerText(), /parameters\.csv, line \d+/));

  await page.getByLabel('Search parameters').fill('');
  await page.getByLabel('Group').selectOption('Policy');
  await few(page, 80);
  await page.getByLabel('Group').selectOption('All');

  const head = page.getByRole('columnheader', { name: 'Value' });
  await head.getByRole('button').click();
  await page.locator('th[aria-sort="ascending"]', { hasText: 'Value' }).waitFor();
  await head.getByRole('button').click();
  await page.locator('th[aria-sort="descending"]', { hasText: 'Value' }).waitFor();
  await eventually(async () => assert.match(await rows.first().innerText(), /price\.product\.Sn/));

  await page.getByLabel('Search parameters').fill('nothing is called this');
  await page.getByText('No parameter fits').waitFor();
});

test('a parameter that is set changes the figures, is marked everywhere, and can be undone', async () => {
  const page = await openApp({ lang: 'en' });
  await openSources(page);
  await page.getByLabel('Search parameters').fill(TRUCK);
  const row = rowOf(page, TRUCK);

  await setParameter(page, TRUCK, '99');
  const alert = page.getByRole('alert');
  await eventually(async () => assert.match(await alert.innerText(), /99 is out of range\. Allowed: 0 to 5\.5/));
  await page.locator('#set-field').fill('a lot');
  await page.locator('#set-field').press('Enter');
  await eventually(async () => assert.match(await alert.innerText(), /Type a number/));
  await page.locator('#set-field').fill('0.84');
  await page.locator('#set-field').press('Enter');
  await row.getByText('set by you').first().waitFor();
  await eventually(async () => assert.equal(await row.locator('s').innerText(), '0.42', 'the table\'s value is beside it'));
  await page.getByRole('button', { name: /Set by you \(1\)/ }).waitFor();

  await page.getByRole('button', { name: 'Plan', exact: true }).click();
  await settled(page);
  const cost = page.locator('.figure', { hasText: 'Transport cost' });
  await eventually(async () => assert.match(await cost.locator('.change').first().innerText(), /^\+/, 'dearer'));
  await cost.getByRole('button', { name: /why/ }).click();
  const input = cost.locator('.inputs tr', { hasText: 'Freight price: full truckload' });
  await eventually(async () => assert.match(await input.innerText(), /set by you/));
  await eventually(async () => assert.equal(await input.locator('s').innerText(), '0.42'));
  const list = page.locator('.set-list');
  await eventually(async () => assert.match(await list.innerText(), /Parameters set by you: 1/));

  await page.getByRole('button', { name: 'Undo' }).click();
  await settled(page);
  await eventually(async () => assert.equal(await page.locator('.figures .change').count(), 0));
  await eventually(async () => assert.equal(await list.count(), 0));
  await page.getByRole('button', { name: 'Redo' }).click();
  await list.getByRole('button', { name: /Back to table value/ }).click();
  await settled(page);
  await eventually(async () => assert.equal(await page.locator('.figures .change').count(), 0));
});

test('emission factors, charges at borders and the scrap model are at hand on the plan', async () => {
  const page = await openApp({ lang: 'en' });
  await page.getByLabel('Emission factors of transport').selectOption({ label: 'GB/T 51366-2019' });
  await settled(page);
  await page.locator('.figure', { hasText: 'Transport emissions' }).locator('.change').first().waitFor();
  await eventually(async () => assert.match(await page.locator('.set-list').innerText(), /GB\/T 51366-2019[^]*GLEC v3/));

  await page.getByLabel('Charge for crossing a province border').fill('100');
  await settled(page);
  await page.locator('.figure', { hasText: 'Transport cost' }).locator('.change').first().waitFor();

  await page.getByText('Scrap model', { exact: true }).click();
  await page.getByRole('group', { name: 'Metal' }).getByRole('button', { name: 'copper' }).click();
  await page.getByLabel('industry').fill('1');
  await settled(page);
  await eventually(async () => assert.match(await page.locator('.set-list').innerText(), /Parameters set by you: 3/));
  for (let i = 0; i < 3; i += 1) await page.getByRole('button', { name: 'Undo' }).click();
  await settled(page);
  await eventually(async () => assert.equal(await page.locator('.figures .change').count(), 0));
});

test('a figure\'s why leads to the row of each parameter', async () => {
  const page = await openApp({ lang: 'en' });
  const cost = page.locator('.figure', { hasText: 'Transport cost' });
  await cost.getByRole('button', { name: /why/ }).click();
  await cost.getByRole('button', { name: 'Freight price: full truckload' }).click();
  await rowOf(page, TRUCK).waitFor();
  await eventually(async () => assert.equal(await page.locator('table.parameters tbody').count(), 1));
});

test('claims say their standing, and a disputed one is never without the word', async () => {
  for (const [lang, nav, tab, word] of [['en', 'Sources', 'Claims of the sector report', 'disputed'], ['zh', '来源', '行业报告的说法', '存疑']]) {
    const page = await openWithClaims({ lang });
    await openSources(page, nav);
    await page.getByRole('tab', { name: tab }).click();
    const claims = page.locator('table.claims tbody tr');
    await eventually(async () => assert.equal(await claims.count(), 2));
    const disputed = claims.filter({ hasText: 'C18b' });
    await eventually(async () => assert.match(await disputed.getByRole('rowheader').innerText(), new RegExp(word)));
    await eventually(async () => assert.match(await disputed.locator('.standing').innerText(), new RegExp(word)));
    await eventually(async () => assert.ok(!(await claims.filter({ hasText: 'C01' }).innerText()).includes(word)));
    await assertAccessible(page);
    await page.locator('.filters select').selectOption({ label: word });
    await eventually(async () => assert.equal(await claims.count(), 1));
    await disputed.getByRole('button').first().click();
    await rowOf(page, 'process.energy_saving_claim.all').waitFor();
    await page.context().close();
  }
});

test('values that must balance: what gives way, what is doubtful, and a value that is set does not give way', async () => {
  const page = await openApp({ lang: 'en' });
  await openSources(page);
  await page.locator('#sources-balances-tab').click();
  // The gap of aluminium is told by the tables' own numbers, and leads to the row of what gives way.
  const gap = page.locator('#ledger-say p', { hasText: 'Metal balance, aluminium' });
  await eventually(async () => assert.match(await gap.innerText(), /975 kt.*11,200 kt.*1,225 kt\/y short/s));
  await gap.getByRole('button').click();
  await eventually(async () => assert.match(await page.evaluate(() => document.activeElement.id), /^ledger-row-(scrap|output)_al$/));
  const verdict = (key) => page.locator(`#ledger-row-${key}`).getAttribute('data-verdict');
  assert.deepEqual(await Promise.all(['arising_al', 'recovery_rate', 'scrap_all', 'scrap_pb'].map(verdict)), ['worked_out', 'unchecked', 'suspect', 'agrees']);
  const download = page.waitForEvent('download');
  await page.locator('#ledger-csv').click();
  const file = await readFile(await (await download).path(), 'utf8');
  assert.match(file, /scrap_al,national\.domestic_scrap\.Al,kt\/y,9300,/);
  await page.locator('.filters .why').click();
  await assertAccessible(page);
  // Its source is one click away; what a person sets there stands as it is.
  await page.locator('#ledger-row-scrap_pb').getByRole('button').click();
  await setParameter(page, 'national.domestic_scrap.Pb', '2500');
  await page.locator('#sources-balances-tab').click();
  await eventually(async () => assert.equal(await verdict('scrap_pb'), 'fixed'));
  await page.keyboard.press('Control+z');
  await eventually(async () => assert.equal(await verdict('scrap_pb'), 'agrees'));
  await turned(page);
  await eventually(async () => assert.match(await page.locator('#ledger-say').innerText(), /金属平衡（铝）：各部分合计 998 万吨/));
  await assertAccessible(page);
});

test('the tabs obey the arrows and the page is accessible, on a phone too', async () => {
  const page = await openApp({ lang: 'en' });
  await openSources(page);
  await page.locator('.set').first().click();
  await page.locator('#set-field').waitFor();
  await assertAccessible(page);
  await page.getByRole('tab').first().focus();
  await page.keyboard.press('ArrowLeft');
  await page.locator('#sources-data').waitFor();
  await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.id), 'sources-data-tab'));
  await assertAccessible(page);
  await turned(page);
  await page.setViewportSize({ width: 390, height: 844 });
  for (const tab of ['balances', 'parameters']) {
    await page.locator(`#sources-${tab}-tab`).click();
    await page.locator(`#sources-${tab}`).waitFor();
    await assertAccessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `${tab}: ${wide}`);
  }
});
