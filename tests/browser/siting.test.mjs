// Where the next points should go: the question as a sentence, the search that can be stopped, accepted and taken back, what is
// told of its answer, and what happens where nothing is feasible.

import assert from 'node:assert/strict';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp, turned } from './harness.mjs';

guardEach();

const ANHUI = '340000';
/// A search in software on a busy machine.
const SEARCH_MS = 120_000;

const attribute = (page, selector, name) => page.locator(selector).getAttribute(name);
const phase = (page) => attribute(page, '#siting-run', 'data-phase');
const objective = async (page) => Number(await attribute(page, '#siting-run', 'data-objective'));
const sites = (page) => page.locator('#siting-sites tr[data-site]').evaluateAll((rows) => rows.map((r) => ({
  id: r.dataset.site,
  loss: Number(r.dataset.loss),
  lon: Number(r.dataset.lon),
  lat: Number(r.dataset.lat),
})));

/// Opens the panel with the question of the issue: ten more collection points in Anhui, lead batteries.
async function openSiting(options) {
  const page = await openApp({ lang: 'en', reducedMotion: 'reduce', ...options });
  await page.locator('#tool-S').click();
  await page.locator('#siting').waitFor();
  await page.locator('#siting-area').selectOption(ANHUI);
  await page.locator('#siting-stream').selectOption({ label: 'lead scrap (lead batteries)' });
  return page;
}

async function limit(page, key, value) {
  await page.locator('#siting-add').selectOption(key);
  await page.locator(`#siting-limit-${key}`).fill(String(value));
}

/// Presses Find and waits until a plan is there.
async function find(page) {
  const before = Number((await page.locator('#siting-run').count()) ? await attribute(page, '#siting-run', 'data-run') : 0);
  await page.locator('#siting-find').click();
  await eventually(async () => assert.equal(Number(await attribute(page, '#siting-run', 'data-run')), before + 1), SEARCH_MS);
}

const found = (page) => eventually(async () => assert.ok((await page.locator('#siting-sites tr[data-site]').count()) > 0), SEARCH_MS);

/// Stops the search where it has not ended by itself.
async function rest(page) {
  await eventually(async () => {
    if (['ways', 'searching'].includes(await phase(page))) await page.locator('#siting-stop').click();
    assert.ok(['stopped', 'optimal', 'done'].includes(await phase(page)), await phase(page));
  }, SEARCH_MS);
}

test('the question reads as a sentence, and its answer comes with a proof of how good it is', async () => {
  const page = await openSiting();
  const words = await page.locator('.sentence').innerText();
  assert.match(words, /In[\s\S]*add[\s\S]*taking[\s\S]*chosen from[\s\S]*so that/);
  await page.locator('#siting-count').fill('ten');
  await page.getByText('Must be a whole number from 1 to 500.').waitFor();
  await page.locator('#siting-count').fill('10');
  await find(page);
  await found(page);
  await page.locator('.curve.gap .best').waitFor({ state: 'attached' });
  await rest(page);
  const list = await sites(page);
  assert.equal(list.length, 10);
  list.slice(1).forEach((s, i) => assert.ok(list[i].loss >= s.loss - 1e-9, `${list[i].id} before ${s.id}`));
  const [best, bound, gap] = await page.locator('.siting-run .now dd b').allInnerTexts();
  assert.ok(Number(bound) <= Number(best) + 0.1, `${bound} ${best}`);
  assert.ok(Number(gap) >= 0 && Number(gap) < 25, gap);
  await page.locator('#siting-gap-as-table').click();
  assert.ok((await page.locator('.siting-gap tbody tr').count()) > 0);
  // Going on starts from what was there.
  if ((await phase(page)) === 'stopped') {
    const before = await objective(page);
    await page.locator('#siting-stop').click();
    await eventually(async () => assert.ok((await objective(page)) <= before + 1e-9));
    await rest(page);
  }
});

test('a large search stops at once, keeps what it has, and goes on', async () => {
  const page = await openSiting();
  await page.locator('#siting-area').selectOption('');
  await page.locator('#siting-from').selectOption({ label: 'demand cells' });
  await page.locator('#siting-count').fill('200');
  await page.locator('#siting-find').click();
  await page.locator('#siting-run[data-phase=ways], #siting-run[data-phase=searching]').waitFor({ timeout: SEARCH_MS });
  // Fast machines prove it before anybody can press.
  await page.locator('#siting-stop').click({ timeout: 2_000 }).catch(() => {});
  await eventually(async () => assert.ok(['stopped', 'optimal'].includes(await phase(page)), await phase(page)), 5_000);
  if ((await phase(page)) === 'stopped') {
    const seconds = await attribute(page, '#siting-run', 'data-seconds');
    await page.waitForTimeout(500);
    assert.equal(await attribute(page, '#siting-run', 'data-seconds'), seconds, 'it rests');
    await page.locator('#siting-stop').click();
    // While it searches the rest of the page answers.
    await page.locator('#coverage-tab').click();
    await page.locator('#coverage').waitFor();
    await page.locator('#results-siting-tab').click();
  }
  await eventually(async () => assert.equal(await attribute(page, '#siting-run', 'data-sites'), '200'), SEARCH_MS);
  await rest(page);
});

