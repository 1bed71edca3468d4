// The clusters side by side: what the sentences say stands in the rows, parts add up, normal forms and their reasons, further
// territories, a changed plan and undo, pictures and file, language, theme, axe, a phone.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp, search } from './harness.mjs';

guardEach();

/// Two solvers and software drawing on a busy machine.
const PATIENCE_MS = 180_000;

const CLUSTERS = ['yrd', 'prd', 'bohai'];
const METALS = ['al', 'cu', 'pb', 'zn', 'other'];

const openClusters = async (page) => {
  await page.locator('.tabs .tab').nth(1).click();
  await page.locator('#compare-clusters-tab').click();
  await fresh(page);
};

/// Waits until the plan is told as it is.
const fresh = (page) => page.locator('#clusters[aria-busy=false]').waitFor({ timeout: PATIENCE_MS });

const row = (page, measure) => page.locator(`#cluster-row-${measure}`);

/// All rows that are open: a value, or the code of the reason why there is none, the words and the change of each territory.
const rows = (page) =>
  page.locator('#clusters-rows tr[data-measure]').evaluateAll((all) =>
    Object.fromEntries(
      all.map((r) => {
        const cells = [...r.querySelectorAll('td')].map((d) => ({
          value: d.dataset.value === undefined ? undefined : Number(d.dataset.value),
          reason: d.dataset.reason,
          words: d.querySelector('b').textContent,
          change: d.querySelector('.change').textContent,
        }));
        return [r.dataset.measure, cells];
      }),
    ),
  );

/// A number as it is told: "3,420 kt/y", "−12.5", "43.1 %".
const told = (words) => Number(words.replaceAll(',', '').replace('−', '-').match(/-?\d+(\.\d+)?/)?.[0]);

const near = (found, wanted, share, what) =>
  assert.ok(Math.abs(found - wanted) <= share * Math.max(Math.abs(found), Math.abs(wanted)), `${what}: ${found} against ${wanted}`);
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

/// Asks for one more column.
const ask = async (page, words) => {
  await page.locator('#clusters-area').fill(words);
  await page.keyboard.press('Enter');
};
/// Waits for so many columns beside the names of rows.
const columns = async (page, count) => {
  await page.locator('#clusters-rows thead th').nth(count).waitFor({ state: 'attached', timeout: PATIENCE_MS });
  await fresh(page);
};

/// Types what is refused, and gives what is said about it.
const refused = async (page, words, reason) => {
  await ask(page, words);
  await eventually(async () => assert.match(await page.locator('#clusters-area-told').innerText(), reason));
  assert.equal(await page.locator('#clusters-area').getAttribute('aria-invalid'), 'true', `${words} is marked`);
};

/// The file's cells, by measure and territory.
const file = async (page) => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#clusters-csv').click()]);
  const [head, ...lines] = (await readFile(await download.path(), 'utf8')).replace(/^\uFEFF/, '').trim().split('\r\n');
  const at = (name) => head.split(',').indexOf(name);
  // Names and territories stand in front of what may be quoted for a comma: told from the front, without quotes.
  const cells = (line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) => cell.replace(/^"|"$/g, '').replaceAll('""', '"'));
  return lines.map(cells).map((c) => ({ measure: c[at('measure')], area: c[at('area')], value: c[at('value')], reason: c[at('no_value')], unit: c[at('unit')] }));
};

