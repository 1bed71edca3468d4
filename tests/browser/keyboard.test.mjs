// The journeys of the field with the keyboard alone: every control is reached by Tab, named for a screen reader, and worked by
// keys; the pointer is never used.

import assert from 'node:assert/strict';
import test from 'node:test';

import { eventually, guardEach, openApp } from './harness.mjs';

guardEach();

/// What has the focus, as a screen reader would say it.
const focused = (page) =>
  page.evaluate(() => {
    const e = document.activeElement;
    const labelled = e.getAttribute('aria-labelledby')?.split(' ').map((id) => document.getElementById(id)?.textContent).join(' ');
    const name = e.getAttribute('aria-label') ?? labelled ?? [...(e.labels ?? [])].map((l) => l.textContent).join(' ') ?? '';
    return { id: e.id, tag: e.localName, name: (name || e.textContent || e.title || '').trim() };
  });

/// Presses Tab until something has the focus; every stop on the way has a name.
async function tabTo(page, wanted, most = 150) {
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    assert.ok(now.tag === 'body' || now.name !== '', `a stop without a name: ${JSON.stringify(now)}`);
    if (wanted(now)) return now;
  }
  assert.fail(`never reached: ${wanted}`);
}

test('ten new points are asked for, proved and accepted with the keyboard alone', async () => {
  const page = await openApp({ lang: 'en', reducedMotion: 'reduce' });
  await page.keyboard.press('s');
  await page.locator('#siting').waitFor();
  await tabTo(page, ({ id }) => id === 'siting-count');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('10');
  await tabTo(page, ({ id }) => id === 'siting-area');
  await page.keyboard.type('Guangdong');
  await eventually(async () => assert.equal(await page.locator('#siting-area').inputValue(), '440000'));
  assert.equal(await page.locator('#siting-count').inputValue(), '10');
  await tabTo(page, ({ id }) => id === 'siting-find');
  await page.keyboard.press('Enter');
  const phase = () => page.locator('#siting-run').getAttribute('data-phase');
  await eventually(async () => assert.ok(['optimal', 'done', 'stopped'].includes(await phase())), 120_000);
  assert.equal(await page.locator('#siting-sites tr[data-site]').count(), 10);
  await tabTo(page, ({ id }) => id === 'siting-accept');
  await page.keyboard.press('Enter');
  await page.locator('#siting-accepted').waitFor();
  await tabTo(page, ({ name }) => name === 'Close siting');
  await page.keyboard.press('Enter');
  await eventually(async () => assert.equal(await page.locator('.edits li').count(), 10));
  // Accepted together, taken back together.
  await page.keyboard.press('Control+z');
  await eventually(async () => assert.equal(await page.locator('.edits li').count(), 0));
});