test('what is accepted are ordinary edits, undone together', async () => {
  const page = await openSiting();
  await page.locator('#siting-count').fill('4');
  await find(page);
  await found(page);
  await rest(page);
  await page.locator('#siting-accept').click();
  await page.locator('#siting-accepted').waitFor();
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  await undo.click();
  // They are one step of the history: the panel no longer says that they are in.
  await page.locator('#siting-accept').waitFor();
  await page.getByRole('button', { name: 'Redo', exact: true }).click();
  await page.locator('#siting-accepted').waitFor();
  await page.locator('#siting-take-back').click();
  await page.locator('#siting-accept').waitFor();
  await page.getByRole('button', { name: 'Close siting' }).click();
  await page.getByText('No changes yet').waitFor();
  await page.locator('#tool-S').click();
  assert.equal((await sites(page)).length, 4, 'the search is kept while its panel is closed');
  await page.locator('#siting-accept').click();
  await page.getByRole('button', { name: 'Close siting' }).click();
  await eventually(async () => assert.equal(await page.locator('.edits li').count(), 4));
});

test('a point of the trade-off shows its plan, and other plans say what they change', async () => {
  const page = await openSiting();
  await page.locator('#siting-count').fill('5');
  await find(page);
  await found(page);
  await rest(page);
  await page.locator('#siting-curve[data-done=true]').waitFor({ timeout: SEARCH_MS });
  assert.ok(Number(await attribute(page, '#siting-curve', 'data-elbow')) > 1);
  await page.locator('.curve.trade .point[data-count="3"]').click();
  await eventually(async () => assert.equal(await attribute(page, '#siting-sites', 'data-count'), '3'));
  assert.equal(await attribute(page, '#siting-sites', 'data-shown'), 'count');
  await page.locator('#siting-curve-as-table').click();
  const heights = await page.locator('#siting-curve tbody tr td:nth-child(2)').allInnerTexts();
  heights.slice(1).forEach((h, i) => assert.ok(Number(h) <= Number(heights[i]) * 1.02, `${h} after ${heights[i]}`));
  await page.locator('#siting-alternatives[data-count]').waitFor({ timeout: SEARCH_MS });
  await page.locator('#siting-within').selectOption('5 %');
  await eventually(async () => assert.ok(Number(await attribute(page, '#siting-alternatives', 'data-count')) > 0), SEARCH_MS);
  await page.locator('.alternatives button').first().click();
  await eventually(async () => assert.equal(await attribute(page, '#siting-sites', 'data-shown'), 'alternative'));
  await page.locator('#siting-sites').getByRole('button', { name: 'Back to the best plan' }).click();
  await eventually(async () => assert.equal(await attribute(page, '#siting-sites', 'data-count'), '5'));
});

/// Drags the site in hand, the button still down. What is gone to stands in the middle of the map; where the map has not drawn it
/// yet nothing is taken hold of, and it is tried again.
async function grab(page) {
  await eventually(async () => {
    await page.mouse.up();
    await page.locator('#siting-one').getByRole('button', { name: 'Go there' }).click();
    await page.waitForTimeout(1500);
    const box = await page.locator('#map').boundingBox();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y + 20, { steps: 6 });
    await eventually(async () => assert.equal(await attribute(page, '#siting-sites', 'data-shown'), 'moved'), 4_000);
  }, 60_000);
}

