// For everyone: twice the size, without a mouse, without motion.

import assert from 'node:assert/strict';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp, search } from './harness.mjs';

guardEach();

/// Presses Tab until something has the focus; fails where that is not within reach.
async function tabTo(page, selector, most = 80) {
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  assert.fail(`${selector} is not reached by ${most} presses of Tab`);
}

/// The longest transition or animation of anything on the page, in seconds, and what has it.
const motion = (page) =>
  page.evaluate(() => {
    let longest = [0, ''];
    for (const element of document.querySelectorAll('*')) {
      for (const part of [undefined, '::before', '::after']) {
        const { transitionDuration, animationDuration } = getComputedStyle(element, part);
        for (const time of `${transitionDuration}, ${animationDuration}`.split(', ')) {
          const seconds = Number.parseFloat(time) * (time.endsWith('ms') ? 0.001 : 1);
          if (seconds > longest[0]) longest = [seconds, element.outerHTML.slice(0, 120)];
        }
      }
    }
    return longest;
  });

test('at 200 % everything can be read and reached, in both themes and languages, and nothing moves where the system says so', async () => {
  const page = await openApp({ lang: 'en', width: 720, height: 450, context: { deviceScaleFactor: 2 } });
  const look = async (name) => {
    try {
      await assertAccessible(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${wide} px too wide`);
    } catch (error) {
      error.message = `${name}: ${error.message}`;
      throw error;
    }
  };
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  const next = async (wanted) => {
    await page.locator('#theme-button').click();
    await eventually(async () => assert.equal(await theme(), wanted));
  };
  const open = (row) => page.locator('nav.tabs button').nth(row).click();
  await look('plan, light, English');
  await next('dark');
  await look('plan, dark, English');
  await page.locator('nav.tabs button').last().click();
  await page.locator('main.sources').waitFor();
  await look('sources, dark, English');
  await page.locator('#language-button').click();
  await eventually(async () => assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-CN'));
  await next('projector');
  await next('light');
  await look('sources, light, Chinese');
  await open(0);
  await page.locator('.figures').first().waitFor({ state: 'attached' });
  await look('plan, light, Chinese');

  await page.emulateMedia({ reducedMotion: 'reduce' });
  await eventually(async () => assert.deepEqual(await motion(page), [0, '']));
});

test('a point is placed and its effect read without a mouse', async () => {
  const page = await openApp({ lang: 'en' });
  // The search box leads to a place; the tool is reached by Tab.
  await search(page, 'Bengbu');
  await tabTo(page, '#tool-C');
  const ring = await page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
    return [outlineStyle, Number.parseFloat(outlineWidth)];
  });
  assert.ok(ring[0] !== 'none' && ring[1] >= 2, `the focus is seen: ${ring}`);
  await page.keyboard.press('Enter');
  await eventually(async () => assert.ok(await page.evaluate(() => document.activeElement.closest('#map') !== null), 'the map has the focus'));
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Selected facility' }).waitFor();
  await page.locator('.figures:not(.stale)').waitFor();
  await page.locator('.figures .change').first().waitFor();
  // What opens the explanation of a figure is within reach too, and Enter opens it.
  await tabTo(page, '#figures .why', 140);
  await page.keyboard.press('Enter');
  await eventually(async () => assert.ok(await page.evaluate(() => document.activeElement.getAttribute('aria-expanded') === 'true')));
  // Everything that can be used has a name.
  const nameless = await page.evaluate(() =>
    [...document.querySelectorAll('button, a[href], input, select, textarea, [role=application]')]
      .filter((e) => e.checkVisibility() && !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length || e.getAttribute('aria-labelledby') || e.title))
      .map((e) => e.outerHTML.slice(0, 120)),
  );
  assert.deepEqual(nameless, []);
});
