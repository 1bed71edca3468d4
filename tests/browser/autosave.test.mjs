// The plan is kept in the browser: after every change, over reloads, beside other tabs, and without a word where there is nothing.

import assert from 'node:assert/strict';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { guardEach, openApp } from './harness.mjs';

guardEach();

const LEVER = 'Recovery rate';

async function change(page, value) {
  await page.getByLabel(LEVER).fill(value);
}

const saved = (page) => page.locator('.saving', { hasText: /^Saved, / }).waitFor();

const lever = (page) => page.getByLabel(LEVER).inputValue();

/// What a slot of the browser's storage holds.
function slot(page, name) {
  return page.evaluate(
    (key) =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open('loop-atlas');
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const get = open.result.transaction('plans').objectStore('plans').get(key);
          get.onsuccess = () => {
            open.result.close();
            resolve(get.result);
          };
          get.onerror = () => reject(get.error);
        };
      }),
    name,
  );
}

function fill(page, name, text) {
  return page.evaluate(
    ([key, value]) =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open('loop-atlas');
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const transaction = open.result.transaction('plans', 'readwrite');
          transaction.objectStore('plans').put(value, key);
          transaction.oncomplete = () => {
            open.result.close();
            resolve();
          };
        };
      }),
    [name, text],
  );
}

async function reload(page) {
  await page.reload();
  await page.waitForState('ready');
}

test('a plan comes back after a reload, and starting anew can be undone', async () => {
  const page = await openApp({ lang: 'en' });
  assert.equal(await page.locator('.kept').count(), 0, 'nothing to tell at the first visit');
  await change(page, '0.85');
  await saved(page);
  await reload(page);
  await page.getByText(/Restored your plan, saved/).waitFor();
  assert.equal(await lever(page), '0.85');
  await page.locator('.figures:not(.stale)').waitFor();
  await page.locator('.figures .change').first().waitFor();
  await assertAccessible(page, { within: '.drawer.left' });

  await page.getByRole('button', { name: 'Start anew' }).click();
  await page.getByText('Started anew').waitFor();
  assert.equal(await lever(page), '0.76');
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.equal(await lever(page), '0.85');

  await saved(page);
  await reload(page);
  await page.getByText(/Restored your plan/).waitFor();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.locator('.kept').waitFor({ state: 'detached' });
});

test('a page that is left at once loses nothing', async () => {
  const page = await openApp({ lang: 'en' });
  await change(page, '0.9');
  await reload(page);
  await page.getByText(/Restored your plan/).waitFor();
  assert.equal(await lever(page), '0.9');
  assert.equal(await page.evaluate(() => localStorage.getItem('loop-atlas-journal')), null);
  assert.match(await slot(page, 'current'), /0\.9/);
});

test('another tab\'s newer plan is not overwritten', async () => {
  const one = await openApp({ lang: 'en' });
  const two = await openApp({ lang: 'en', from: one });
  await change(one, '0.85');
  await saved(one);
  await change(two, '0.6');
  await two.getByRole('alert').filter({ hasText: 'Another tab has saved a newer plan' }).waitFor();
  await two.locator('.saving', { hasText: 'Saved beside' }).waitFor();
  assert.match(await slot(two, 'current'), /0\.85/);
  assert.match(await slot(two, 'aside'), /0\.6/);

  await reload(one);
  assert.equal(await lever(one), '0.85');
  await one.getByRole('button', { name: 'Open it' }).click();
  assert.equal(await lever(one), '0.6');
  await one.getByRole('button', { name: 'Bring it back' }).click();
  assert.equal(await lever(one), '0.85');
});

test('a damaged record stops nothing and is kept', async () => {
  const page = await openApp({ lang: 'en' });
  await change(page, '0.85');
  await saved(page);
  await fill(page, 'current', '{"format":"loop-atlas-auto');
  await reload(page);
  await page.getByRole('alert').filter({ hasText: 'cannot be read' }).waitFor();
  assert.equal(await lever(page), '0.76');
  assert.equal(await slot(page, 'damaged'), '{"format":"loop-atlas-auto');
  await change(page, '0.7');
  await saved(page);
});

test('a browser without storage says so once, and everything else works', async () => {
  const page = await openApp({ lang: 'en', until: null });
  await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }));
  await reload(page);
  assert.equal(await page.getByRole('alert').count(), 0, 'nothing to lose yet');
  await change(page, '0.85');
  await page.getByRole('alert').filter({ hasText: 'allows no storage' }).waitFor();
  await page.locator('.saving', { hasText: 'Not saved: this browser allows no storage' }).waitFor();
  await change(page, '0.8');
  await page.locator('.figures:not(.stale)').waitFor();
  assert.equal(await page.getByRole('alert').count(), 0, 'said once');
});