test('three clusters on the same terms: sentences, sums, forms, territories, a changed plan, pictures, file', async () => {
  const page = await openApp({ lang: 'en', reducedMotion: 'reduce' });
  // A plan that closes a hub.
  await search(page, 'HB001');
  await page.locator('#map').focus();
  await page.keyboard.press('Delete');
  await openClusters(page);

  await page.locator('#clusters-open-all').click();
  await page.locator('#clusters-parts').click();
  await row(page, 'values_modelled').waitFor();
  const all = await rows(page);
  const values = (measure) => all[measure].map((c) => c.value);

  // What the sentences say stands in the rows that they lead to.
  const numbers = await page.locator('#clusters-sentences .number').evaluateAll((every) => every.map((b) => [b.dataset.measure, b.textContent]));
  assert.equal(numbers.length, 8, `two of the most, three of the spread, three of the change: ${numbers}`);
  const [most, share, high, low, times, before, after, change] = numbers.map(([, words]) => told(words));
  const collected = values('collected_t');
  near(most * 1000, Math.max(...collected), 5e-3, 'what is collected most');
  near(share / 100, Math.max(...collected) / sum(collected), 5e-3, 'its share');
  const spread = all[numbers[2][0]].map((c) => told(c.words));
  assert.ok(spread.includes(high) && spread.includes(low), `${high} and ${low} stand in ${spread}`);
  near(times, high / low, 1e-2, 'so many times');
  assert.deepEqual([Math.max(...spread), Math.min(...spread)].sort(), [high, low].sort(), 'the widest apart');
  const changed = all[numbers[5][0]].find((c) => told(c.words) === after);
  assert.ok(changed && changed.change !== '', `the change to ${after} stands in its row`);
  assert.ok(Math.abs(after - before - told(changed.change)) <= 0.011 * Math.abs(after), `${before} to ${after} is ${changed.change}`);
  near(change / 100, after / before - 1, 5e-2, 'in per cent');
  // A number leads there from a closed section too.
  await page.locator('#clusters-open-all').click();
  await page.locator('#clusters-rows tr[data-measure]').first().waitFor({ state: 'detached' });
  for (const i of [0, 2, 5]) {
    await page.locator('#clusters-sentences .number').nth(i).click();
    await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.dataset.measure), numbers[i][0]));
  }
  await page.locator('#clusters-open-all').click();

  // Parts add up to their whole; rows agree with each other.
  for (const [i, cluster] of CLUSTERS.entries()) {
    const at = (measure) => all[measure][i].value ?? 0;
    for (const whole of ['generated_t', 'collected_t', 'named_capacity_t', 'unnamed_capacity_t', 'made_t', 'demand_t']) {
      near(sum(METALS.map((m) => at(`${whole}_${m}`))), at(whole), 1e-9, `${cluster}: metals of ${whole}`);
    }
    const modes = ['road', 'rail', 'water', 'sea'];
    near(sum(modes.map((m) => at(`tonne_km_${m}`))), at('tonne_km'), 1e-9, `${cluster}: modes`);
    near(sum(modes.map((m) => at(`mode_share_${m}`))), 1, 1e-9, `${cluster}: shares of modes`);
    const stages = ['collection', 'haul', 'sorting', 'smelting', 'product_haul', 'inflow', 'carbon', 'subsidy'];
    near(sum(stages.map((s) => at(`stage_yuan_${s}`))), at('cost_yuan'), 1e-6, `${cluster}: stages of cost`);
    near(at('cost_yuan') / at('collected_t'), at('cost_yuan_per_t'), 1e-9, `${cluster}: cost a tonne`);
    near(at('collected_t') / at('generated_t'), at('collection_rate'), 1e-9, `${cluster}: rate`);
    near(at('hub_used_t') / at('hub_capacity_t'), at('hub_use'), 1e-9, `${cluster}: use of hubs`);
    near(at('avoided_kg_co2e') - at('emitted_kg_co2e'), at('net_avoided_kg_co2e'), 1e-9, `${cluster}: net`);
    const given = ['collection', 'haul', 'sorting', 'smelting'].map((s) => at(`${s}_kg_co2e`));
    near(sum(given), at('emitted_kg_co2e'), 1e-9, `${cluster}: CO2 by stage`);
    near((given[0] + given[1]) / at('avoided_kg_co2e'), at('transport_share'), 1e-9, `${cluster}: transport over avoided`);
    for (const kind of ['plants', 'capacity', 'values']) {
      near(sum(['known', 'estimated', 'modelled'].map((c) => at(`${kind}_${c}`))), 1, 1e-9, `${cluster}: certainty of ${kind}`);
    }
    for (const m of METALS) {
      near(at(`named_capacity_t_${m}`) - at(`collected_t_${m}`), at(`capacity_over_collected_t_${m}`), 1e-9, `${cluster}: surplus of ${m}`);
    }
  }
  // What has no value says why: at the cell, and under its row.
  assert.deepEqual(all.hhi_zn.map((c) => c.reason), [undefined, 'no-value-no-plants', 'no-value-no-plants']);
  assert.equal(all.hhi_zn[1].words, '–');
  assert.match(await row(page, 'hhi_zn').locator('td').nth(1).getAttribute('title'), /No value: there is no such plant\./);
  await row(page, 'hhi_zn').locator('.why').click();
  await page.locator('.why-row').waitFor();
  assert.match(await page.locator('.why-row').innerText(), /Pearl River Delta: no value, there is no such plant\..*Bohai Rim: no value/s);
  await row(page, 'hhi_zn').locator('.why').click();
  await row(page, 'cost_yuan_per_t').locator('.why').click();
  await page.locator('.why-row .inputs').waitFor();
  await row(page, 'cost_yuan_per_t').locator('.why').click();

  // The hub that was closed is missing where it stood, and nowhere else.
  const hubs = all.hub_capacity_t;
  const lost = hubs.findIndex((c) => c.change !== '');
  assert.equal(hubs.filter((c) => c.change !== '').length, 1, 'one cluster lost capacity');
  assert.match(hubs[lost].change, /^−/);

  // By person, by tonne, by GDP: sums keep their proportions, ratios say that they are none to divide.
  const normal = async (key) => {
    await page.locator(`#clusters-normal [data-normal=${key}]`).click();
    await page.locator(`#clusters-rows[data-normal=${key}]`).waitFor();
    return rows(page);
  };
  const by = { person: await normal('per_person'), tonne: await normal('per_tonne'), gdp: await normal('per_gdp') };
  for (const [form, told] of Object.entries(by)) {
    assert.ok(told.gini.every((c) => c.reason === 'no-value-not-divisible' && c.words === '–'), `the Gini by ${form}`);
    for (const i of CLUSTERS.keys()) {
      near(told.made_t[i].value / told.cost_yuan[i].value, all.made_t[i].value / all.cost_yuan[i].value, 1e-9, `proportions by ${form}`);
    }
  }
  CLUSTERS.forEach((cluster, i) => {
    near(by.tonne.collected_t[i].value, 1, 1e-9, `${cluster}: a tonne a tonne`);
    near(by.tonne.cost_yuan[i].value, all.cost_yuan_per_t[i].value, 1e-9, `${cluster}: cost by tonne`);
  });
  assert.match(await row(page, 'generated_t').locator('.unit').innerText(), /GDP/);
  // A sentence tells what is absolute, and so does the table that it leads to.
  await page.locator('#clusters-sentences .number').first().click();
  await page.locator('#clusters-rows[data-normal=absolute]').waitFor();

  // Pictures and tables say the same.
  await page.locator('#clusters-multiples button[aria-pressed]').click();
  const bars = await page.locator('#clusters-multiples tbody tr').allInnerTexts();
  assert.equal(bars.length, 15);
  bars.forEach((words, i) => {
    const [, , capacity, brought, left] = words.split('\t');
    const [cluster, metal] = [Math.floor(i / 5), METALS[i % 5]];
    assert.equal(capacity, all[`named_capacity_t_${metal}`][cluster].words, words);
    assert.equal(brought, all[`collected_t_${metal}`][cluster].words, words);
    const surplus = all[`capacity_over_collected_t_${metal}`][cluster];
    assert.equal(told(left), Math.abs(told(surplus.words)), words);
    assert.match(left, surplus.value < 0 ? /short/ : /to spare/);
  });
  await page.locator('#clusters-multiples button[aria-pressed]').click();
  assert.equal(await page.locator('#clusters-multiples svg').count(), 3);
  await page.locator('#clusters-slope select').selectOption('hub_capacity_t');
  await page.locator('#clusters-slope button[aria-pressed]').click();
  await eventually(async () => {
    const lines = (await page.locator('#clusters-slope tbody tr').allInnerTexts()).map((l) => l.split('\t'));
    assert.deepEqual(lines.map((l) => l[2]), hubs.map((c) => c.words));
    assert.ok(lines.every((l, i) => (i === lost ? told(l[1]) > told(l[2]) : l[1] === l[2])), 'from the baseline to the plan');
  });
  await page.locator('#clusters-slope button[aria-pressed]').click();
  await page.locator('#clusters-slope svg g.bohai .line').waitFor();

  // Further territories: what cannot be one is told, four provinces are the Yangtze Delta.
  await refused(page, '', /Name at least one/);
  await refused(page, 'Atlantis', /Atlantis is no province or prefecture/);
  await ask(page, 'Shanghai, Jiangsu, Zhejiang, Anhui');
  await ask(page, 'Zhoushan');
  await refused(page, 'Zhoushan', /there already/);
  await ask(page, 'Guangdong');
  await eventually(async () => assert.match(await page.locator('#clusters-area-told').innerText(), /remove one first/));
  assert.ok(await page.locator('#clusters-area').isDisabled());
  await columns(page, 6);
  const wide = await rows(page);
  for (const [measure, cells] of Object.entries(wide)) {
    if (cells[0].value === undefined) assert.equal(cells[3].reason, cells[0].reason, measure);
    else near(cells[3].value, cells[0].value, 1e-9, `${measure}: the provinces of a cluster are the cluster`);
  }
  assert.equal(wide.hub_use[4].reason, 'no-value-no-plants', 'a prefecture without hubs');
  assert.equal(wide.unnamed_capacity_t[4].reason, 'no-value-part-of-cluster');
  assert.ok(wide.collected_t[4].value > 0 && wide.collected_t[4].value < wide.collected_t[0].value);
  near(wide.made_t[5].value, wide.made_t[1].value, 1e-9, 'Guangdong is the Pearl River Delta');

  // The file holds what the table does.
  const lines = await file(page);
  for (const measure of ['collected_t', 'cost_yuan', 'gini', 'hhi_zn']) {
    const cells = (await rows(page))[measure];
    const own = lines.filter((l) => l.measure === measure);
    assert.equal(own.length, 6, measure);
    own.forEach((l, i) => {
      if (cells[i].value === undefined) assert.deepEqual([l.value, l.reason], ['', cells[i].reason]);
      else near(Number(l.value), cells[i].value, 1e-9, `${measure} of ${l.area}`);
    });
  }
  await page.getByRole('button', { name: 'Remove Zhoushan' }).click();
  await eventually(async () => assert.ok(await page.locator('#clusters-area').isEnabled()));

  // What the report claims is marked as claimed.
  const claims = page.locator('#clusters-claims li');
  assert.ok((await claims.count()) >= 5);
  assert.ok((await claims.allInnerTexts()).every((words) => /claim, /.test(words)));
  assert.match(await page.locator('#clusters-claims').innerText(), /smart factories/);

  // Undo brings the baseline back, and the sentence says so; in the other language and theme too.
  await page.keyboard.press('Control+z');
  await eventually(async () => assert.match(await page.locator('#clusters-sentences').innerText(), /none of these figures changes/), PATIENCE_MS);
  await fresh(page);
  assert.ok(Object.values(await rows(page)).flat().every((c) => c.change === ''), 'no change is left');
  await page.locator('#language-button').click();
  await eventually(async () => assert.match(await page.locator('#clusters-sentences').innerText(), /长三角回收最多.*与基准相比，这些数值没有变化/s));
  await page.locator('#theme-button').click();
  await eventually(async () => assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark'));
  const zh = await rows(page);
  near(told(zh.collected_t[0].words) * 1e4, all.collected_t[0].value, 5e-3, 'the same in 万吨');
  await assertAccessible(page, { within: 'main.compare' });
});

test('on a phone a territory is shown at a time, and nothing sticks out', async () => {
  const page = await openApp({ lang: 'zh', theme: 'dark', width: 390, height: 844, hasTouch: true, isMobile: true });
  await openClusters(page);
  const within = async () => {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `nothing sticks out: ${wide}`);
  };
  const seen = () => row(page, 'collected_t').locator('td').evaluateAll((all) => all.map((d) => d.checkVisibility()));
  await within();
  assert.deepEqual(await seen(), [true, false, false]);
  await page.locator('.clusters-switch button').nth(2).click();
  await eventually(async () => assert.deepEqual(await seen(), [false, false, true]));
  await refused(page, '郑州', /郑州不是三集群内/);
  await ask(page, '江苏');
  await columns(page, 4);
  await page.locator('.clusters-switch button').nth(3).click();
  await eventually(async () => assert.deepEqual(await seen(), [false, false, false, true]));
  await row(page, 'collected_t').locator('.why').click();
  await page.locator('.why-row').waitFor();
  await within();
  await assertAccessible(page, { within: 'main.compare' });
});
