// Who is near enough: the coverage panel, what closing a point does to it, the question, the table of catchments and the files.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp, search, turned } from './harness.mjs';

guardEach();

/// Opens the page with the coverage panel, its figures there.
async function openCoverage(options) {
  const page = await openApp({ lang: 'en', ...options });
  await page.locator('#coverage-tab').click();
  await settled(page);
  return page;
}

/// Waits until coverage belongs to the question and the plan on the screen.
const settled = (page) => page.locator('.coverage[aria-busy=false] #coverage-share').waitFor();

const attribute = (page, selector, name) => page.locator(selector).getAttribute(name);

const share = async (page) => Number(await attribute(page, '#coverage-share', 'data-share'));

const heading = (page) => page.locator('#coverage-share h3').innerText();

const card = (page) => page.getByRole('region', { name: 'Selected facility' });

/// A number in words: "54.7 million people" or "1,234".
function amount(words) {
  const [, digits, unit] = words.match(/([\d.,]+)(?: (million|thousand|kt))?/);
  return Number(digits.replaceAll(',', '')) * ({ million: 1e6, thousand: 1e3, kt: 1e3 }[unit] ?? 1);
}

/// That two numbers are the same but for the rounding of those shown: the half of a last digit each.
function assertNear(found, wanted, tolerance, what) {
  assert.ok(Math.abs(found - wanted) <= tolerance, `${what}: ${found} against ${wanted}`);
}

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

/// The rows of the travel bands: their words, what lies in them, its share and that of all nearer ones.
async function bands(page) {
  const rows = await page.locator('#coverage-bands tbody tr').evaluateAll((rows) => rows.map((r) => [...r.children].map((c) => c.innerText)));
  return rows.map(([ends, demand, percent, within]) => ({ ends, demand: amount(demand), percent: Number(percent), within: Number(within) }));
}

/// What is covered, and everything, in words.
async function coveredOfTotal(page) {
  const words = await page.locator('#coverage-share .against .fine').innerText();
  return words.split(' of ').map(amount);
}

/// Gained, lost and moved against the baseline, in people.
async function differences(page) {
  const rows = page.locator('#coverage-difference tr');
  return Object.fromEntries(await rows.evaluateAll((rows) => rows.map((r) => [r.dataset.change, Number(r.dataset.people)])));
}

/// Chooses in the form by what the choice is called, each something else than before, and waits for the answer to it:
/// right after a choice the page may still show the old answer as the newest.
async function choose(page, choices) {
  const generation = async () => Number(await attribute(page, '.coverage', 'data-generation'));
  for (const [field, label] of Object.entries(choices)) {
    const before = await generation();
    await page.locator(`#ask-${field}`).selectOption({ label });
    await eventually(async () => assert.ok((await generation()) > before, `${field}: ${label} is asked`));
  }
  await settled(page);
}

async function type(page, field, text) {
  await page.locator(field).fill(text);
  await page.locator(field).press('Enter');
}

/// What a button hands out as a file.
async function download(page, button) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator(button).click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

