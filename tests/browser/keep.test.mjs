// Many scenarios are kept, deleted and brought back; history; a link holds everything, opens beside what is there, and a broken one
// says so; a frame in another page only shows.

import assert from 'node:assert/strict';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp } from './harness.mjs';

guardEach();

const lever = (page) => page.getByLabel('Recovery rate').inputValue();
const change = (page, value) => page.getByLabel('Recovery rate').fill(value);
const name = (page) => page.locator('.title').inputValue();
const saved = (page) => page.locator('.saving', { hasText: /^Saved, / }).waitFor();
const holds = (read, page, value) => eventually(async () => assert.equal(await read(page), value));

async function rename(page, value) {
  await page.locator('.title').fill(value);
  await page.locator('.title').press('Tab');
  await holds(name, page, value);
}

const listed = (page) => page.locator('.shelf li > b').allInnerTexts();

const holdsList = (page, wanted) =>
  eventually(async () => assert.deepEqual((await listed(page)).sort(), [...wanted].sort()));

async function openLibrary(page) {
  await page.locator('#library-button').click();
  await page.locator('#library').waitFor();
}

async function reload(page) {
  await page.reload();
  await page.waitForState('ready');
}

test('scenarios are kept beside one another, copied, renamed, deleted, brought back; the history jumps', async () => {
  const page = await openApp({ lang: 'en' });
  await change(page, '0.85');
  await rename(page, 'One');
  await page.locator('#about summary').click();
  await page.locator('#about-note').fill('<b>for the review</b>');
  await page.locator('#about-author').fill('Wang & Li');
  await page.locator('#about-author').press('Tab');
  await saved(page);

  await openLibrary(page);
  await holdsList(page, ['One']);
  assert.equal(await page.locator('.shelf .note').innerText(), '<b>for the review</b>');
  await page.getByRole('button', { name: 'New scenario' }).click();
  await page.locator('#library').waitFor({ state: 'detached' });
  await holds(lever, page, '0.76');
  await change(page, '0.6');
  await rename(page, 'Two');
  await saved(page);
  await openLibrary(page);
  await page.getByRole('button', { name: 'Make a copy: One' }).click();
  await holds(name, page, 'One (copy)');
  assert.equal(await lever(page), '0.85');
  await openLibrary(page);
  await holdsList(page, ['One', 'Two', 'One (copy)']);
  await page.getByRole('button', { name: 'Rename: Two' }).click();
  await page.locator('#library-name').fill('Second');
  await page.locator('#library-name').press('Enter');
  await holdsList(page, ['One', 'Second', 'One (copy)']);
  await page.getByRole('button', { name: 'Delete: One', exact: true }).click();
  await page.getByRole('button', { name: 'Delete: One (copy)' }).click();
  await holdsList(page, ['Second']);
  await page.locator('#library-undelete').click();
  await holdsList(page, ['Second', 'One (copy)']);
  await assertAccessible(page, { within: '#library' });
  await page.keyboard.press('Escape');
  await page.locator('#library').waitFor({ state: 'detached' });
  await holds(name, page, 'One (copy)');

  // Every step is there in words; a click goes there, also forward.
  await change(page, '0.9');
  await change(page, '0.95');
  await page.locator('#history summary').click();
  const steps = page.locator('#history li');
  await eventually(async () => assert.ok((await steps.count()) >= 3));
  const last = (await steps.count()) - 1;
  await steps.nth(last).getByRole('button').click();
  await holds(lever, page, '0.85');
  assert.ok((await page.locator('#history li.undone').count()) >= 2);
  await assertAccessible(page, { within: '.drawer.left' });
  await steps.first().getByRole('button').click();
  await holds(lever, page, '0.95');
  assert.equal(await page.locator('#history [aria-current="step"]').count(), 1);
  await saved(page);

  await reload(page);
  await holds(name, page, 'One (copy)');
  await holds(lever, page, '0.95');
  await openLibrary(page);
  await holdsList(page, ['Second', 'One (copy)']);
  await page.getByRole('button', { name: 'Open: Second' }).click();
  await holds(lever, page, '0.6');
  // Back to the other one by undo.
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await holds(lever, page, '0.95');
});

