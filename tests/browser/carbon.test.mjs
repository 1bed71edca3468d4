// Carbon and energy, and the closed loop: what the sentences say stands in the rows, stages and clusters add up, families and
// boundaries move what they should and nothing else, a lever moves the loop, undo brings it back, files, axe, a phone.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp } from './harness.mjs';

guardEach();

/// Two solvers and software drawing on a busy machine.
const PATIENCE_MS = 180_000;

/// Opens a part of Compare, and waits until the plan is told as it is.
const open = async (page, tab) => {
  await page.locator(`#compare-${tab}-tab`).click();
  await fresh(page);
};
const fresh = (page) => page.locator('#insight-fresh').waitFor({ state: 'attached', timeout: PATIENCE_MS });

/// A number as it is told: "82,205 kt CO₂e/y", "0.612 %", "−3.1".
const told = (words) => Number(words.replaceAll(',', '').replace('−', '-').match(/-?\d+(\.\d+)?/)?.[0]);

/// As many digits as three significant ones keep.
const near = (found, wanted, what, share = 6e-3) =>
  assert.ok(Math.abs(found - wanted) <= share * Math.max(Math.abs(found), Math.abs(wanted)), `${what}: ${found} against ${wanted}`);
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

/// Rows of the table of sums: all, and the three clusters.
const sums = async (page) =>
  Object.fromEntries(
    await page.locator('#carbon-table tbody tr').evaluateAll((all) =>
      all.map((r) => [r.id.replace('carbon-row-', ''), [...r.querySelectorAll('td')].map((d) => (d.querySelector('b') ?? d).textContent)]),
    ),
  );
const changes = (page) => page.locator('#carbon-table .change').count();

/// Clicks every number of the sentences: each leads to a row that holds it, but for those that are worked out of it.
const follow = async (page, sentences, workedOut) => {
  const numbers = page.locator(`#${sentences} .number`);
  for (let i = 0; i < (await numbers.count()); i += 1) {
    const [to, words] = [await numbers.nth(i).getAttribute('data-row'), await numbers.nth(i).innerText()];
    await numbers.nth(i).click();
    await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.id), to, `${words} leads somewhere`));
    if (workedOut.test(to)) continue;
    const there = await page.locator(`#${to}`).innerText();
    assert.ok(there.includes(words.split(' ')[0]), `${words} stands in “${there}”`);
  }
  return numbers.count();
};

const download = async (page, button) => {
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator(button).click()]);
  const [head, ...lines] = (await readFile(await file.path(), 'utf8')).replace(/^\uFEFF/, '').trim().split('\r\n');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [head.split(',')[i], cell])));
};

/// Chooses in a group, and waits for the account that follows.
const choose = async (page, group, nth) => {
  const button = page.locator(`#${group} button`).nth(nth);
  await button.click();
  await eventually(async () => assert.equal(await button.getAttribute('aria-pressed'), 'true'));
  await fresh(page);
};

