// What more would be worth, where tonnes come from and go to, and the levers of the allocation: the prices panel, the facility's
// card, the section of the plan panel, the scenarios that come with the app.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp, search } from './harness.mjs';

guardEach();

/// An allocation takes some seconds; a saving curve solves again a dozen times.
const ALLOCATION_MS = 90_000;
const WORTH_MS = 180_000;

/// Opens the page with the prices panel, its prices there.
async function openPrices(options) {
  const page = await openApp({ lang: 'en', reducedMotion: 'reduce', ...options });
  await page.locator('#prices-tab').click();
  await settled(page);
  return page;
}

/// Waits until prices belong to the plan on the screen.
const settled = (page) => page.locator('.prices[aria-busy=false] #prices-rank').waitFor({ timeout: ALLOCATION_MS });

const card = (page) => page.getByRole('region', { name: 'Selected facility' });

const attribute = (page, selector, name) => page.locator(selector).getAttribute(name);

const generation = async (page) => Number(await attribute(page, '.prices', 'data-generation'));

/// Does something that changes the plan, and waits for its allocation.
async function andSettle(page, act) {
  const before = await generation(page);
  await act();
  await eventually(async () => assert.ok((await generation(page)) > before, 'it is asked'));
  await settled(page);
}

/// The rows of the ranking.
const ranked = (page) => page.locator('#prices-rank tr[data-id]').evaluateAll((rows) => rows.map((r) => ({
  id: r.dataset.id,
  kind: r.dataset.kind,
  yuan: Number(r.dataset.yuan),
  slack: Number(r.dataset.slack),
  words: r.lastElementChild.innerText,
  used: r.querySelector('small.num').innerText,
})));

/// The shares of a list of the card.
const shares = (page, id) => page.locator(`#${id} tr[data-gross]`).evaluateAll((rows) => rows.map((r) => ({
  gross: Number(r.dataset.gross),
  share: Number(r.dataset.share),
  stream: r.dataset.stream,
  words: r.innerText,
})));

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

/// What a button hands out as a file.
async function download(page, button) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator(button).click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

test('bottlenecks are ranked, scrap has a price by cluster and metal, and both say why', async () => {
  const page = await openPrices();
  const rows = await ranked(page);
  const all = Number(await attribute(page, '#prices-rank', 'data-count'));
  assert.ok(rows.length === Math.min(12, all) && all > 12, `${rows.length} of ${all}`);
  const short = (r) => (Math.abs(r.slack) > 0.005 ? r.slack : 0);
  rows.slice(1).forEach((r, i) => {
    const before = rows[i];
    assert.ok(short(before) > short(r) || (short(before) === short(r) && before.yuan >= r.yuan), `${before.id} before ${r.id}`);
  });
  await page.locator('#rank-more').click();
  await eventually(async () => assert.equal((await ranked(page)).length, Math.min(24, all)));

  await page.locator('#rank-kind button[data-kind=hub]').click();
  await eventually(async () => assert.ok((await ranked(page)).every((r) => r.kind === 'hub')));
  const hubs = await ranked(page);
  assert.match(hubs[0].words, /saves [\d.,]+ (million )?yuan|less short/);
  assert.match(hubs[0].used, /^[\d.,]+ of [\d.,]+ kt\/y gross$/);
  await page.locator('#rank-cluster').selectOption('prd');
  await eventually(async () => assert.ok((await ranked(page)).length < hubs.length));
  await page.locator('#rank-stream').selectOption('pb');
  await page.getByText('Nothing that fits is short').waitFor();

  const medians = () => page.locator('#prices-scrap tr[data-cluster]').evaluateAll((rows) => Object.fromEntries(rows.map((r) => [r.dataset.cluster, Number(r.dataset.median)])));
  const al = await medians();
  assert.deepEqual(Object.keys(al), ['yrd', 'prd', 'bohai', 'outside']);
  await page.locator('#prices-scrap button[data-stream=cu]').click();
  await eventually(async () => assert.notDeepEqual(await medians(), al));
  assert.match(await page.locator('#worth-scrap-meaning').innerText(), /^(One more tonne of copper|There is too (little|little room for) copper)/);

  await page.locator('#prices-rank .why').click();
  await page.locator('#prices-rank .because').getByText('nameplate × utilisation').waitFor();
  assert.ok((await page.locator('#prices-rank .inputs tr').count()) > 20, 'the parameters behind it');
  await assertAccessible(page);
});

test('all prices are handed out as a table', async () => {
  const page = await openPrices();
  const { name, text } = await download(page, '#export-prices');
  assert.equal(name, 'prices.csv');
  assert.ok(text.startsWith('\ufeff'), 'a spreadsheet is told that it is UTF-8');
  const lines = text.trimEnd().split('\r\n').slice(1);
  const of = (what) => lines.filter((l) => l.startsWith(`${what},`)).length;
  assert.ok(of('hub') > 20 && of('smelter') > 80 && of('scrap') > 10_000, `${of('hub')} ${of('smelter')} ${of('scrap')}`);
});