test('a site says whom it wins, moves by keys and by hand, and goes back on Esc', async () => {
  const page = await openSiting();
  await page.locator('#siting-count').fill('3');
  await find(page);
  await found(page);
  await rest(page);
  const [first] = await sites(page);
  await page.locator('#siting-sites tr[data-site] button').first().click();
  await page.locator('#siting-one').getByText(/^Serves /).waitFor();
  const before = await page.locator('.siting-run .now dd b').first().innerText();
  await page.locator('#siting-move').click();
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('Shift+ArrowRight');
  await eventually(async () => assert.equal(await attribute(page, '#siting-sites', 'data-shown'), 'moved'));
  await eventually(async () => assert.notEqual(await page.locator('.siting-run .now dd b').first().innerText(), before));
  await page.keyboard.press('Escape');
  await eventually(async () => assert.equal(await attribute(page, '#siting-sites', 'data-shown'), 'best'));
  const [again] = await sites(page);
  assert.deepEqual([again.lon, again.lat], [first.lon, first.lat]);
  await page.locator('#siting-move').click();
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Enter');
  await eventually(async () => assert.equal(await attribute(page, '#siting-sites', 'data-shown'), 'moved'));
  await page.locator('#siting-back-to-best').click();
  await eventually(async () => assert.equal(await attribute(page, '#siting-sites', 'data-shown'), 'best'));
  await grab(page);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await eventually(async () => assert.equal(await attribute(page, '#siting-sites', 'data-shown'), 'best'));
  await grab(page);
  await page.mouse.up();
  await eventually(async () => {
    const [s] = (await sites(page)).filter((one) => one.id === first.id);
    assert.ok(s.lon > first.lon && s.lat < first.lat, `${s.lon} ${s.lat}`);
  });
  // What is accepted stands where it was put.
  await page.locator('#siting-accept').click();
  await page.locator('#siting-accepted').waitFor();
});

test('any place can be asked about, and forced in', async () => {
  const page = await openSiting();
  await page.locator('#siting-count').fill('3');
  await find(page);
  await found(page);
  await rest(page);
  const best = await objective(page);
  await page.locator('#siting-why-not-place').fill('Hefei');
  await page.locator('#siting-why-not-place-hits li').first().click();
  await page.locator('#siting-why-not-told[data-done=true]').waitFor({ timeout: SEARCH_MS });
  const forced = Number(await attribute(page, '#siting-why-not-told', 'data-objective'));
  assert.ok(forced >= best * 0.995, `${forced} ${best}`);
  const id = await attribute(page, '#siting-why-not-told', 'data-site');
  await page.locator('#siting-force').click();
  await found(page);
  await rest(page);
  assert.ok((await sites(page)).some((s) => s.id === id), 'it stands in the new plan');
  await page.locator(`.siting-limits li[data-lock="${id}"]`).waitFor();
});

test('a limit that cannot be kept is told with what would be enough, and a click applies it', async () => {
  const page = await openSiting();
  await page.locator('#siting-count').fill('1');
  await limit(page, 'limit', 20);
  await find(page);
  await page.locator('#siting-clash').waitFor({ timeout: SEARCH_MS });
  assert.equal(await phase(page), 'infeasible');
  const more = page.locator('#siting-clash li[data-limit="siting-limit-count"]');
  await more.getByRole('button', { name: /^Relax/ }).click();
  await found(page);
  assert.ok((await sites(page)).length > 1);
  assert.ok(Number(await page.locator('#siting-count').inputValue()) > 1);
});

test('a list is read row by row: bad ones are told, good ones kept and used', async () => {
  const page = await openSiting();
  await page.locator('#siting-from').selectOption({ label: 'an imported list' });
  await eventually(async () => assert.ok(await page.locator('#siting-find').isDisabled()));
  await page.locator('#siting-paste').fill('name,lon,lat\nHefei east,117.35,31.85\nswapped,31.7,117.1\nHuangshan,118.33,29.72\nfar,2.3,48.8\nFuyang,115.82,32.9\n');
  await page.locator('#siting-import-take').click();
  await page.getByText('3 places read, 2 lines left out').waitFor();
  await page.getByText(/swap the two columns/).waitFor();
  await page.locator('#siting-count').fill('2');
  await find(page);
  await found(page);
  await rest(page);
  assert.ok((await sites(page)).every((s) => s.id.startsWith('list:')));
  // More sites than there are rows: the question is refused, and nothing is lost.
  await page.locator('#siting-count').fill('9');
  await find(page);
  await page.locator('.siting-ask').getByText(/More sites are asked for/).waitFor({ timeout: SEARCH_MS });
  assert.equal(await page.locator('#siting-count').inputValue(), '9');
});

