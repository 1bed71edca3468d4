// The levers: what each row tells, turned by number and by key, out of range, needed first, all put back; upgrades and their bill, a
// merger; both languages, axe, a phone.

import assert from 'node:assert/strict';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp, openLevers, quickSettled } from './harness.mjs';

guardEach();

const CARBON = 'price.carbon.all';

const lever = (page, key) => page.locator(`.lv-row[data-lever="${key}"]`);
const opened = (page, key) => lever(page, key).evaluate((row) => (row.closest('details').open = true));
/// A value typed and left, in one go: figures that come in between would draw the field anew.
const type = async (page, key, value) => {
  const field = lever(page, key).locator('input[type=number]');
  await field.waitFor();
  await field.evaluate((f, value) => {
    f.focus();
    f.value = value;
    f.dispatchEvent(new Event('input', { bubbles: true }));
    f.dispatchEvent(new Event('change', { bubbles: true }));
  }, String(value));
};
const undo = (page) => page.getByRole('button', { name: /^(Undo|撤销)$/ }).first().click();
const numbers = (text) => (text.match(/[-−]?[\d,]*\.?\d+/g) ?? []).map((n) => Number(n.replace(/,/g, '').replace('−', '-')));
/// One row of the quick figures: three clusters, then all.
const quick = async (page, row) => {
  const cells = await page.locator('#quick tbody tr').nth(row).locator('td').evaluateAll((all) => all.map((td) => td.firstChild.textContent));
  return cells.map((c) => numbers(c)[0]);
};
const set = (page) => page.locator('label:has(#lever-only-set)').innerText().then((words) => numbers(words)[0]);
const bill = (page) => page.locator('#lever-bill').innerText();

