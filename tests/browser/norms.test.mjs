// Which siting norms a plan keeps: sums and findings, the choice of norms, what leads from a finding, what a plan changes, the
// files and the map's layer.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp, search } from './harness.mjs';

guardEach();

const OUTCOMES = ['fails', 'cannot_say', 'passes'];

/// Opens the page with the norms panel, its check there. The camera jumps: flights are for other journeys.
async function openNorms() {
  const page = await openApp({ lang: 'en', reducedMotion: 'reduce', width: 1280, height: 800 });
  await page.locator('#norms-tab').click();
  await settled(page);
  return page;
}

/// Waits until the check belongs to the choice and the plan on the screen.
const settled = (page) => page.locator('.norms[aria-busy=false] #norms-sums').waitFor();

const card = (page) => page.getByRole('region', { name: 'Selected facility' });

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

const number = (words) => Number(words.replaceAll(',', '').replace('−', '-').replace('+', ''));

/// That two numbers are the same but for rounding.
function assertNear(found, wanted, tolerance, what) {
  assert.ok(Math.abs(found - wanted) <= tolerance, `${what}: ${found} against ${wanted}`);
}

/// How many fail, cannot be judged and pass, by norm and kind: { 'N1 point': [261, 0, 2822] }.
async function sums(page) {
  const rows = await page.locator('#norms-sums tr[data-norm]').evaluateAll((rows, outcomes) => rows.map((r) => [
    `${r.dataset.norm} ${r.dataset.about}`,
    outcomes.map((o) => r.querySelector(`td[data-outcome=${o}]`).innerText),
  ]), OUTCOMES);
  return Object.fromEntries(rows.map(([what, counts]) => [what, counts.map(number)]));
}

/// The sum of a column over all norms and kinds, or over everything.
const total = (all, outcome) => sum(Object.values(all).map((counts) => (outcome ? counts[OUTCOMES.indexOf(outcome)] : sum(counts))));

/// How many findings are listed.
const listed = async (page) => Number(await page.locator('#norms-findings').getAttribute('data-count'));

/// Lists the findings of one verdict, or all.
async function filter(page, outcome) {
  await page.locator(`#norms-filter button[data-outcome=${outcome}]`).click();
  await page.locator(`#norms-filter button[data-outcome=${outcome}][aria-pressed=true]`).waitFor();
}

/// The rows of the list as they are read.
async function findings(page) {
  return page.locator('#norms-findings tr[data-verdict]').evaluateAll((rows) => rows.map((r) => ({
    ...r.dataset,
    said: r.querySelector('.sr-only').innerText,
    lines: [...r.querySelectorAll('th > small')].map((s) => s.innerText),
    mend: r.querySelector('.mend')?.innerText,
    beyond: r.lastElementChild.firstChild.textContent,
    difference: r.lastElementChild.querySelector('small')?.innerText,
  })));
}

/// What a button hands out as a file.
async function download(page, button) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator(button).click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

