// What people do with the map, from the first visit to a changed plan.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { guardEach, openApp, search, turned } from './harness.mjs';

guardEach();

/// The middle of the map, in page pixels.
async function middle(page) {
  const box = await page.locator('#map').boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/// Waits until the figures belong to the plan on the screen.
async function settled(page) {
  await page.locator('.figures:not(.stale)').waitFor();
}

/// Places a collection point in the middle of the map near a town of northern Anhui.
async function placePoint(page) {
  await search(page, 'Bengbu');
  await page.keyboard.press('c');
  const { x, y } = await middle(page);
  await page.mouse.click(x + 60, y - 40);
  await page.getByRole('region', { name: 'Selected facility' }).waitFor();
  await settled(page);
  return { x: x + 60, y: y - 40 };
}

test('the first screen names the three clusters and shows their figures', async () => {
  const page = await openApp({ lang: 'en' });
  for (const name of ['Yangtze Delta', 'Pearl River Delta', 'Bohai Rim']) {
    assert.ok(await page.locator('.start').getByText(name, { exact: true }).isVisible(), name);
  }
  assert.equal(await page.locator('.figures .figure').count(), 10);
  const collected = await page.locator('.figures .figure').first().locator('.sum .value').innerText();
  assert.match(collected, /^\d,\d{3}$/, 'kt a year, all clusters');
});

test('the first visit follows the browser, and the language can be switched and is remembered', async () => {
  const page = await openApp({ lang: 'zh' });
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-CN');
  await page.getByRole('heading', { name: /^再生有色金属/ }).waitFor();
  await page.getByRole('button', { name: /Switch to English/ }).click();
  await page.getByRole('heading', { name: 'Recycled metals, three clusters' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  await page.reload();
  await page.waitForState('ready');
  await page.getByRole('heading', { name: 'Recycled metals, three clusters' }).waitFor();
});

test('placing a point shows its catchment, its way and what changes; undo takes it back', async () => {
  const page = await openApp({ lang: 'en' });
  await placePoint(page);
  const card = page.getByRole('region', { name: 'Selected facility' });
  assert.match(await card.locator('.cell', { hasText: 'People served' }).innerText(), /[1-9]/);
  const legs = page.locator('.route table.plain tbody tr');
  assert.equal(await legs.count(), 2, 'aluminium goes over a hub to a smelter');
  assert.ok((await page.locator('.figures .change').count()) > 0, 'some figure has changed');
  assert.ok(await page.getByText('baseline: 1').isVisible());

  await page.keyboard.press('Control+z');
  await page.locator('.card').waitFor({ state: 'detached' });
  await settled(page);
  assert.equal(await page.locator('.figures .change').count(), 0, 'the baseline again');
  await page.getByRole('button', { name: 'Redo' }).click();
  await page.locator('.figures .change').first().waitFor();
});

test('dragging a point moves it, and Esc puts it back', async () => {
  const page = await openApp({ lang: 'en' });
  const at = await placePoint(page);
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  for (let i = 1; i <= 12; i += 1) await page.mouse.move(at.x + 6 * i, at.y + 3 * i);
  await page.mouse.up();
  await page.getByText('baseline: 2').waitFor();
  await settled(page);
  assert.match(await page.locator('.edits').innerText(), /Moved New point 1/);

  await page.keyboard.press('m');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await settled(page);
  assert.ok(await page.getByText('baseline: 2').isVisible(), 'Esc has put it back');
});

test('a hub can be placed, a baseline hub closed and reopened', async () => {
  const page = await openApp({ lang: 'en' });
  await search(page, 'Bengbu');
  await page.keyboard.press('h');
  const { x, y } = await middle(page);
  await page.mouse.click(x - 50, y + 50);
  await settled(page);
  await page.locator('.edits', { hasText: 'New hub 1' }).waitFor();
  await search(page, 'HB001');
  await page.getByRole('button', { name: 'Close', exact: true }).last().click();
  await page.getByText('Closed, takes nothing').first().waitFor();
  await page.getByRole('button', { name: 'Reopen' }).click();
  await settled(page);
  await page.getByText('baseline: 3').waitFor();
});

test('search finds places, plants and commands in both languages', async () => {
  const page = await openApp({ lang: 'en' });
  for (const [typed, found] of [['佛山', 'Foshan'], ['SM063', 'Tianjin Toho'], ['undo', 'Undo']]) {
    await page.keyboard.press('Control+k');
    await page.locator('#palette-field').fill(typed);
    await page.getByRole('option').filter({ hasText: found }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.palette').waitFor({ state: 'detached' });
  }
  await page.keyboard.press('Control+k');
  await page.locator('#palette-field').fill('no such place');
  await page.getByText('Nothing is called').waitFor();
  await page.keyboard.press('Escape');
});

test('everything of a first plan works with the keyboard alone', async () => {
  const page = await openApp({ lang: 'en', reducedMotion: 'reduce' });
  await search(page, 'Fuyang');
  await page.keyboard.press('c');
  assert.equal(await page.evaluate(() => document.activeElement.closest('#map') !== null), true, 'the map has the focus');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Selected facility' }).waitFor();
  await page.keyboard.press('m');
  for (let i = 0; i < 5; i += 1) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByText('baseline: 2').waitFor();
  await page.keyboard.press('Delete');
  await page.locator('.card').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await settled(page);
  assert.equal(await page.locator('.figures .change').count(), 0);
});

test('every figure says where it comes from', async () => {
  const page = await openApp({ lang: 'en' });
  const whys = page.locator('.figure .why');
  for (let i = 0; i < (await whys.count()); i += 1) {
    await whys.nth(i).click();
    const because = page.locator('.because');
    await because.waitFor();
    assert.ok((await because.locator('.inputs tr').count()) >= 1, 'parameters with their sources');
    await whys.nth(i).click();
  }
  await page.getByRole('button', { name: 'Sources', exact: true }).click();
  await page.getByText('freight.cost.all.truck_full', { exact: true }).waitFor();
  await page.getByRole('tab', { name: 'Data and licences' }).click();
  await page.getByText('OpenStreetMap contributors').first().waitFor();
});

test('levers change the figures and say whose value it is', async () => {
  const page = await openApp({ lang: 'en' });
  await page.getByLabel('Recovery rate').fill('0.85');
  await page.getByText('set by you').first().waitFor();
  await settled(page);
  await page.locator('.figure', { hasText: 'Collected' }).locator('.change').first().waitFor();
  await page.getByRole('button', { name: 'Back to default' }).click();
  await settled(page);
  assert.equal(await page.locator('.figures .change').count(), 0);
});

test('a scenario is saved as a file and opened again; a bad file loses nothing', async () => {
  const page = await openApp({ lang: 'en' });
  await placePoint(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save file' }).click()]);
  const text = await readFile(await download.path(), 'utf8');
  const saved = JSON.parse(text);
  assert.equal(saved.edits.length, 1);

  const bad = path.join(tmpdir(), `loop-atlas-bad-${process.pid}.json`);
  await writeFile(bad, '{ "format": "loop-atlas-scenario", "version": 1, "edits": [{"close":{"id":"nobody"}}, ' + JSON.stringify(saved.edits[0]) + '] }');
  await page.locator('#scenario-file').setInputFiles(bad);
  await page.getByRole('alert').filter({ hasText: 'does not exist' }).waitFor();
  await page.getByText('baseline: 1').waitFor();
  await writeFile(bad, 'not json');
  await page.locator('#scenario-file').setInputFiles(bad);
  await page.getByRole('alert').filter({ hasText: 'not valid JSON' }).waitFor();
  assert.ok(await page.getByText('baseline: 1').isVisible(), 'the plan is still there');
});

test('the table twin lists what is on the map and leads to it', async () => {
  const page = await openApp({ lang: 'en' });
  await page.getByRole('button', { name: 'View table' }).click();
  await page.locator('.twin input[type=search]').fill('SM055');
  await page.locator('.twin tbody button').first().click();
  await page.getByRole('region', { name: 'Selected facility' }).getByText('smelter').first().waitFor();
});

test('a phone shows the clusters, the map and one sheet', async () => {
  const page = await openApp({ lang: 'zh', width: 390, height: 844, hasTouch: true, isMobile: true });
  for (const name of ['长三角', '珠三角', '环渤海']) {
    assert.ok(await page.locator('.start').getByText(name, { exact: true }).isVisible(), name);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `nothing is wider than the phone: ${wide}`);
  await page.getByRole('button', { name: '结果' }).click();
  await page.locator('.figures').waitFor();
  await page.getByRole('button', { name: '拉高' }).click();
  await page.getByRole('button', { name: '图例' }).waitFor();
});

for (const [lang, theme, width, height] of [['zh', 'light', 1440, 900], ['en', 'light', 390, 844]]) {
  test(`axe finds nothing: ${lang}, ${theme}, ${width} px`, async () => {
    const page = await openApp({ lang, theme, width, height });
    await assertAccessible(page);
    await page.getByRole('navigation').getByRole('button', { name: lang === 'zh' ? '来源' : 'Sources' }).click();
    await page.locator('.sources tbody tr').first().waitFor();
    await assertAccessible(page);
    if (width < 760) return;
    await turned(page);
    await assertAccessible(page);
    await page.getByRole('navigation').getByRole('button', { name: 'Plan', exact: true }).click();
    await page.locator('#map').waitFor();
    await assertAccessible(page);
  });
}

test('axe finds nothing while a point is selected and the search box is open', async () => {
  const page = await openApp({ lang: 'en' });
  await placePoint(page);
  await page.locator('.figure .why').first().click();
  await assertAccessible(page);
  await page.keyboard.press('Control+k');
  await page.locator('#palette-field').fill('fo');
  await assertAccessible(page);
});

for (const [what, override, words] of [
  ['missing', { match: /network\.pack/, status: 404 }, /not on this host/],
  ['truncated', { match: /network\.pack/, truncate: 100_000 }, /cut short/],
  ['truncated first', { match: /first\.pack/, truncate: 50_000 }, /cut short/],
  ['another page instead', { match: /first\.pack/, body: '<!doctype html>' }, /no region pack/],
]) {
  test(`a pack that is ${what} is told with its remedy`, async () => {
    const page = await openApp({ lang: 'en', overrides: [override], until: null });
    page.allow(/\.pack/);
    await page.waitForState('error').catch(() => {});
    await page.getByRole('alert').filter({ hasText: words }).waitFor();
    await page.getByRole('button', { name: 'Reload' }).waitFor();
  });
}

test('a pack of another version is told with its remedy', async () => {
  const bytes = Buffer.from(await readFile(new URL('../../data/pack/first.pack', import.meta.url)));
  bytes.writeUInt32LE(99, 8);
  const page = await openApp({ lang: 'en', overrides: [{ match: /first\.pack/, body: bytes }], until: null });
  await page.getByRole('alert').filter({ hasText: /another version/ }).waitFor();
});