test('the account adds up, families and boundaries stay apart, a lever moves the loop and undo takes it back', async () => {
  const page = await openApp({ lang: 'en', reducedMotion: 'reduce' });
  await page.locator('.tabs .tab').nth(1).click();
  await open(page, 'carbon');

  // The sentences lead to their rows.
  assert.ok((await follow(page, 'carbon-say', /^carbon-(element|primary)-/)) >= 8);
  const base = await sums(page);
  const of = (name, i = 0) => told(base[name][i]);
  const sentence = (await page.locator('#carbon-say .number').allInnerTexts()).map(told);
  near(sentence[0] - sentence[1], sentence[2], 'net of what is avoided and given off');
  near(sentence[4], (100 * sentence[3]) / sentence[0], 'transport over avoided');
  assert.equal(await changes(page), 0, 'the baseline against itself');

  // Parts add up, and clusters do. What no table states is no 0.
  for (let i = 0; i < 4; i += 1) {
    near(sum(['rounds', 'scrap', 'delivery', 'transfers'].map((r) => of(r, i))), of('transport', i), `transport ${i}`);
    near(of('fuel', i) + of('electricity', i), of('smelting', i), `smelting ${i}`);
    near(of('transport', i) + of('smelting', i), of('emitted', i), `given off ${i}`);
    near(of('avoided', i) - of('emitted', i), of('net', i), `net ${i}`);
    assert.equal(base.sorting[i], '–');
  }
  for (const row of ['rounds', 'scrap', 'delivery', 'transfers', 'fuel', 'electricity', 'avoided', 'net', 'kwh', 'kgce', 'saved']) {
    near(sum([1, 2, 3].map((i) => of(row, i))), of(row), `clusters of ${row}`);
  }
  // Elements make up transport, and each is its tonnes by its way by its intensity.
  const elements = await page.locator('#carbon-elements-table tbody tr').evaluateAll((all) => all.map((r) => [r.id, ...[...r.cells].map((c) => c.textContent)]));
  assert.ok(elements.length >= 10, `${elements.length} elements`);
  const kt = (words) => told(words) * (/\bMt /.test(words) ? 1000 : /\bkt /.test(words) ? 1 : 1e-3);
  near(sum(elements.map((e) => kt(e[6]))), of('transport'), 'elements of transport', 1e-2);
  for (const [id, name, tonnes, , work, intensity, co2, energy] of elements) {
    // Grams a tonne-kilometre by millions of those, or grams a tonne by kilotonnes.
    const wanted = / g\/t$/.test(intensity) ? (told(tonnes) * told(intensity)) / 1e6 : (told(work) * told(intensity)) / 1e3;
    near(kt(co2), wanted, `${id} ${name}`, 1.2e-2);
    assert.equal(energy, 'not stated');
  }
  const primary = await page.locator('#carbon-primary tbody tr').evaluateAll((all) => all.map((r) => [...r.cells].map((c) => c.textContent)));
  assert.equal(primary.length, 5);
  near(sum(primary.map((p) => kt(p[3]))), of('avoided'), 'metals of what is avoided', 1e-2);
  primary.forEach((p) => near(kt(p[3]), told(p[1]) * told(p[2]), `${p[0]}: made by primary`, 1.2e-2));
  // Squares of true area.
  const squares = await page.locator('#carbon-picture rect').evaluateAll((all) => all.slice(0, 3).map((r) => [r.className.baseVal, r.width.baseVal.value ** 2]));
  assert.deepEqual(squares.map((s) => s[0]), ['avoided', 'smelting', 'transport']);
  near(squares[2][1] / squares[0][1], of('transport') / of('avoided'), 'the square of transport', 2e-2);
  near(squares[1][1] / squares[0][1], of('smelting') / of('avoided'), 'the square of smelting', 2e-2);
  // Why: formula and rows behind.
  await page.locator('#carbon-elements .why').click();
  await page.locator('#carbon-elements .because .inputs').waitFor();
  assert.ok((await page.locator('#carbon-gaps li').count()) >= 3, 'what is left out is told');

  // The file says the same.
  const lines = await download(page, '#carbon-csv');
  const all = lines.find((l) => l.area === 'all');
  near(Number(all.avoided_kg_co2e) / 1e6, of('avoided'), 'avoided in the file');
  near(Number(all.rounds_kg_co2e) / 1e6, of('rounds'), 'rounds in the file');
  near(sum(['yrd', 'prd', 'bohai'].map((c) => Number(lines.find((l) => l.area === c).net_kg_co2e))), Number(all.net_kg_co2e), 'clusters in the file', 1e-9);

  // Another family moves transport alone, and what it does not state is no 0.
  await choose(page, 'carbon-family', 1);
  await eventually(async () => assert.notEqual((await sums(page)).scrap[0], base.scrap[0]));
  const gbt = await sums(page);
  for (const row of ['fuel', 'electricity', 'smelting', 'avoided', 'kwh', 'kgce', 'saved']) assert.deepEqual(gbt[row], base[row], `${row} is no transport`);
  near(told(gbt.avoided[0]) - told(gbt.emitted[0]), told(gbt.net[0]), 'net by the other family');
  await eventually(async () => assert.match(await page.locator('#carbon-gaps').innerText(), /GB\/T 51366/));
  assert.match(await page.locator('#carbon-elements').innerText(), /not covered/);
  // Its baseline is told by the same family: nothing changed.
  await eventually(async () => assert.equal(await changes(page), 0, 'families are never mixed'), PATIENCE_MS);
  await choose(page, 'carbon-family', 0);
  await eventually(async () => assert.deepEqual(await sums(page), base));

  // Other boundaries move primary metal alone: less by the low ends, more by the high ones.
  const avoided = [];
  for (const nth of [1, 2]) {
    await choose(page, 'carbon-boundary', nth);
    await eventually(async () => assert.notEqual((await sums(page)).avoided[0], base.avoided[0]));
    const now = await sums(page);
    for (const row of ['transport', 'smelting', 'emitted', 'kwh']) assert.deepEqual(now[row], base[row], `${row} by boundary ${nth}`);
    avoided.push(told(now.avoided[0]));
    await choose(page, 'carbon-boundary', 0);
    await eventually(async () => assert.deepEqual(await sums(page), base));
  }
  assert.ok(avoided[0] < of('avoided') && avoided[1] > of('avoided'), `${avoided} around ${of('avoided')}`);

  // A tonne's: sums over what is made.
  const made = sum(primary.map((p) => told(p[1])));
  await choose(page, 'carbon-per', 1);
  await eventually(async () => near(told((await sums(page)).avoided[0]), (of('avoided') / made) * 1000, 'kg avoided by a tonne made', 1e-2));
  assert.match(await page.locator('#carbon-row-avoided .unit').innerText(), /kg/);
  await choose(page, 'carbon-per', 0);
  await assertAccessible(page, { within: 'main.compare' });

  // The closed loop.
  await open(page, 'loop');
  assert.ok((await follow(page, 'loop-say', /^loop-stage-/)) >= 6);
  const rate = async (cluster, stream = 'all') => told(await page.locator(`#loop-${cluster}-${stream} text`).textContent());
  const table = await page.locator('#loop-table tr').evaluateAll((all) => all.slice(1).map((r) => [r.id.replace('loop-stage-', '') || 'arising', [...r.cells].slice(1).map((c) => c.textContent)]));
  const ends = Object.fromEntries(table);
  ['yrd', 'prd', 'bohai', 'all'].forEach((place, i) => {
    near(sum(table.slice(0, -1).map(([, cells]) => told(cells[i]))), told(ends.arising[i]), `all scrap of ${place} ends somewhere`);
  });
  for (const [i, cluster] of ['yrd', 'prd', 'bohai'].entries()) {
    near(await rate(cluster), (100 * told(ends.used_here[i])) / told(ends.arising[i]), `the loop rate of ${cluster}`, 1e-2);
  }
  const [, , lost, share] = (await page.locator('#loop-say .number').allInnerTexts()).map(told);
  assert.equal(lost, told(ends.uncollected[3]), 'most is lost where it is not collected');
  near(share, (100 * lost) / told(ends.arising[3]), 'its share');
  assert.equal(await page.locator('.loop-ring').count(), 18, 'six rings a cluster');
  const loops = await download(page, '#loop-csv');
  const lead = loops.find((l) => l.cluster === 'prd' && l.stream === 'pb');
  near(100 * Number(lead.loop_rate), await rate('prd', 'pb'), 'lead of the Pearl River Delta in the file');
  await page.locator('#loop-rings .why').click();
  await eventually(async () => assert.match(await page.locator('#loop-rings .because').innerText(), /Loop rate = .*Assumed/s));
  await assertAccessible(page, { within: 'main.compare' });

  // More is collected: the loop closes more, less is left uncollected; undo takes it back.
  const before = await rate('yrd');
  await page.locator('#compare-levers-tab').click();
  const lever = page.locator('[data-lever=recovery_rate] input[type=number]');
  await page.locator('#lever-search').fill('Recovery rate');
  await lever.waitFor();
  // Out of its range it is refused in words, and nothing changes.
  const rest = await lever.inputValue();
  await lever.fill('1000');
  await lever.press('Enter');
  await page.locator('[data-lever=recovery_rate] .refused').waitFor();
  await eventually(async () => assert.equal(await lever.inputValue(), rest));
  await lever.fill('90');
  await lever.press('Enter');
  await page.locator('[data-lever=recovery_rate].is-set').waitFor();
  await open(page, 'loop');
  await eventually(async () => assert.ok((await rate('yrd')) > before), PATIENCE_MS);
  await fresh(page);
  assert.match(await page.locator('#loop-yrd-all').innerText(), new RegExp(`${before}`), 'what it was in the baseline');
  const less = told(await page.locator('#loop-stage-uncollected td').last().innerText());
  near(less, told(ends.arising[3]) * 0.1, 'a tenth is not collected', 1e-2);
  await open(page, 'carbon');
  await page.locator('#carbon-row-rounds .change').waitFor();
  assert.match(await page.locator('#carbon-row-rounds .change').innerText(), /\+/, 'more rounds');
  const more = await sums(page);
  assert.ok(told(more.rounds[0]) > of('rounds'));
  await page.keyboard.press('Control+z');
  await eventually(async () => assert.deepEqual(await sums(page), base), PATIENCE_MS);
  assert.equal(await changes(page), 0);
});

test('on a phone, in Chinese and in the dark, both can be read', async () => {
  const page = await openApp({ lang: 'zh', theme: 'dark', width: 390, height: 844, hasTouch: true, isMobile: true });
  await page.locator('.tabs .tab').nth(1).click();
  for (const [tab, words] of [['carbon', /避免排放.*万吨 CO₂e\/年/s], ['loop', /闭环率最高/]]) {
    await open(page, tab);
    await eventually(async () => assert.match(await page.locator(`#${tab}-say`).innerText(), words));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `nothing sticks out of ${tab}: ${wide}`);
    await assertAccessible(page, { within: 'main.compare' });
  }
  // The narrow table of sums scrolls inside its own frame, and the keyboard reaches it.
  await open(page, 'carbon');
  const frame = page.locator('#carbon-elements .scroll');
  await frame.focus();
  assert.ok(await frame.evaluate((e) => e.scrollWidth >= e.clientWidth && document.activeElement === e));
});