/// The rows of the list out of its file, by heading.
async function csv(page) {
  const { name, text } = await download(page, '#export-norms-csv');
  const fields = (line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((f) => f.replace(/^"|"$/g, '').replaceAll('""', '"'));
  const [head, ...rows] = text.replace('\ufeff', '').trimEnd().split(/\r?\n/).map(fields);
  assert.ok(rows.every((row) => row.length === head.length), `every row has ${head.length} fields`);
  return { name, text, rows: rows.map((row) => Object.fromEntries(head.map((h, i) => [h, row[i]]))) };
}

/// The one finding of a norm on a subject.
const one = (rows, norm, id) => rows.find((r) => r.norm === norm && r.id === id);

const chooseProfile = async (page, key) => {
  await page.locator('#norms-profile').selectOption(key);
  await page.locator(`#norms-profile[data-profile=${key}]`).waitFor();
  await settled(page);
};

/// Applies the norms in some provinces only, and gives the sums there.
async function onlyIn(page, wanted) {
  if ((await page.locator('#norms-provinces').count()) === 0) await page.locator('#norms-some').click();
  const boxes = page.locator('#norms-provinces input');
  await boxes.first().waitFor();
  const ticked = await boxes.evaluateAll((all) => all.map((b) => [b.dataset.province, b.checked]));
  const differ = ticked.filter(([province, on]) => on !== wanted.includes(province));
  // What comes in before what goes: the last one cannot go.
  for (const [province, on] of differ.sort(([, a], [, b]) => a - b)) {
    await page.locator(`input[data-province="${province}"]`).setChecked(!on);
  }
  await eventually(async () => assert.ok((await page.locator('#norms-some').innerText()).startsWith(`${wanted.length} `)));
  await settled(page);
  return sums(page);
}

/// Lists the findings of a verdict on a norm and goes to the first of a kind: its name, and by how much it differs.
async function follow(page, norm, about, outcome) {
  await filter(page, outcome);
  await page.locator('#norms-filter-norm').selectOption(norm);
  const row = page.locator(`tr[data-verdict=${outcome}][data-norm=${norm}][data-about=${about}]`).first();
  const [name, beyond] = [await row.locator('button').innerText(), await row.locator('td').last().innerText()];
  await row.locator('button').click();
  await page.getByRole('heading', { name, exact: true }).waitFor();
  return { name, beyond: beyond.split('\n')[0] };
}

test('the default set: sums are the findings counted, the worst failures come first and say what would mend them', async () => {
  const page = await openNorms();
  assert.equal(await page.locator('#norms-profile').getAttribute('data-profile'), 'shanghai_2019');
  const all = await sums(page);
  assert.deepEqual(Object.keys(all), ['N1 prefecture', 'N1 point', 'N3 region', 'N8 hub']);
  assert.ok(total(all, 'fails') > 0 && total(all, 'passes') > total(all, 'fails'), JSON.stringify(all));
  assert.match(await page.locator('#norms-construction').innerText(), /built at 1,650 people .* is no finding/);

  // What is listed at first: all, failures in front.
  assert.equal(await listed(page), total(all));
  assert.ok((await findings(page)).every((f) => f.verdict === 'fails'), 'the first rows of all fail');
  for (const outcome of [...OUTCOMES].reverse()) {
    await filter(page, outcome);
    await eventually(async () => assert.equal(await listed(page), total(all, outcome), outcome));
  }
  for (const norm of ['N1', 'N8']) {
    await page.locator('#norms-filter-norm').selectOption(norm);
    const counts = Object.keys(all).filter((what) => what.startsWith(`${norm} `)).map((what) => all[what][0]);
    await eventually(async () => assert.equal(await listed(page), sum(counts), `${norm} fails`));
  }
  await page.locator('#norms-filter-norm').selectOption('');
  await page.locator('#norms-more').click();
  await page.locator('#norms-more').waitFor({ state: 'detached' });

  const failing = await findings(page);
  assert.equal(failing.length, total(all, 'fails'), 'every failure can be seen');
  const strains = failing.map((f) => {
    assert.equal(f.said, 'fails', 'a screen reader is told');
    const [measured, mend] = f.lines;
    // Value, limit and unit; the difference between them, and as a share of the limit; what would mend it.
    const [kind, value, limit] = f.about === 'hub'
      ? measured.match(/^([\d.,]+) kt\/y handled, at least ([\d.,]+) kt\/y \(\w+\)$/)
      : measured.match(/^([\d.,]+) households a street point, at most ([\d.,]+) \(modelled\)$/);
    assert.ok(kind, measured);
    const [v, l] = [number(value), number(limit)];
    assert.ok(f.about === 'hub' ? v < l : v >= l, `${measured} fails`);
    assert.match(f.difference, f.about === 'hub' ? /^−[\d.,]+ kt\/y$/ : /^\+[\d.,]+ households$/);
    assertNear(number(f.difference.split(' ')[0]), v - l, 0.006 * v, `${f.id}: value less limit`);
    assertNear(number(f.beyond.replace(' %', '')) / 100, v / l - 1, 0.012, `${f.id}: the share of the limit`);
    assert.equal(mend, f.mend);
    assert.match(mend, f.about === 'hub' ? /^(send [\d.]+ kt\/y more|enlarge to 30\.0 kt\/y)$/ : /^[\d,]+ more street points$/);
    const ratio = 1 + number(f.beyond.replace(' %', '')) / 100;
    return f.about === 'hub' ? 1 / ratio : ratio;
  });
  assert.ok(strains.every((s, i) => i === 0 || s <= strains[i - 1] + 0.01), `worst first: ${strains.slice(0, 20)}`);

  await filter(page, 'cannot_say');
  const unknown = await findings(page);
  assert.ok(unknown.length > 0 && unknown.every((f) => f.lines.length > 0 && f.mend), 'what would have to be known is told');
  assert.ok(unknown.some((f) => f.about === 'region' && /to find out: the streets/.test(f.mend)));

  // Each norm with its source, and how verdicts are come to.
  await page.locator('#norms-behind > summary').click();
  const norms = page.locator('#norms-behind li[data-norm]');
  assert.equal(await norms.count(), 14);
  assert.deepEqual(await norms.locator('input:checked').evaluateAll((boxes) => boxes.map((b) => b.id)), ['norm-N1', 'norm-N3', 'norm-N8']);
  assert.match(await page.locator('#norm-N1-facts').innerText(), /at most 1,000 households a point in town, 1,500 in the country · Shanghai/);
  const first = page.locator('li[data-norm=N1]');
  await first.locator('summary').click();
  const origin = await first.locator('.origin').innerText();
  for (const words of ['上海可回收物体系规划实施方案 2019', 'norms.csv, N1', '城区每 1000 户']) assert.ok(origin.includes(words), origin);
  await page.locator('#norms-sums .why').click();
  await page.locator('#norms-sums .because').waitFor();
  await assertAccessible(page);
});

test('another set, a set of your own, some provinces: the findings follow the choice', async () => {
  const page = await openNorms();
  const usual = await sums(page);
  await chooseProfile(page, 'beijing_2024');
  const strict = await sums(page);
  assert.deepEqual(Object.keys(strict), ['N6 prefecture', 'N6 point', 'N8 hub']);
  assert.deepEqual(strict['N8 hub'], usual['N8 hub'], 'the same norm, the same answer');
  assert.equal(sum(strict['N6 point']), sum(usual['N1 point']), 'of every point something is said');
  assert.ok(strict['N6 point'][0] > usual['N1 point'][0], 'the stricter norm fails more');
  assert.equal(await page.locator('#norms-own').count(), 0);

  // Ticking a norm makes the set one's own.
  await page.locator('#norms-behind > summary').click();
  await page.locator('#norm-N10').check();
  await page.locator('#norms-own').waitFor();
  assert.equal(await page.locator('#norms-own').innerText(), 'set by you');
  assert.equal(await page.locator('#norms-profile').getAttribute('data-profile'), 'own');
  assert.equal(await page.locator('#norms-profile option:checked').innerText(), 'Your own set');
  await eventually(async () => assert.deepEqual(Object.keys(await sums(page)), ['N6 prefecture', 'N6 point', 'N8 hub', 'N10 hub']));
  for (const id of ['N6', 'N8']) await page.locator(`#norm-${id}`).uncheck();
  await eventually(async () => assert.deepEqual(Object.keys(await sums(page)), ['N10 hub']));
  const lenient = (await sums(page))['N10 hub'];
  assert.ok(lenient[0] <= usual['N8 hub'][0] && sum(lenient) === sum(usual['N8 hub']), 'a lower limit is kept by more');
  await page.locator('#norm-N10').uncheck();
  await page.locator('#norms-empty').getByText('No norm is chosen').waitFor();
  await chooseProfile(page, 'shanghai_2019');
  await page.locator('#norms-own').waitFor({ state: 'detached' });
  await eventually(async () => assert.deepEqual(await sums(page), usual, 'as it was'));

  // Some provinces: parts that are the whole.
  await page.locator('#norms-some').click();
  const boxes = page.locator('#norms-provinces input');
  await boxes.first().waitFor();
  const provinces = await boxes.evaluateAll((all) => all.map((b) => b.dataset.province));
  assert.equal(await page.locator('#norms-provinces input:checked').count(), provinces.length);
  assert.deepEqual(await sums(page), usual, 'all of them is everywhere');
  const half = [provinces.slice(0, 4), provinces.slice(4)];
  const [a, b] = [await onlyIn(page, half[0]), await onlyIn(page, half[1])];
  for (const what of ['N1 prefecture', 'N1 point', 'N8 hub']) {
    assert.deepEqual((a[what] ?? [0, 0, 0]).map((n, i) => n + (b[what]?.[i] ?? 0)), usual[what], `${what}: ${half[0]} and the others`);
  }
  const here = await onlyIn(page, ['上海市']);
  assert.deepEqual(here['N1 prefecture'].reduce((x, y) => x + y), 1);
  assert.equal(await listed(page), total(here));
  const { rows } = await csv(page);
  assert.deepEqual([...new Set(rows.filter((r) => r.subject !== 'region').map((r) => r.province))], ['上海市']);
  // The last one stays.
  await page.locator('input[data-province="上海市"]').click();
  await eventually(async () => assert.ok(await page.locator('input[data-province="上海市"]').isChecked()));
  assert.deepEqual(await sums(page), here);
  assert.equal((await follow(page, 'N1', 'prefecture', 'passes')).name, 'Shanghai', 'its prefecture is led to');
  assert.equal(await page.locator('#card-norms').count(), 0, 'which is no facility');
  await filter(page, 'all');
  await page.locator('#norms-everywhere').click();
  await eventually(async () => assert.deepEqual(await sums(page), usual));

  // The list is narrowed to a norm that the next set does not have.
  await page.locator('#norms-filter-norm').selectOption('N3');
  await eventually(async () => assert.equal(await listed(page), sum(usual['N3 region'])));
  await chooseProfile(page, 'beijing_2024');
  const narrowed = async () => [await page.locator('#norms-filter-norm').inputValue(), await listed(page)];
  await eventually(async () => assert.deepEqual(await narrowed(), ['', total(strict)], 'a filter on a norm that is gone goes with it'), 2000);
});

test('a finding leads to its card; closing a neighbour makes a point worse, a new one lightens it, undo restores it all', async () => {
  const page = await openNorms();
  for (const [norm, about, outcome] of [['N8', 'hub', 'passes'], ['N1', 'point', 'fails']]) {
    const { name, beyond } = await follow(page, norm, about, outcome);
    await card(page).getByRole('heading', { name, exact: true }).waitFor();
    const line = card(page).locator(`#card-norms .verdict-line[data-norm=${norm}]`);
    await eventually(async () => assert.equal(await line.getAttribute('data-verdict'), outcome));
    assert.equal((await line.innerText()).trim(), `${norm} ${outcome} ${beyond}`, name);
  }
  // Without the panel and the layer nothing is checked, so the card says nothing.
  await page.locator('#coverage-tab').click();
  await card(page).locator('#card-norms').waitFor({ state: 'detached' });
  await page.locator('#norms-tab').click();
  await card(page).locator('#card-norms').waitFor();

  const [before, words] = [await sums(page), await page.locator('.norms').innerText()];
  const { rows } = await csv(page);
  const points = rows.filter((r) => r.norm === 'N1' && r.subject === 'point');
  const far = (a, b) => Math.hypot((a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180), a.lat - b.lat);
  // The worst failing point that is the nearest to one that passes and serves some.
  const nearest = (p) => points.reduce((best, o) => (o !== p && (best === p || far(p, o) < far(p, best)) ? o : best), p);
  const failures = points.filter((p) => p.verdict === 'fails').sort((a, b) => b.ratio - a.ratio);
  const pair = failures.map((f) => [f, nearest(f)]).find(([f, n]) => n.verdict === 'passes' && n.value > 300 && nearest(n) === f);
  const [failing, neighbour] = pair;

  await search(page, neighbour.id);
  await card(page).getByRole('heading', { name: neighbour.name_en, exact: true }).waitFor();
  await card(page).getByRole('button', { name: 'Close', exact: true }).last().click();
  await eventually(async () => assert.equal(sum((await sums(page))['N1 point']), points.length - 1, 'what is closed is not judged'));
  await settled(page);
  const closed = await sums(page);
  assert.equal(await page.locator('#card-norms').count(), 0);
  assert.ok(closed['N1 point'][2] < before['N1 point'][2], 'fewer pass');
  const worse = (await csv(page)).rows;
  assert.equal(one(worse, 'N1', neighbour.id), undefined);
  assert.ok(Number(one(worse, 'N1', failing.id).value) > Number(failing.value), `${neighbour.id} closed: ${failing.id} has more to serve`);
  const short = (all) => all.filter((r) => r.norm === 'N1' && r.subject === 'prefecture' && Number(r.value) !== Number(one(rows, 'N1', r.id).value));
  assert.equal(short(worse).length, 1, 'the street points of one prefecture are fewer');
  assert.ok(Number(short(worse)[0].difference) < Number(one(rows, 'N1', short(worse)[0].id).difference));

  await page.getByRole('button', { name: 'Undo' }).click();
  await eventually(async () => assert.deepEqual(await sums(page), before));
  await settled(page);
  assert.equal(await page.locator('.norms').innerText(), words, 'every word as it was');

  // A point in the middle of what the failing one serves.
  await search(page, failing.id);
  await card(page).getByRole('heading', { name: failing.name_en, exact: true }).waitFor();
  await page.waitForTimeout(500);
  await page.keyboard.press('Escape');
  await page.keyboard.press('c');
  const box = await page.locator('#map').boundingBox();
  await page.mouse.click(box.x + box.width / 2 + 25, box.y + box.height / 2 - 25);
  await eventually(async () => assert.equal(sum((await sums(page))['N1 point']), points.length + 1, 'the new one is judged'));
  await settled(page);
  const placed = (await csv(page)).rows;
  const mine = placed.filter((r) => r.subject === 'point' && r.norm === 'N1' && !one(rows, 'N1', r.id));
  assert.equal(mine.length, 1);
  assert.ok(Number(mine[0].value) > 0, 'it stands for one street point and serves somebody');
  const lighter = Number(one(placed, 'N1', failing.id).value);
  assert.ok(lighter < Number(failing.value), `${failing.id}: ${failing.value} → ${lighter}`);
  const grown = short(placed);
  assert.equal(grown.length, 1);
  assertNear(Number(grown[0].value) - Number(one(rows, 'N1', grown[0].id).value), 1, 1e-6, 'its prefecture has one street point more');
  
  await page.getByRole('button', { name: 'Undo' }).click();
  await eventually(async () => assert.deepEqual(await sums(page), before));
  await settled(page);
  assert.equal(await page.locator('.norms').innerText(), words, 'every word as it was, again');
});

test('the findings are handed out as a list and as points, whatever is filtered', async () => {
  const page = await openNorms();
  const all = await sums(page);
  await filter(page, 'fails');
  const { name, text, rows } = await csv(page);
  assert.equal(name, 'norms-shanghai_2019.csv');
  assert.equal(rows.length, total(all), 'all findings, not only those listed');
  const counted = {};
  for (const r of rows) (counted[`${r.norm} ${r.subject}`] ??= [0, 0, 0])[OUTCOMES.indexOf(r.verdict)] += 1;
  assert.deepEqual(counted, all, 'a row for each');
  for (const r of rows) {
    assert.ok(r.source && r.rule_zh && r.rule_en, `${r.norm}: its rule and its source`);
    assert.equal(r.verdict === 'cannot_say', r.missing !== '', `${r.norm} ${r.id}: what is missing`);
    if (r.verdict !== 'fails') continue;
    assert.ok(r.remedy !== '' && r.basis !== '', `${r.norm} ${r.id}`);
    assertNear(Number(r.value) - Number(r.limit), Number(r.difference), 0.01 * Number(r.limit) + 0.01, `${r.id}: difference`);
    assertNear(Number(r.value) / Number(r.limit), Number(r.ratio), 1e-3, `${r.id}: ratio`);
  }
  const [shown] = await findings(page);
  const same = one(rows, shown.norm, shown.id);
  assertNear(number(shown.beyond.replace(' %', '')), (Number(same.ratio) - 1) * 100, 0.51, 'the list on the page and in the file');

  const map = await download(page, '#export-norms-geojson');
  assert.equal(map.name, 'norms-shanghai_2019.geojson');
  const { type, features } = JSON.parse(map.text);
  assert.equal(type, 'FeatureCollection');
  assert.equal(features.length, rows.filter((r) => r.subject !== 'region').length, 'all but the region have a place');
  for (const { geometry, properties } of features) {
    assert.equal(geometry.type, 'Point');
    const [lon, lat] = geometry.coordinates;
    assert.ok(lon > 109 && lon < 126 && lat > 20 && lat < 44, `${properties.id} at ${lon}, ${lat}`);
    assert.ok(OUTCOMES.includes(properties.verdict) && properties.source, properties.id);
  }
  const kept = (verdict) => features.filter((f) => f.properties.verdict === verdict).length;
  assert.deepEqual([kept('fails'), kept('passes')], [total(all, 'fails'), total(all, 'passes')]);
  // Names are in Chinese as well: as of the other files, a spreadsheet is told that it is UTF-8.
  assert.ok(text.startsWith('\ufeff'), 'the list begins with a mark of UTF-8');
});

test('verdicts on the map with their legend, in Chinese, in the dark and on a phone', async () => {
  const page = await openApp({ lang: 'zh', theme: 'dark', width: 390, height: 844, hasTouch: true, isMobile: true, reducedMotion: 'reduce' });
  // The part of the map that nothing stands on.
  const map = () => page.screenshot({ clip: { x: 0, y: 60, width: 320, height: 380 } });
  const toggle = async () => {
    await page.getByRole('button', { name: '图层' }).tap();
    await page.locator('#layer-norms').click();
    await page.keyboard.press('Escape');
    await page.locator('#layers').waitFor({ state: 'hidden' });
  };
  await toggle();
  await page.getByRole('button', { name: '图例' }).tap();
  const legend = page.locator('#legend-norms');
  await legend.waitFor();
  const words = await legend.innerText();
  for (const part of ['设点规范', '不达标', '无法判断', '达标', '上海 2019']) assert.ok(words.includes(part), `${part}: ${words}`);
  await assertAccessible(page, { within: '#legend-norms' });
  await page.getByRole('button', { name: '图例' }).tap();
  await legend.waitFor({ state: 'hidden' });
  const signs = await eventually(async () => {
    const [one, two] = [await map(), await map()];
    assert.ok(one.equals(two), 'the map stands still');
    return two;
  });
  await toggle();
  await eventually(async () => assert.ok(!signs.equals(await map()), 'signs are taken off'));
  await toggle();
  await eventually(async () => assert.ok(signs.equals(await map()), 'and are as they were'));

  await page.getByRole('button', { name: '结果' }).tap();
  await page.getByRole('button', { name: '拉高' }).tap();
  await page.locator('#norms-tab').tap();
  await settled(page);
  const fits = async (what) => {
    const wide = await page.evaluate(() => {
      const sheet = document.querySelector('#norms').closest('.drawer');
      return { page: document.scrollingElement.scrollWidth - innerWidth, sheet: sheet.scrollWidth - sheet.clientWidth };
    });
    assert.ok(wide.page <= 0 && wide.sheet <= 0, `${what}: ${JSON.stringify(wide)} px too wide`);
  };
  await fits('as it opens');
  await page.locator('#norms-behind > summary').tap();
  for (const id of ['N6', 'N13']) await page.locator(`#norm-${id}`).check();
  await page.locator('#norms-own').waitFor();
  assert.match(await page.locator('li[data-norm=N13]').innerText(), /来源不可靠/);
  await page.locator('li[data-norm=N13] summary').tap();
  await page.locator('#norms-some').tap();
  await page.locator('#norms-provinces').waitFor();
  await page.locator('#norms-sums .why').tap();
  await fits('with all that can be opened');
  const rows = await findings(page);
  assert.match(rows[0].lines.join(), /每个街头收集点 [\d,]+ 户，不应超过 [\d,]+ 户（.+）,增设街头收集点 [\d,]+ 个/);
  await filter(page, 'cannot_say');
  await assertAccessible(page);
});