test('levers are found, turned, refused in words and put back; plants are upgraded and merged', async () => {
  const page = await openApp({ lang: 'en', reducedMotion: 'reduce' });
  await openLevers(page);

  // Each lever tells its name, what it is unless set, and what it moves; one that a table states leads to its source.
  const rows = await page.locator('.lv-row').evaluateAll((all) => all.map((r) => ({ key: r.dataset.lever, text: r.textContent, field: !!r.querySelector('input[type=number][aria-label], select[aria-label]') })));
  const counted = await page.locator('.lv-group > summary > .fine').allTextContents();
  assert.ok(rows.length > 100 && counted.length >= 10, `${rows.length} levers of ${counted.length} kinds`);
  assert.equal(counted.reduce((sum, n) => sum + Number(n), 0), rows.length, 'the kinds count what they hold');
  for (const { key, text, field } of rows) {
    assert.ok(!text.includes(key) && !/[a-z]_[a-z]/.test(text), `no key is shown: ${text}`);
    assert.ok(/default |not set/.test(text) && /moves /.test(text) && field, text);
    assert.ok(key.includes('.') === text.includes('Source'), `source: ${text}`);
  }
  assert.equal(rows.filter((r) => /default set by you/.test(r.text) && /sector report/.test(r.text)).length, 0, 'a claim has a source');
  assert.equal(await set(page), 0);
  assert.ok(await page.locator('#lever-reset-all').isDisabled());

  // Found by its words, turned, marked: the quick figures follow, and clusters add up.
  const before = await quick(page, 0);
  await page.locator('#lever-search').fill('recovery rate');
  await eventually(async () => assert.equal(await page.locator('.lv-row').count(), 1));
  await type(page, 'recovery_rate', 83.6);
  await page.locator('.lv-row.is-set[data-lever=recovery_rate]').waitFor();
  assert.match(await lever(page, 'recovery_rate').innerText(), /83\.6 %.*76\.0 %/s, 'both the value and the default');
  await quickSettled(page);
  await eventually(async () => {
    const after = await quick(page, 0);
    // 83.6 % is a tenth more than 76 %.
    after.forEach((t, i) => assert.ok(Math.abs(t / before[i] - 1.1) < 2e-3, `${t} after ${before[i]}`));
    assert.ok(Math.abs(after[0] + after[1] + after[2] - after[3]) <= 2, `clusters add up: ${after}`);
  });
  const change = numbers(await page.locator('#quick tbody tr').first().locator('td').last().locator('small').innerText())[0];
  assert.ok(Math.abs(change - before[3] / 10) <= 0.01 * change, `${change} more than ${before[3]}`);
  assert.equal(await set(page), 1);

  // Out of its range it is told, and stays.
  await page.locator('#lever-search').fill('');
  await opened(page, CARBON);
  await type(page, CARBON, 180);
  await eventually(async () => assert.equal(await set(page), 2));
  await type(page, CARBON, 5000);
  const refused = lever(page, CARBON).locator('.refused');
  await refused.waitFor();
  assert.match(await refused.innerText(), /^Price of carbon: 5,000 yuan.*outside 0 yuan.* to 1,050 yuan.*stays/);
  assert.equal(await lever(page, CARBON).locator('input[type=number]').inputValue(), '180', 'the field tells what is in force');
  await type(page, CARBON, 200);
  await refused.waitFor({ state: 'detached' });

  // By keyboard, a step of the slider; undo takes back one thing at a time.
  const slider = lever(page, CARBON).locator('input[type=range]');
  const step = Number(await slider.getAttribute('step'));
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  const carbon = lever(page, CARBON).locator('input[type=number]');
  await eventually(async () => assert.equal(Number(await carbon.inputValue()), 200 + step));
  await undo(page);
  await eventually(async () => assert.equal(Number(await carbon.inputValue()), 200));
  await undo(page);
  await eventually(async () => assert.equal(Number(await carbon.inputValue()), 180));

  // Only what is set; nothing that fits; a ban; what must be set first.
  await page.locator('#lever-only-set').check();
  await eventually(async () => assert.deepEqual(await page.locator('.lv-row').evaluateAll((all) => all.map((r) => r.dataset.lever)), ['recovery_rate', CARBON]));
  await page.locator('#lever-only-set').uncheck();
  await page.locator('#lever-search').fill('no such lever');
  await page.locator('#levers').getByRole('status').waitFor();
  await page.locator('#lever-search').fill('');
  await opened(page, 'policy.pickup_cost.all');
  assert.match(await lever(page, 'policy.pickup_cost.all').innerText(), /nothing happens until Online booking/);
  await type(page, 'policy.pickup_radius.all', 15);
  await eventually(async () => assert.doesNotMatch(await lever(page, 'policy.pickup_cost.all').innerText(), /nothing happens/));
  await opened(page, 'policy.mode.all.rail');
  await lever(page, 'policy.mode.all.rail').locator('select').selectOption({ label: 'banned' });
  await eventually(async () => assert.match(await lever(page, 'policy.mode.all.rail').innerText(), /banned.*set by you/s));
  assert.equal(await set(page), 4);

  // An upgrade costs its capacity times what the levers say; the bill adds up and knows the budget.
  const mark = async (id) => {
    await page.locator('#plant-search').fill(id);
    await eventually(async () => assert.equal(await page.locator('#plant-select option').count(), 1));
    await page.locator('#plant-technology').selectOption({ label: 'Smart smelting' });
    await eventually(async () => assert.match(await page.locator('#lever-plants').innerText(), /Smart smelting, energy saved.*28 %/s));
    await page.locator('#plant-mark').click();
  };
  await mark('SM006');
  // 400 kt of capacity, 600 yuan once and 40 a year for each tonne.
  await eventually(async () => assert.deepEqual(numbers(await bill(page)), [240, 16]));
  await mark('SM004');
  await eventually(async () => assert.deepEqual(numbers(await bill(page)), [336, 22.4]));
  assert.equal(await page.locator('#plants-marked li').count(), 2);
  await opened(page, 'policy.budget.all');
  await type(page, 'policy.budget.all', 0.5);
  await eventually(async () => assert.match(await bill(page), /164 m yuan are left/));
  await type(page, 'policy.budget.all', 0.3);
  await eventually(async () => assert.match(await bill(page), /exceeded by 36(\.0)? m yuan/));
  await opened(page, 'technology.smart_smelting.all.investment');
  assert.doesNotMatch(await lever(page, 'technology.smart_smelting.all.energy_cut').innerText(), /nothing happens/);

  // A merger is refused in words, then done in one step: the one that stays can do what both could.
  const choose = async (id, words) => page.locator(`#merger-${id}`).selectOption({ label: words });
  const QINGPU = 'Shanghai Yongmaotai, Qingpu';
  const GUANGDE = 'Anhui Yongmaotai Aluminium, Guangde';
  const told = page.locator('#lever-merger .refused');
  assert.ok(await page.locator('#merger-do').isDisabled(), 'nothing is chosen yet');
  await choose('keeps', GUANGDE);
  for (const [closes, words] of [
    [GUANGDE, /itself/],
    ['Tianjin Ziya Economic-Technological Development Area', /two hubs or two smelters/],
    ['Anhui Nandu Huabo New Materials, Jieshou', /different units/],
    ['Anhui Huabo Recycling, Jieshou', /does not take a metal/],
  ]) {
    await choose('closes', closes);
    await told.waitFor({ state: 'detached' });
    await page.locator('#merger-do').click();
    await eventually(async () => assert.match(await told.innerText(), words));
  }
  const offered = await page.locator('#merger-keeps option').count();
  await choose('closes', QINGPU);
  await page.locator('#merger-do').click();
  await eventually(async () => assert.equal(await page.locator('#merger-keeps option').count(), offered - 1));
  assert.equal(await page.locator('#merger-closes option', { hasText: QINGPU }).count(), 0, 'a closed plant is not offered');
  // 220 kt now.
  await eventually(async () => assert.match(await bill(page), /^Bill: 372 m yuan once, 24\.8 m yuan/));
  await undo(page);
  await eventually(async () => assert.equal(await page.locator('#merger-keeps option').count(), offered));
  assert.match(await bill(page), /^Bill: 336 m yuan/);
  await page.locator('#plants-marked li button').first().click();
  await eventually(async () => assert.equal(await page.locator('#plants-marked li').count(), 1));

  await assertAccessible(page, { within: 'main.compare' });

  // Everything is put back at once; the figures are the first ones again.
  assert.equal(await set(page), 6);
  await page.locator('#lever-reset-all').click();
  await eventually(async () => assert.equal(await set(page), 0));
  assert.equal(await page.locator('.lv-row.is-set, #plants-marked li').count(), 0);
  await quickSettled(page);
  await eventually(async () => assert.deepEqual(await quick(page, 0), before));

  // The goal and contracts are elsewhere, and this leads there.
  await page.locator('.lv-contracts button').click();
  await page.locator('#balance-tab').waitFor();
});

