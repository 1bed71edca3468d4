// Ways between two places: asked by keyboard, found by several modes, explained leg by leg.

import assert from 'node:assert/strict';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp } from './harness.mjs';

guardEach();

/** Opens the panel with R and sets both ends by typing. */
async function ask(page, from, to) {
  await page.keyboard.press('r');
  for (const [field, text] of [['#journey-from', from], ['#journey-to', to]]) {
    await page.locator(field).fill(text);
    await page.locator(`${field}-hits li`).first().waitFor();
    await page.locator(field).press('Enter');
  }
}

test('a way by several modes, its alternatives and its legs', async () => {
  const page = await openApp({ lang: 'en' });
  await ask(page, 'Shenyang', 'Foshan');
  const cards = page.locator('.way-card');
  await cards.first().waitFor();
  await eventually(async () => assert.ok((await cards.count()) >= 2, 'alternatives'));
  await eventually(async () => assert.match(await cards.first().innerText(), /ship|rail|barge/i));
  // The legs add up to the total, to the rounding of what is shown.
  const column = (n) => page.locator(`.legs tbody tr:not(.ends) td:nth-child(${n})`).allInnerTexts();
  const number = (text) => Number(text.replace(/,/g, ''));
  const sum = (await column(2)).map(number).reduce((a, b) => a + b, 0);
  const total = number(await page.locator('.legs tfoot td').first().innerText());
  assert.ok(Math.abs(sum / total - 1) < 0.01, `${sum} against ${total}`);
  // Another one is chosen: it is marked, and its legs are shown.
  const before = await page.locator('.legs').innerText();
  await cards.nth(1).click();
  await page.waitForFunction((old) => document.querySelector('.legs')?.innerText !== old, before);
  await eventually(async () => assert.equal(await cards.nth(1).getAttribute('aria-pressed'), 'true'));
  // Where the figures come from, down to the row.
  await page.locator('details.because summary').click();
  await eventually(async () => assert.match(await page.locator('details.because').innerText(), /parameters\.csv, line \d+/));
  await assertAccessible(page);
});

test('modes and aims change the way, and an impossible question says what to do', async () => {
  const page = await openApp({ lang: 'zh' });
  await ask(page, '北京', '上海');
  await page.locator('.way-card').first().waitFor();
  const chain = () => page.locator('.way-card .chain').first().innerText();
  await page.getByRole('button', { name: '时间' }).click();
  await page.waitForFunction(() => document.querySelector('.way-card .chain')?.textContent === '公路');
  await page.getByRole('button', { name: 'CO₂', exact: true }).click();
  await page.waitForFunction(() => document.querySelector('.way-card .chain')?.textContent !== '公路');
  await eventually(async () => assert.match(await chain(), /铁路|海运|内河/));
  for (const mode of ['公路', '铁路', '内河', '海运']) {
    await page.locator('.modes').getByRole('button', { name: mode }).click();
  }
  await page.getByText('请在公路、铁路、内河、海运中至少选一种').waitFor();
  await page.locator('.modes').getByRole('button', { name: '铁路' }).click();
  await page.locator('.way-card').first().waitFor();
  await eventually(async () => assert.match(await chain(), /铁路/));
  await page.keyboard.press('Escape');
});

test('on a phone the panel fits and nothing is cut', async () => {
  const page = await openApp({ lang: 'zh', width: 390, height: 844, hasTouch: true, isMobile: true });
  await page.locator('#tool-R').tap();
  await page.locator('#journey-from').fill('广州');
  await page.locator('#journey-from-hits li').first().tap();
  await page.locator('#journey-to').fill('武汉');
  await page.locator('#journey-to-hits li').first().tap();
  await page.locator('.way-card').first().waitFor();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(wide, false, 'no sideways scrolling');
});
