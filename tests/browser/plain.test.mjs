// A browser without WebGL2: figures and tables as ever, and a plain map to work on.

import assert from 'node:assert/strict';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp, search } from './harness.mjs';

guardEach();

/// A browser whose canvases know no WebGL.
function noWebGl() {
  const known = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function getContext(kind, ...more) {
    return /^(experimental-)?webgl/.test(kind) ? null : known.call(this, kind, ...more);
  };
}

/// How many colours a picture of the map has.
const colours = (page) =>
  page.locator('canvas.plain').evaluate((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Set();
    for (let i = 0; i < data.length; i += 4) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
    return seen.size;
  });

const settled = (page) => page.locator('.figures:not(.stale)').waitFor();

test('without WebGL2 a plain map says so, and points are placed, dragged and chosen on it', async () => {
  const page = await openApp({ lang: 'en', init: noWebGl });
  page.allow(/WebGL|webgl/);
  await page.getByText('This browser has no WebGL2: a plain map stands in.').waitFor();
  await eventually(async () => assert.ok((await colours(page)) > 50, 'land, sea, catchments and symbols are drawn'));
  const map = page.locator('canvas.plain');
  const box = await map.boundingBox();
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };

  // By keyboard, near a town.
  await search(page, 'Bengbu');
  await page.keyboard.press('c');
  await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.closest('#map') !== null), true));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const card = page.getByRole('region', { name: 'Selected facility' });
  await card.waitFor();
  await settled(page);
  await page.locator('.figures .change').first().waitFor();

  // It stands in the middle, where the cross was: there it is dragged, and there it is chosen again.
  await page.keyboard.press('Escape');
  await card.waitFor({ state: 'detached' });
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  for (let i = 1; i <= 8; i += 1) await page.mouse.move(at.x - 10 * i, at.y + 5 * i);
  await page.mouse.up();
  await page.locator('.edits', { hasText: 'Moved New point 1' }).waitFor();
  await page.keyboard.press('Escape');
  await card.waitFor({ state: 'detached' });
  await page.mouse.click(at.x - 80, at.y + 40);
  await card.getByRole('heading', { name: 'New point 1' }).waitFor();

  // The map is moved by hand and zoomed by wheel and button: the scale bar follows.
  const scale = () => page.locator('.scale').first().innerText();
  const before = await scale();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await page.mouse.move(at.x + 120, at.y - 120);
  await page.mouse.wheel(0, -600);
  await eventually(async () => assert.notEqual(await scale(), before));
  await page.mouse.down();
  await page.mouse.move(at.x + 40, at.y - 40, { steps: 4 });
  await page.mouse.up();
  await assertAccessible(page);

  // Another page and back, another theme and language: the map comes again.
  await page.getByRole('button', { name: 'Sources', exact: true }).click();
  await map.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Plan', exact: true }).click();
  await page.getByRole('button', { name: /^Change theme/ }).click();
  await eventually(async () => assert.ok((await colours(page)) > 50));
  await page.getByRole('button', { name: /切换到中文/ }).first().click();
  await page.getByText('此浏览器没有 WebGL2，改用简图').waitFor();
});