test('no-build areas are drawn on the map, by keys too', async () => {
  const page = await openSiting();
  await page.locator('#siting-add').selectOption('forbidden');
  await page.locator('#siting-drawing').waitFor();
  const map = page.locator('#map');
  const box = await map.boundingBox();
  for (const [x, y] of [[0.3, 0.3], [0.7, 0.3], [0.7, 0.7]]) await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
  await eventually(async () => assert.equal(await attribute(page, '#siting-drawing', 'data-corners'), '3'));
  await page.keyboard.press('Backspace');
  await eventually(async () => assert.equal(await attribute(page, '#siting-drawing', 'data-corners'), '2'));
  await page.mouse.click(box.x + box.width * 0.7, box.y + box.height * 0.6);
  await page.locator('#siting-ring-done').click();
  await page.getByText(/^No-build area 1, [\d,]+ km²/).waitFor();
  await page.locator('#siting-from').selectOption({ label: 'places in an area drawn on the map' });
  await page.getByText(/^Click the corners of the area for candidates/).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('#siting-ring-again').waitFor();
});

test('a changed scenario makes the answer old, and loses nothing', async () => {
  const page = await openSiting();
  await page.locator('#siting-count').fill('2');
  await find(page);
  await found(page);
  await rest(page);
  await page.locator('#siting-count').fill('3');
  await page.getByText('The question has changed since this was found.').waitFor();
  assert.equal((await sites(page)).length, 2);
  await page.locator('#siting-count').fill('2');
  await page.getByRole('button', { name: 'Close siting' }).click();
  await page.locator('.lever input[type=range]').first().fill('0.5');
  await page.locator('#tool-S').click();
  await page.getByText('The scenario has changed since this was found.').waitFor();
  assert.equal((await sites(page)).length, 2);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await eventually(async () => assert.equal(await page.locator('.siting-run.stale').count(), 0));
});

test('the panel is accessible in both languages and themes', async () => {
  const page = await openApp({ lang: 'zh', reducedMotion: 'reduce' });
  await page.locator('#tool-S').click();
  await page.locator('#siting-area').selectOption(ANHUI);
  await page.locator('#siting-count').fill('3');
  for (const key of ['apart', 'norms', 'forbidden']) await page.locator('#siting-add').selectOption(key);
  await assertAccessible(page);
  await page.keyboard.press('Escape');
  await find(page);
  await found(page);
  await rest(page);
  await page.locator('#siting-curve[data-done=true]').waitFor({ timeout: SEARCH_MS });
  await page.locator('#siting-sites tr[data-site] button').first().click();
  await assertAccessible(page);
  await turned(page);
  await assertAccessible(page);
});

test('on a phone the question is in the sheet and the answer behind its tab', async () => {
  const page = await openApp({ lang: 'zh', width: 390, height: 844, hasTouch: true, isMobile: true, reducedMotion: 'reduce' });
  await page.getByRole('button', { name: '拉高' }).click();
  await page.locator('#tool-S').click();
  await page.locator('#siting-area').selectOption(ANHUI);
  await page.locator('#siting-count').fill('3');
  await find(page);
  await eventually(async () => assert.equal(await attribute(page, '#siting-run', 'data-sites'), '3'), SEARCH_MS);
  await rest(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `${wide}`);
  await page.getByRole('button', { name: '结果' }).click();
  await found(page);
  await assertAccessible(page);
});

test('sites are asked for that are good across futures, and say how often and at what price', async () => {
  const page = await openSiting();
  await page.locator('#siting-count').fill('4');
  await page.locator('#robust-for').selectOption({ label: 'the worst of drawn futures' });
  // Residents are not drawn: that is said before anybody asks.
  await page.locator('#robust-hint').waitFor();
  await page.locator('#siting-demand').selectOption({ label: 'tonnes of scrap' });
  await page.locator('#robust-hint').waitFor({ state: 'detached' });
  await page.locator('#robust-runs').fill('0');
  await page.getByText('Must be a whole number from 1 to 500.').waitFor();
  await page.locator('#robust-runs').fill('12');
  await find(page);
  await page.locator('#robust').waitFor({ timeout: SEARCH_MS });
  await rest(page);
  await eventually(async () => {
    const told = await page.locator('#robust').evaluate((e) => ({ ...e.dataset }));
    assert.deepEqual([told.by, told.runs], ['worst', '12']);
    assert.ok(Number(told.worst) <= Number(told.plainWorst) + 1e-9, `${told.worst} ${told.plainWorst}`);
    // The number of the search is the worst of the futures.
    assert.ok(Math.abs(Number(told.worst) - (await objective(page))) < 1e-9);
  });
  await page.getByText('Worst of 12 futures').waitFor();
  await page.locator('#robust p').first().filter({ hasText: '12 futures' }).waitFor();
  assert.ok([20, 40].includes(await page.locator('.robust-dots .dots circle').count()));
  await assertAccessible(page);
  await page.locator('#robust-as-table').press('Enter');
  await eventually(async () => assert.equal(await page.locator('#robust tbody tr').count(), 8));
});
