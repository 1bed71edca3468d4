// The plan is kept in the browser: after every change, over reloads, beside other tabs, and without a word where there is nothing.

import assert from 'node:assert/strict';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp } from './harness.mjs';

guardEach();

const LEVER = 'Recovery rate';

async function change(page, value) {
  await page.getByLabel(LEVER).fill(value);
}

const saved = (page) => page.locator('.saving', { hasText: /^Saved, / }).waitFor();

const lever = (page) => page.getByLabel(LEVER).inputValue();

/// Everything that the browser's storage holds, by its key; `s:` and an id are scenarios.
function slots(page) {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open('loop-atlas');
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const store = open.result.transaction('plans').objectStore('plans');
          const all = {};
          store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
            if (!cursor) {
              open.result.close();
              resolve(all);
              return;
            }
            all[cursor.key] = cursor.value;
            cursor.continue();
          };
        };
      }),
  );
}

/// The records of all scenarios.
async function records(page) {
  return Object.entries(await slots(page)).filter(([key]) => key.startsWith('s:'));
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
  await eventually(async () => {
    const left = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('loop-atlas-journal')));
    assert.deepEqual(left, []);
  });
  const all = await records(page);
  assert.equal(all.length, 1);
  assert.match(all[0][1], /0\.9/);
});

test('what another tab has changed is not overwritten: a copy goes on beside it', async () => {
  const one = await openApp({ lang: 'en' });
  await change(one, '0.85');
  await saved(one);
  // The second tab opens the same scenario.
  const two = await openApp({ lang: 'en', from: one });
  await two.getByText(/Restored your plan/).waitFor();
  assert.equal(await lever(two), '0.85');
  await change(one, '0.9');
  await saved(one);
  await eventually(async () => assert.match((await records(one))[0][1], /0\.9/));
  await change(two, '0.6');
  await two.getByRole('alert').filter({ hasText: 'Another tab has changed this scenario' }).waitFor();
  await eventually(async () => assert.equal(await two.locator('.title').inputValue(), 'Untitled scenario (copy)'));
  await eventually(async () => {
    const texts = (await records(two)).map(([, text]) => text).sort();
    assert.equal(texts.length, 2);
    assert.ok(texts.some((t) => /0\.9/.test(t) && !/copy/.test(t)) && texts.some((t) => /0\.6/.test(t) && /copy/.test(t)));
  });
  // Both go on, each with its own; both are in the list of both.
  await change(one, '0.95');
  await saved(one);
  await eventually(async () => assert.ok((await records(one)).some(([, text]) => /0\.95/.test(text))));
  assert.equal((await records(one)).length, 2);
  await reload(two);
  assert.equal(await lever(two), '0.6');
  await one.locator('#library-button').click();
  await eventually(async () => assert.equal(await one.locator('.shelf li').count(), 2));
});

test('a damaged record stops nothing and is kept', async () => {
  const page = await openApp({ lang: 'en' });
  await change(page, '0.85');
  await saved(page);
  const [[key]] = await records(page);
  await fill(page, key, '{"format":"loop-atlas-auto');
  await reload(page);
  await page.getByRole('alert').filter({ hasText: 'cannot be read' }).waitFor();
  assert.equal(await lever(page), '0.76');
  const kept = await slots(page);
  assert.equal(kept[key.replace('s:', 'damaged:')], '{"format":"loop-atlas-auto');
  assert.equal(kept[key], undefined);
  await change(page, '0.7');
  await saved(page);

  // What a browser kept before there were many scenarios is there, and nothing is lost.
  const before = (rate, tab) =>
    JSON.stringify({
      format: 'loop-atlas-autosave',
      version: 1,
      saved_ms: 1790000000000,
      stamp: { tab, revision: 3 },
      scenario: JSON.stringify({ format: 'loop-atlas-scenario', version: 3, name: `old ${rate}`, edits: [], levers: { recovery_rate: rate } }),
    });
  await fill(page, 'current', before(0.65, 'a'));
  await fill(page, 'aside', before(0.55, 'b'));
  await page.evaluate(() => sessionStorage.clear());
  await reload(page);
  await page.getByText(/Restored your plan/).waitFor();
  assert.equal(await lever(page), '0.65');
  await page.locator('#library-button').click();
  await eventually(async () => {
    const names = await page.locator('.shelf li > b').allInnerTexts();
    assert.deepEqual(names.sort(), ['Untitled scenario', 'old 0.55', 'old 0.65']);
  });
  const moved = await slots(page);
  assert.ok(!('current' in moved) && !('aside' in moved));
});

test('a browser without storage says so once, and everything else works', async () => {
  const page = await openApp({ lang: 'en', until: null });
  await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }));
  await reload(page);
  assert.equal(await page.getByRole('alert').count(), 0, 'nothing to lose yet');
  await change(page, '0.85');
  await page.getByRole('alert').filter({ hasText: 'allows no storage' }).waitFor();
  await page.locator('.saving', { hasText: 'Not saved: this browser allows no storage' }).waitFor();
  // The way out is in the message itself.
  const file = page.waitForEvent('download');
  await page.getByRole('alert').getByRole('button', { name: 'Save file' }).click();
  assert.match((await file).suggestedFilename(), /\.json$/);
  await change(page, '0.8');
  await page.locator('.figures:not(.stale)').waitFor();
  assert.equal(await page.getByRole('alert').count(), 0, 'said once');
});