/// The rows of a table out of a file, by heading.
async function csv(page, button) {
  const { name, text } = await download(page, button);
  assert.match(name, /\.csv$/);
  assert.ok(text.startsWith('\ufeff'), 'a spreadsheet is told that it is UTF-8');
  const fields = (line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((f) => f.replace(/^"|"$/g, '').replaceAll('""', '"'));
  const [head, ...rows] = text.slice(1).trimEnd().split('\r\n').map(fields);
  assert.ok(rows.every((row) => row.length === head.length), `${name}: every row has ${head.length} fields`);
  return rows.map((row) => Object.fromEntries(head.map((h, i) => [h, row[i]])));
}

/// The features of the file of areas.
async function areas(page) {
  const { name, text } = await download(page, '#export-areas');
  assert.equal(name, 'catchments.geojson');
  const { type: kind, features } = JSON.parse(text);
  assert.equal(kind, 'FeatureCollection');
  return features;
}

const PEOPLE = 'people (modelled)';

const peopleOf = (rows) => sum(rows.map((r) => Number(r[PEOPLE])));

/// The map's words on its middle.
async function tellMiddle(page) {
  await page.locator('#map').focus();
  await page.keyboard.press('i');
  return page.locator('#cell-told').innerText();
}

/// Opens a scenario file with one new collection point.
async function openPoint(page, name, at) {
  const add = { id: 'UC001', kind: 'collection_point', name, at };
  const scenario = { format: 'loop-atlas-scenario', version: 1, name: 'a point', edits: [{ add }], levers: {} };
  const buffer = Buffer.from(JSON.stringify(scenario));
  await page.locator('#scenario-file').setInputFiles({ name: 'point.json', mimeType: 'application/json', buffer });
}

test('the baseline: share, bands, clusters and curve say the same, and a longer limit covers no less', async () => {
  const page = await openCoverage();
  const [covered, total] = await coveredOfTotal(page);
  assertNear(covered / total, await share(page), 0.002, 'the share is what is covered of everything');

  const rows = await bands(page);
  assertNear(sum(rows.map((b) => b.demand)) / total, 1, 0.005, 'bands are everything');
  assertNear(sum(rows.map((b) => b.percent)), 100, 0.2, 'and a hundred per cent');
  rows.forEach((b, i) => assertNear(b.within, sum(rows.slice(0, i + 1).map((r) => r.percent)), 0.2, `the sum up to ${b.ends}`));

  const clusters = await page.locator('#coverage-share tr[data-cluster]').evaluateAll((all) => all.map((r) => Number(r.dataset.share)));
  assert.equal(clusters.length, 3);
  assert.ok(Math.min(...clusters) < (await share(page)) && (await share(page)) < Math.max(...clusters), `${clusters}`);

  await page.locator('#coverage-curve svg[role=img]').waitFor();
  await page.locator('#curve-as-table').click();
  const points = await page.locator('#coverage-curve tbody tr').evaluateAll((all) => all.map((r) => [...r.children].map((c) => Number(c.innerText))));
  assert.equal(await page.locator('#coverage-curve svg').count(), 0, 'the table stands in its place');
  for (const column of [0, 1, 2]) assert.ok(points.every((p, i) => i === 0 || p[column] >= points[i - 1][column]), 'it only rises');
  assert.equal(points.at(-1)[1], 100);

  const gini = Number(await attribute(page, '#coverage-equity', 'data-gini'));
  assert.ok(gini > 0 && gini < 1, `${gini}`);
  const [best, median, mean, worst] = (await page.locator('#coverage-equity dd b').allInnerTexts()).map(Number);
  assert.ok(best < median && best < mean && median < worst && mean < worst, `${[best, median, mean, worst]}`);

  let before = 0;
  for (const limit of await page.locator('.ask .limit .segments button').allInnerTexts()) {
    await page.locator('.ask .limit .segments').getByRole('button', { name: limit, exact: true }).click();
    await eventually(async () => assert.match(await heading(page), new RegExp(`within ${limit} km`)));
    await settled(page);
    const now = await share(page);
    assert.ok(now > before, `${limit} km: ${before} → ${now}`);
    const band = rows.find((b) => b.ends.endsWith(`–${limit}`));
    assertNear(now * 100, band.within, 0.06, `within ${limit} km is the sum of its bands`);
    const point = points.find(([upto]) => upto === Number(limit));
    if (point) assertNear(now * 100, point[1], 0.06, `and where the curve is at ${limit} km`);
    before = now;
  }
});

test('prefectures and provinces add up to the headline', async () => {
  const page = await openCoverage();
  const prefectures = await csv(page, '#export-prefectures');
  const within = sum(prefectures.map((r) => Number(r['people covered (modelled)'])));
  const total = peopleOf(prefectures);
  assertNear(within / total, await share(page), 0.0001, 'prefectures');
  const uncovered = await page.locator('#coverage-areas tbody td:last-child').allInnerTexts();
  assertNear(sum(uncovered.map(amount)) / (total - within), 1, 0.005, 'provinces');
  await page.locator('#coverage-areas').getByRole('button', { name: 'Prefecture' }).click();
  await eventually(async () => assert.equal(await page.locator('#coverage-areas tbody tr').count(), prefectures.length));
});

test('axe finds nothing on coverage, in both languages and themes', async () => {
  const page = await openCoverage({ lang: 'en' });
  await assertAccessible(page);
  const whys = page.locator('.coverage .why');
  for (let i = 0; i < (await whys.count()); i += 1) await whys.nth(i).click();
  await eventually(async () => assert.equal(await page.locator('.coverage .because').count(), await whys.count()));
  await page.locator('#curve-as-table').click();
  await page.locator('#ask-bands').fill('10, 5');
  await page.locator('#ask-bands-wrong').waitFor();
  await assertAccessible(page);
  await turned(page);
  await assertAccessible(page);
});

test('closing a point tells who loses cover and who goes elsewhere; undo brings coverage back', async () => {
  const page = await openCoverage();
  const before = await page.locator('#coverage-share').innerText();
  const rows = await csv(page, '#export-facilities');
  const chosen = rows.find((r) => Number(r['people losing cover if closed']) > 0);
  const [served, losing] = [chosen[PEOPLE], chosen['people losing cover if closed']].map(Number);
  const total = peopleOf(rows);
  const shareBefore = await share(page);

  await search(page, chosen.id);
  await card(page).getByRole('heading', { name: chosen.Name, exact: true }).waitFor();
  assert.equal(Number(await attribute(page, '#card-catchment', 'data-people')), served, 'the card and the file say the same');
  assert.match(await page.locator('#card-loss').innerText(), /^If closed: those it serves have .* more on average; .* lose cover within 10 km/);
  assertNear(amount((await page.locator('#card-loss').innerText()).split('; ')[1]) / losing, 1, 0.005, 'who loses cover');

  await card(page).getByRole('button', { name: 'Close', exact: true }).last().click();
  await page.locator('#coverage-difference').waitFor();
  await settled(page);
  const { gained, lost, moved } = await differences(page);
  assert.equal(gained, 0, 'nobody gains');
  assert.ok(lost > 0 && moved > 0, `${lost} lost, ${moved} moved`);
  assertNear(lost, losing, 1, 'lost is what the file foretold');
  assertNear(lost + moved, served, 2, 'everybody it served is told of, and nobody else');
  assertNear(shareBefore - (await share(page)), lost / total, 0.00011, 'the share falls by those');
  const points = await page.locator('#coverage-share .change').innerText();
  assertNear(Number(points.replace('−', '-')), (-100 * lost) / total, 0.001, 'as the change beside it says');
  assert.equal(await page.locator('#card-catchment').count(), 0, 'what is closed has no catchment');

  await page.getByRole('button', { name: 'Layers' }).click();
  await page.locator('#layer-difference').check();
  await page.locator('#legend-changes').getByText('no longer covered').waitFor();
  await assertAccessible(page);

  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator('#coverage-difference').waitFor({ state: 'detached' });
  await settled(page);
  assert.equal(await page.locator('#coverage-share').innerText(), before, 'every word as it was');
  await page.locator('#layers').getByText('nothing differs yet').waitFor();
  assert.equal(Number(await attribute(page, '#card-catchment', 'data-people')), served);
});

test('hubs by minutes for copper: the bands and the legend follow the question', async () => {
  const page = await openCoverage();
  await page.getByRole('button', { name: 'Layers' }).click();
  await page.locator('#layer-bands').check();
  const legend = page.locator('#legend-bands');
  await eventually(async () => assert.match(await legend.innerText(), /collection point, bands: by road, km/));
  assert.ok(await page.locator('#layers-opacity').isVisible());

  await choose(page, { of: 'hub', measure: 'driving time (modelled)' });
  const all = await csv(page, '#export-facilities');
  await choose(page, { demand: 'tonnes of scrap' });
  const [, tonnesOfAll] = await coveredOfTotal(page);
  await choose(page, { stream: 'copper' });
  await eventually(async () => assert.match(await heading(page), /^Scrap within \d+ min of a hub \(driving time \(modelled\)\)$/));
  const [, tonnesOfCopper] = await coveredOfTotal(page);
  assert.ok(tonnesOfCopper > 0 && tonnesOfCopper < tonnesOfAll, `${tonnesOfCopper} of ${tonnesOfAll}`);
  await choose(page, { demand: 'people' });
  const copper = await csv(page, '#export-facilities');
  assert.ok(copper.length > 0 && copper.length <= all.length, `${copper.length} of ${all.length} hubs`);

  const usual = (await page.locator('#ask-bands').inputValue()).split(', ');
  const ends = async () => (await bands(page)).map((b) => b.ends).filter((e) => e !== 'cannot reach any');
  assert.deepEqual(await ends(), [...usual.map((upto, i) => `${usual[i - 1] ?? 0}–${upto}`), `over ${usual.at(-1)}`]);
  await eventually(async () => assert.match(await legend.innerText(), /hub, bands: by road, min \(modelled\)/));
  assert.deepEqual((await legend.locator('.ramp span').allInnerTexts()).map((t) => t.trim()), ['0', ...usual].map((b, i) => (i === usual.length ? `${b} +` : b)));

  await type(page, '#ask-bands', '30, 75.5、90');
  await eventually(async () => assert.deepEqual(await ends(), ['0–30', '30–75.5', '75.5–90', 'over 90']));
  await eventually(async () => assert.deepEqual((await legend.locator('.ramp span').allInnerTexts()).map((t) => t.trim()), ['0', '30', '75.5', '90 +']));
  const rows = await bands(page);
  assertNear(sum(rows.map((b) => b.percent)), 100, 0.2, 'bands are everything');
});

test('what would be lost if a facility closed is on the map, with its legend', async () => {
  const page = await openCoverage({ lang: 'en' });
  await page.getByRole('button', { name: 'Layers' }).click();
  await page.locator('#layer-loss').check();
  // From afar the hubs stand in for the points asked about, and keep their tints.
  await page.locator('#legend-catchments').waitFor();
  assert.equal(await page.locator('#legend-loss').count(), 0);
  await choose(page, { of: 'hub' });
  await page.locator('#legend-loss').getByText(/people × km/).waitFor();
  await page.locator('#layer-loss').uncheck();
  await page.locator('#legend-catchments').waitFor();
});

test('what is no band and no limit is told beside its field, and stays there', async () => {
  const page = await openCoverage();
  const before = await page.locator('.coverage').innerText();
  const field = page.locator('#ask-bands');
  for (const [typed, words] of [['5, ten', /“ten” is no number above 0/], ['10, 5', /larger than the one before/], ['1 2 3 4 5', /one to four/]]) {
    await type(page, '#ask-bands', typed);
    await field.blur();
    await eventually(async () => assert.match(await page.locator('#ask-bands-wrong').innerText(), words));
    assert.equal(await field.inputValue(), typed, 'what was typed is kept');
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    assert.equal(await field.getAttribute('aria-describedby'), 'ask-bands-wrong');
  }
  await field.fill('5, 10, 20, 40');
  await page.locator('#ask-bands-wrong').waitFor({ state: 'detached' });
  await type(page, '#ask-limit', '-3');
  await eventually(async () => assert.match(await page.locator('#ask-limit-wrong').innerText(), /above 0/));
  assert.equal(await page.locator('#ask-limit').inputValue(), '-3');
  await settled(page);
  assert.equal(await page.locator('.coverage').innerText(), before, 'nothing was asked');
  await type(page, '#ask-limit', '12.5');
  await eventually(async () => assert.match(await heading(page), /within 12\.5 km/));
});

test('bands that are still wrong stay in their field while something else of the question is chosen', async () => {
  const page = await openCoverage();
  await type(page, '#ask-bands', '5, ten');
  await page.locator('#ask-bands-wrong').waitFor();
  await choose(page, { demand: 'households' });
  await eventually(async () => assert.match(await heading(page), /^Households within/));
  assert.equal(await page.locator('#ask-bands').inputValue(), '5, ten');
  assert.ok(await page.locator('#ask-bands-wrong').isVisible());
});

test('one hub alone covers less than all, and the box takes it back', async () => {
  const page = await openCoverage();
  await choose(page, { of: 'hub' });
  const all = await share(page);
  await search(page, 'HB001');
  await page.locator('#ask-only').check();
  await eventually(async () => assert.ok((await share(page)) < all));
  await settled(page);
  const rows = await csv(page, '#export-facilities');
  assert.deepEqual(rows.map((r) => r.id), ['HB001']);
  assert.equal(Number(await attribute(page, '#card-catchment', 'data-people')), peopleOf(rows));
  await page.locator('#ask-only').uncheck();
  await eventually(async () => assert.equal(await share(page), all));
});

test('a place that is not covered leads to itself on the map', async () => {
  const page = await openCoverage();
  const places = page.locator('#coverage-gaps button.gap');
  const count = Number(await attribute(page, '#coverage-gaps', 'data-count'));
  await eventually(async () => assert.equal(await places.count(), Math.min(count, 10)));
  const demands = (await places.locator('> .num:last-child').allInnerTexts()).map(amount);
  assert.ok(demands.every((d, i) => i === 0 || d <= demands[i - 1]), `most demand first: ${demands}`);
  await page.locator('#coverage-gaps').getByRole('button', { name: 'Show 10 more' }).click();
  await eventually(async () => assert.equal(await places.count(), Math.min(count, 20)));

  const limit = Number(await page.locator('#ask-limit').inputValue());
  const kilometres = async () => Number((await page.locator('.scale').innerText()).match(/^(\d+) km$/)[1]);
  const far = await kilometres();
  for (const i of [1, 0]) {
    const place = places.nth(i);
    const [lon, lat] = await Promise.all(['data-lon', 'data-lat'].map(async (a) => Number(await place.getAttribute(a))));
    const nearest = (await place.locator('small').innerText()).match(/nearest (.+)$/)[1];
    await place.click();
    await eventually(async () => assert.ok((await kilometres()) < far, 'the map has come nearer'));
    // What is told goes with the camera: it is asked again until the map stands still.
    const [, east, north, owner, way] = await eventually(async () => {
      const words = await tellMiddle(page);
      const told = words.match(/^Middle of the map, ([\d.]+)°E ([\d.]+)°N: (.+), ([\d.]+) km, [\d,.]+[^,]* people/);
      assert.ok(told, words);
      assert.ok(Math.abs(told[1] - lon) < 0.006 && Math.abs(told[2] - lat) < 0.006, `${words} against ${lon}, ${lat}`);
      return told;
    });
    assert.equal(owner, nearest, `at ${east}, ${north}`);
    assert.ok(Number(way) >= limit, `${way} km is not within ${limit}`);
    // The pointer tells the same of the same place. It is told of when it moves, and the map may still be settling.
    const box = await page.locator('#map').boundingBox();
    let step = 0;
    await eventually(async () => {
      step = (step % 3) + 1;
      await page.mouse.move(box.x + box.width / 2 + step, box.y + box.height / 2 + 1);
      await page.waitForTimeout(100);
      const [words = 'nothing'] = await page.locator('#cell-line').allInnerTexts();
      assert.ok(words.startsWith(`${owner} · ${way} km, `), words);
    });
    // Out of the map's way before the next place.
    await page.locator('#map').focus();
    await page.keyboard.press('Escape');
    await eventually(async () => assert.equal(await page.locator('#cell-told').innerText(), '', 'Esc ends it'));
  }
});

test('tables and areas are handed out as files that add up', async () => {
  const page = await openCoverage();
  const [, total] = await coveredOfTotal(page);
  const inBands = await csv(page, '#export-bands');
  const facilities = await csv(page, '#export-facilities');
  const gaps = await csv(page, '#export-gaps');
  const curve = await csv(page, '#export-curve');
  const everybody = peopleOf(inBands);
  assertNear(everybody / total, 1, 0.002, 'bands are everything');
  const unreachable = Number(await attribute(page, '#coverage-unreachable', 'data-people'));
  assertNear(peopleOf(facilities) + unreachable, everybody, facilities.length / 2, 'so are catchments');
  assert.equal(gaps.length, Number(await attribute(page, '#coverage-gaps', 'data-count')));
  assert.ok(peopleOf(gaps) <= everybody * (1 - (await share(page))) + gaps.length, 'no more than are not covered');
  const limit = Number(await page.locator('#ask-limit').inputValue());
  const point = curve.find((p) => Number(p['up to (km)']) === limit);
  assertNear(Number(point['share of people, % (modelled)']) / 100, await share(page), 0.0001, 'the curve at the limit is the share');

  const features = await areas(page);
  const catchments = features.filter((f) => f.properties.layer === 'catchment');
  assert.equal(new Set(catchments.map((f) => f.properties.id)).size, catchments.length, 'one feature each');
  assertNear(sum(catchments.map((f) => f.properties.people)), peopleOf(facilities), facilities.length / 2, 'the areas are those of the table');
  for (const f of catchments) {
    const row = facilities.find((r) => r.id === f.properties.id);
    assertNear(f.properties.people, Number(row[PEOPLE]), 0.51, `${row.id} in both files`);
  }
  const drawn = features.filter((f) => f.properties.layer === 'band').map((f) => [f.properties.from, f.properties.upto]);
  const listed = inBands.filter((b) => Number(b['up to (km)']) > 0).map((b) => [Number(b['from (km)']), Number(b['up to (km)'])]);
  assert.deepEqual(drawn, listed, 'a feature for each band that ends');
  for (const { geometry } of features) {
    assert.equal(geometry.type, 'MultiPolygon');
    const rings = geometry.coordinates.flat();
    assert.ok(rings.length > 0 && rings.every((ring) => ring.length >= 4 && String(ring[0]) === String(ring.at(-1))), 'closed rings');
  }
});

test('areas that are handed out end with the land of the clusters', async () => {
  const page = await openCoverage();
  // The ten provinces lie within these degrees: Leizhou in the south-west, Liaoning in the north-east.
  const beyond = ([lon, lat]) => lon < 109.5 || lon > 126 || lat < 20 || lat > 43.6;
  const spilt = (await areas(page)).flatMap(({ properties, geometry }) => {
    const places = geometry.coordinates.flat(2).filter(beyond);
    return places.length === 0 ? [] : [`${properties.layer} ${properties.id ?? properties.upto}: ${places.length} positions, such as ${places[0]}`];
  });
  assert.deepEqual(spilt, []);
});

test('the table of catchments is ordered by its headings, and a row leads to its facility', async () => {
  const page = await openCoverage();
  await page.getByRole('button', { name: 'View table' }).click();
  await page.locator('.tables').getByRole('button', { name: 'Catchments' }).click();
  const rows = page.locator('#catchment-table tr.leads');
  await eventually(async () => assert.equal(await rows.count(), 300));
  const column = async (i) => (await rows.evaluateAll((all, i) => all.map((r) => r.children[i].innerText), i));
  const orders = { ascending: (a, b) => a <= b, descending: (a, b) => a >= b };
  /// That the column is in order; rows without a number come last.
  const inOrder = async (name, order) => {
    const heads = await page.locator('#catchment-table th[scope=col]').evaluateAll((all) => all.map((h) => [h.innerText, h.ariaSort]));
    const at = heads.findIndex(([words]) => words.startsWith(name));
    await eventually(async () => {
      const sorted = await page.locator('#catchment-table th[scope=col]').nth(at).getAttribute('aria-sort');
      assert.equal(sorted, order, `${name} of ${heads}`);
      const cells = await column(at);
      const numbers = cells.map((c) => (c === '–' ? null : Number(c.replaceAll(',', ''))));
      const until = numbers.indexOf(null);
      const known = until < 0 ? numbers : numbers.slice(0, until);
      assert.ok(known.length > 1 && numbers.slice(known.length).every((n) => n === null), 'what has no number comes last');
      assert.ok(known.every((n, i) => i === 0 || orders[order](known[i - 1], n)), `${name}, ${order}: ${known}`);
    });
  };
  const head = (name) => page.locator('#catchment-table').getByRole('button', { name: new RegExp(`^${name}`) });
  await inOrder('people (modelled)', 'descending');
  for (const name of ['mean road distance, km', '95 % within', 'people losing cover', 'people \\(modelled\\)']) {
    await head(name).click();
    await inOrder(name.replaceAll('\\', ''), 'descending');
  }
  await head('mean road distance, km').click();
  await head('mean road distance, km').click();
  await inOrder('mean road distance, km', 'ascending');
  await assertAccessible(page);

  await head('people \\(modelled\\)').click();
  await inOrder('people (modelled)', 'descending');
  const row = rows.nth(2);
  const [name, people] = [await row.getByRole('rowheader').innerText(), (await row.locator('td').first().innerText()).replaceAll(',', '')];
  await row.getByRole('button').click();
  await card(page).getByRole('heading', { name, exact: true }).waitFor();
  await eventually(async () => assert.equal(await attribute(page, '#card-catchment', 'data-people'), people));
});

test('a point in the sea is told with its distance, in both languages', async () => {
  const page = await openCoverage();
  assert.equal(await page.locator('#coverage-remote').count(), 0, 'nothing of the baseline');
  await openPoint(page, { zh: '海上点', en: 'Point at sea' }, [122.6, 30.4]);
  const told = page.locator('#coverage-remote');
  await told.waitFor();
  await settled(page);
  const words = await told.innerText();
  assert.match(words, /Placed far from every road, or in the sea: 1/);
  const [, km] = words.match(/Point at sea It stands in the sea or outside of the clusters\. It is ([\d.]+) km from the nearest road/);
  assert.ok(Number(km) > 15, km);
  await assertAccessible(page);

  await page.getByRole('button', { name: /切换到中文/ }).click();
  await eventually(async () => assert.match(await told.innerText(), /远离公路或位于海上的设施：1 处/));
  assert.match(await told.innerText(), new RegExp(`海上点 位于海上或集群范围之外。 ?距最近公路 ${km} km`));
});

test('coverage and the card say the same distance to the nearest road', async () => {
  const page = await openCoverage();
  await openPoint(page, { zh: '海上点', en: 'Point at sea' }, [122.6, 30.4]);
  const [, km] = (await page.locator('#coverage-remote').innerText()).match(/It is ([\d.]+) km from the nearest road/);
  await search(page, 'UC001');
  const road = card(page).locator('.cell', { hasText: 'To the nearest road' }).locator('b');
  await eventually(async () => assert.equal(await road.innerText(), km, 'the straight leg to it'));
});

test('a point where no road is near serves nobody, and is told so', async () => {
  const page = await openCoverage();
  const before = await share(page);
  await openPoint(page, { zh: '远海点', en: 'Far point' }, [125, 28]);
  await page.locator('#coverage-remote').waitFor();
  await settled(page);
  const words = await page.locator('#coverage-remote').innerText();
  assert.ok(Number(words.match(/At (\d+) km it is too far from every road of the map and serves nobody/)?.[1]) > 100, words);
  assert.equal(await share(page), before);
  assert.deepEqual(await differences(page), { gained: 0, lost: 0, moved: 0 });
});

test('on a phone coverage is in the sheet and nothing is cut', async () => {
  const page = await openApp({ lang: 'zh', width: 390, height: 844, hasTouch: true, isMobile: true });
  await page.getByRole('button', { name: '结果' }).tap();
  await page.getByRole('button', { name: '拉高' }).tap();
  await page.locator('#coverage-tab').tap();
  await settled(page);
  assert.ok((await share(page)) > 0);
  const fits = async (what) => {
    const wide = await page.evaluate(() => {
      const sheet = document.querySelector('#coverage').closest('.drawer');
      return { page: document.scrollingElement.scrollWidth - innerWidth, sheet: sheet.scrollWidth - sheet.clientWidth };
    });
    assert.ok(wide.page <= 0 && wide.sheet <= 0, `${what}: ${JSON.stringify(wide)} px too wide`);
  };
  await fits('as it opens');
  await page.locator('#curve-as-table').tap();
  await page.locator('#ask-of').selectOption({ label: '冶炼厂' });
  await page.locator('#ask-measure').selectOption({ index: 2 });
  await page.locator('#ask-demand').selectOption({ index: 2 });
  await eventually(async () => assert.match(await heading(page), /冶炼厂/));
  await settled(page);
  await page.locator('.coverage .why').first().tap();
  await fits('with the longest words');
  await assertAccessible(page);
});