test('levers on a dark phone, in Chinese', async () => {
  const page = await openApp({ lang: 'zh', theme: 'dark', width: 390, height: 844, isMobile: true, hasTouch: true });
  await openLevers(page);
  await page.locator('#lever-search').fill('补贴');
  await eventually(async () => assert.ok((await page.locator('.lv-row:visible').count()) >= 10, 'what is found is open'));
  const names = await page.locator('.lv-row').evaluateAll((all) => all.map((r) => r.querySelector('.lv-name').innerText));
  assert.ok(names.every((n) => /补贴/.test(n)), names.join('; '));
  const cost = await quick(page, 4);
  await type(page, 'policy.subsidy.Al.yrd', 2000);
  await page.locator('.lv-row.is-set').waitFor();
  await quickSettled(page);
  await eventually(async () => assert.ok((await quick(page, 4))[3] < cost[3], 'a subsidy lowers the cost'));
  await type(page, 'policy.subsidy.Al.yrd', -5);
  assert.match(await page.locator('.lv-row .refused').innerText(), /超出 0 .*至 4,000 .*保持原值/);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `nothing is wider than the phone: ${wide}`);
  const small = await page.locator('.lv-row input[type=number]:visible, .lv-row select:visible, .lv-tools .btn:visible').evaluateAll((all) => all.filter((e) => e.getBoundingClientRect().height < 44).length);
  assert.equal(small, 0, 'a finger finds every field');
  await assertAccessible(page, { within: 'main.compare' });
  await page.locator('#language-button').click();
  await eventually(async () => assert.equal(await page.locator('#levers-title').innerText(), 'All levers'));
  await page.locator('#lever-search').fill('');
  assert.equal(await lever(page, 'policy.subsidy.Al.yrd').locator('input[type=number]').inputValue(), '2000');
});