test('a bottleneck leads to its card, which says where tonnes come from and end, and to its saving', async () => {
  const page = await openPrices();
  assert.equal(await page.locator('#prices-worth').count(), 0);
  await page.locator('#rank-kind button[data-kind=hub]').click();
  const [first] = await ranked(page);
  await page.locator('#prices-rank tr[data-kind=hub] button').first().click();
  await card(page).waitFor();

  const from = await shares(page, 'trace-from');
  assert.ok(from.length > 1 && from.length <= 11, `${from.length} rows: ten and the rest`);
  assert.ok(Math.abs(sum(from.map((r) => r.share)) - 1) < 0.01, 'everything is told');
  assert.match(from[0].words, /road [\d.,]+ km/);
  assert.match(from[0].words, /yuan\/t, [\d.,]+ kg CO₂e\/t/);
  await page.locator('#trace-from button[data-by=facility]').click();
  await eventually(async () => assert.match((await shares(page, 'trace-from')).at(-1).words, /^\d[\d,]* more/));
  const bySource = await shares(page, 'trace-from');
  const near = (a, b) => Math.abs(a - b) < 1 + 1e-3 * b;
  assert.ok(near(sum(bySource.map((r) => r.gross)), sum(from.map((r) => r.gross))), 'the same tonnes by source');
  assert.ok((await shares(page, 'trace-to')).length > 0);
  assert.match(await page.locator('#card-allocation').innerText(), /convention of bookkeeping/);
  assert.ok(Number(await attribute(page, '#trace-use', 'data-load')) > 0.99, `${first.id} is full`);

  await page.locator('#prices-worth[data-known=true]').waitFor({ timeout: WORTH_MS });
  assert.equal(await attribute(page, '#prices-worth', 'data-id'), first.id);
  assert.match(await page.locator('#worth-sentence').innerText(), /more kt.*because/);
  await page.locator('svg.worth').waitFor();
  await page.locator('#worth-as-table').click();
  const saved = await page.locator('#worth-table tbody tr').evaluateAll((rows) => rows.map((r) => Number(r.children[0].innerText.replaceAll(',', ''))));
  assert.ok(saved.length >= 5 && saved[0] === 0 && saved.every((v, i) => i === 0 || v > saved[i - 1]), `${saved}`);
  await assertAccessible(page);
});

test('without an allocation the card offers to work it out; a capacity is typed, told where wrong, put back and undone', async () => {
  const page = await openApp({ lang: 'en', reducedMotion: 'reduce' });
  await search(page, 'HB006');
  await card(page).waitFor();
  const field = page.locator('#capacity-field');
  const tonnes = () => attribute(page, '#card-capacity', 'data-tonnes');
  const own = await tonnes();
  assert.ok(Number(own) > 0);
  await field.fill('much');
  await field.press('Enter');
  await page.locator('#capacity-wrong').waitFor();
  assert.equal(await field.inputValue(), 'much', 'what was typed stays');
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  assert.equal(await tonnes(), own);
  await assertAccessible(page);

  await field.fill('512.5');
  await field.press('Enter');
  await eventually(async () => assert.equal(await tonnes(), '512500.000'));
  await page.locator('#card-capacity').getByText('set by you').waitFor();
  await page.locator('#capacity-reset').click();
  await eventually(async () => assert.equal(await tonnes(), own));
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await eventually(async () => assert.equal(await tonnes(), '512500.000'));
  await eventually(async () => assert.equal(await field.inputValue(), '512.5'));
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await eventually(async () => assert.equal(await tonnes(), own));

  await page.locator('#trace-open').click();
  assert.equal(await attribute(page, '#balance-tab', 'aria-selected'), 'true');
  await page.locator('#trace-from').waitFor({ timeout: ALLOCATION_MS });
});