test('a link holds scenario and view, opens beside what is there, and a broken one says so', async () => {
  const page = await openApp({ lang: 'en', context: { permissions: ['clipboard-read', 'clipboard-write'] } });
  await change(page, '0.85');
  await rename(page, '苏北 "A" <1>');
  await page.getByRole('tab', { name: 'Balance' }).click();
  await page.locator('#share-open').focus();
  await page.keyboard.press('l');
  await page.locator('#share-qr').waitFor();
  const link = await page.locator('#share-link').inputValue();
  assert.ok(link.startsWith(`${page.mount.url}#s=`), link);
  assert.match(await page.locator('#share-length').innerText(), new RegExp(`${link.length} characters`));
  await page.locator('#share-link-copy').click();
  await page.getByText('Copied.').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
  await page.locator('#share-view').uncheck();
  await eventually(async () => assert.notEqual(await page.locator('#share-link').inputValue(), link));
  await page.locator('#share summary').click();
  assert.match(await page.locator('#share-embed-code').inputValue(), /^<iframe src="[^"]+embed=1[^"]+#s=[\w-]+" title="[^"<>]+"/);
  await assertAccessible(page, { within: '#share' });
  await page.keyboard.press('Escape');

  // Somebody else, who has a plan of their own.
  const other = await openApp({ lang: 'en' });
  await change(other, '0.5');
  await rename(other, 'Mine');
  await saved(other);
  await other.evaluate((hash) => { location.hash = hash; }, link.slice(link.indexOf('#')));
  await other.getByText(/Opened from a link/).waitFor();
  await holds(lever, other, '0.85');
  assert.equal(await name(other), '苏北 "A" <1>');
  await other.locator('#balance').waitFor();
  assert.equal(new URL(other.url()).hash, '');
  await saved(other);
  await openLibrary(other);
  await holdsList(other, ['Mine', '苏北 "A" <1>']);
  await other.getByRole('button', { name: 'Open: Mine' }).click();
  await holds(lever, other, '0.5');
  await saved(other);

  // A broken one, at the start: the last plan stays.
  await other.goto('about:blank');
  await other.goto(`${other.mount.url}${link.slice(link.indexOf('#'), -9)}`);
  await other.waitForState('ready');
  await other.getByRole('alert').filter({ hasText: 'link is incomplete' }).waitFor();
  await holds(name, other, 'Mine');
});

test('a frame in another page shows map and figures, and keeps nothing', async () => {
  const whole = await openApp({ lang: 'en' });
  await change(whole, '0.85');
  await rename(whole, 'Framed');
  await whole.locator('#share-open').click();
  await whole.locator('#share-link').waitFor();
  const link = await whole.locator('#share-link').inputValue();
  const page = await openApp({ lang: 'zh', width: 480, height: 320, path: `?embed=1&lang=en&theme=dark${link.slice(link.indexOf('#'))}` });
  await page.getByRole('heading', { name: 'Framed' }).waitFor();
  await page.locator('dl.embed-figures:not(.stale) .change').first().waitFor();
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  assert.equal(await page.locator('.drawer, .tools, .acts').count(), 0);
  const map = await page.locator('#map').boundingBox();
  assert.ok(map.width > 400 && map.height > 120, JSON.stringify(map));
  await assertAccessible(page);
  await page.keyboard.press('c');
  await page.keyboard.press('Control+k');
  assert.equal(await page.locator('.palette').count(), 0);
  const kept = () => page.evaluate(async () => [Object.keys(localStorage).length, (await indexedDB.databases()).length]);
  assert.deepEqual(await kept(), [0, 0]);
  const opened = page.context().waitForEvent('page');
  await page.locator('#embed-open').click();
  const next = await opened;
  await next.waitForURL(/\/$/);
  await next.waitForFunction(() => document.querySelector('.title')?.value === 'Framed', null, { timeout: 30_000 });
});