test('objective, caps, subsidies and contracts are set, told where wrong, and put back', async () => {
  const page = await openApp({ lang: 'en', reducedMotion: 'reduce' });
  const levers = page.locator('#allocation-levers');
  await page.locator('#goal-objective').selectOption('weighted');
  await page.locator('#goal-weight-co2').fill('-1');
  await page.locator('#goal-weight-co2').press('Enter');
  await page.locator('#weights-wrong').waitFor();
  await page.locator('#goal-weight-co2').fill('0.2');
  await page.locator('#goal-weight-co2').press('Enter');
  await page.locator('#weights-wrong').waitFor({ state: 'detached' });
  await page.locator('#goal-reset').click();
  await eventually(async () => assert.equal(await page.locator('#goal-objective').inputValue(), 'cost'));

  await page.locator('#cap-co2').fill('a lot');
  await page.locator('#cap-co2').press('Enter');
  await page.locator('#cap-co2-wrong').waitFor();
  assert.equal(await page.locator('#cap-co2').inputValue(), 'a lot');
  await page.locator('#cap-co2').fill('9000');
  await page.locator('#cap-co2').press('Enter');
  await page.locator('#cap-co2-reset').click();
  await eventually(async () => assert.equal(await page.locator('#cap-co2').inputValue(), ''));

  await page.locator('#carbon-price').focus();
  await page.keyboard.press('ArrowRight');
  await page.locator('#carbon-reset').click();
  await page.locator('#carbon-reset').waitFor({ state: 'detached' });

  await page.locator('#subsidy-stream').selectOption('cu');
  await page.locator('#subsidy-cluster').selectOption('prd');
  await page.locator('#subsidy').focus();
  await page.keyboard.press('End');
  const set = page.locator('#subsidies li[data-key="policy.subsidy.Cu.prd"]');
  assert.match(await set.innerText(), /400 yuan\/t/);

  await page.locator('#contract-add').click();
  await page.locator('#contract-plant').fill('nobody');
  await page.locator('#contract-do').click();
  await page.locator('#contract-wrong').waitFor();
  await page.locator('#contract-plant').fill('SM006');
  await page.locator('#contract-min').fill('50');
  await page.locator('#contract-max').fill('40');
  await page.locator('#contract-do').click();
  await page.getByText('The least is above the most.').waitFor();
  await page.locator('#contract-max').fill('100');
  await page.locator('#contract-claim').click();
  await assertAccessible(page);
  await page.locator('#contract-do').click();
  const made = levers.locator('#contracts li[data-id=K001]');
  assert.match(await made.innerText(), /50\.0 to 100 kt\/y metal · cost × 0\.85 report claim/);
  await page.getByRole('button', { name: /^Remove: aluminium/ }).click();
  await made.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await made.waitFor();

  // A plant that takes no scrap any more is told beside the contract.
  await search(page, 'SM006');
  await card(page).getByRole('button', { name: 'Close', exact: true }).last().click();
  await page.locator('#goal-problems').getByText('does not take this scrap').waitFor();
  await set.getByRole('button', { name: /^Back to table value/ }).click();
  await set.waitFor({ state: 'detached' });
  await assertAccessible(page);
});

test('a built-in scenario opens, says what moved, and the plan before can be brought back', async () => {
  const page = await openPrices();
  assert.equal(await page.locator('#prices-moved').count(), 0, 'nothing of the baseline moves');
  await andSettle(page, async () => {
    await page.locator('#subsidy-stream').selectOption('zn');
    await page.locator('#subsidy').focus();
    await page.keyboard.press('End');
  });
  await page.locator('#builtins summary').click();
  await andSettle(page, () => page.locator('#builtin-bohai-subsidy').click());
  await page.locator('.story').getByText('is a claim of the sector report; no decree was found').waitFor();
  await page.getByText('Another scenario is open').waitFor();
  assert.equal(await page.locator('#subsidies li').count(), 1);
  await page.locator('#prices-moved[data-known=true] table').waitFor({ timeout: ALLOCATION_MS });
  assert.deepEqual([await page.locator('#moved-cluster').inputValue(), await page.locator('#moved-stream').inputValue()], ['bohai', 'al']);
  const rows = await page.locator('#prices-moved tr[data-way]').evaluateAll((rows) => rows.map((r) => [`${r.dataset.way} ${r.dataset.other}`, Number(r.dataset.base), Number(r.dataset.plan)]));
  assert.deepEqual(rows.map((r) => r[0]), ['into yrd', 'into prd', 'into outside', 'out yrd', 'out prd', 'made bohai']);
  assert.ok(rows.every(([, base, plan]) => base >= 0 && plan >= 0) && rows.at(-1)[1] > 1e6, JSON.stringify(rows));
  await assertAccessible(page);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.locator('#subsidies li[data-key="policy.subsidy.Zn.bohai"]').waitFor();
});

test('on a phone prices are in the sheet and nothing is cut', async () => {
  const page = await openApp({ lang: 'zh', width: 390, height: 844, hasTouch: true, isMobile: true });
  await page.getByRole('button', { name: '结果' }).tap();
  await page.getByRole('button', { name: '拉高' }).tap();
  await page.locator('#prices-tab').tap();
  await settled(page);
  const fits = async (what, inside) => {
    const wide = await page.evaluate((inside) => {
      const sheet = document.querySelector(inside).closest('.drawer, .holder');
      return { page: document.scrollingElement.scrollWidth - innerWidth, sheet: sheet.scrollWidth - sheet.clientWidth };
    }, inside);
    assert.ok(wide.page <= 0 && wide.sheet <= 0, `${what}: ${JSON.stringify(wide)} px too wide`);
  };
  await fits('prices', '#prices');
  await page.locator('#prices-rank .why').tap();
  await fits('prices with parameters', '#prices');
  await assertAccessible(page);
  await page.getByRole('button', { name: '方案', exact: true }).tap();
  await page.locator('#contract-add').tap();
  await fits('levers', '#allocation-levers');
  await assertAccessible(page);
});
