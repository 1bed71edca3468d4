// Many futures: what is typed is refused or drawn, helpers join in, a long run is stopped and what is known stays; axe, both languages.

import assert from 'node:assert/strict';
import test from 'node:test';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp } from './harness.mjs';

guardEach();

/// Ways are searched once and a plan is solved in full, on a busy machine.
const PATIENCE_MS = 180_000;

test('futures are drawn by the worker and its helpers, and stopped', async () => {
  const page = await openApp({ lang: 'en', reducedMotion: 'reduce' });
  await page.locator('.tabs .tab').nth(1).click();
  await page.locator('#compare-sure-tab').click();
  const controls = page.locator('#sure-controls');
  await controls.waitFor();
  await eventually(async () => assert.deepEqual(await page.locator('#sure-plans li').allInnerTexts(), ['2025 baseline']));
  const drawn = (await page.locator('#sure-drawn').innerText()).match(/(\d+) parameters are drawn: (\d+) .* (\d+) by a default/);
  assert.ok(drawn && Number(drawn[1]) === Number(drawn[2]) + Number(drawn[3]) && Number(drawn[2]) > 50, String(drawn));
  await page.locator('#sure-drawn button').click();
  await eventually(async () => assert.equal(await page.locator('#sure-rule tbody tr').count(), 8));
  assert.match(await page.locator('#sure-rule tbody tr').first().innerText(), /published\s+± 5 %\s+± 10 %\s+± 20 %/);

  assert.equal(await controls.getAttribute('data-running'), 'false', 'an explanation draws nothing');

  // No run, no number: said in words, with what to type.
  for (const [runs, says] of [['0', /from 1/], ['many', /not a whole number/], ['20000', /10000 or fewer/]]) {
    await page.locator('#sure-runs').fill(runs);
    await page.locator('#sure-begin').click();
    await eventually(async () => assert.match(await page.locator('#sure-refused').innerText(), says));
    assert.equal(await page.locator('#sure-runs').getAttribute('aria-invalid'), 'true');
  }
  await assertAccessible(page);

  // A few runs, all of them.
  await page.locator('#sure-runs').fill('12');
  await page.locator('#sure-begin').click();
  await page.locator('#sure-controls[data-whole=true]').waitFor({ timeout: PATIENCE_MS });
  assert.match(await page.locator('#sure-made').innerText(), /^12 runs in [\d.]+ s \(workers: 1\)/);
  assert.equal(await page.locator('#sure-refused').count(), 0, 'what was refused is forgotten');

  // Very many: a helper joins in where there is a core for it; a stop keeps what is known.
  const helpers = (await page.locator('#sure-workers').count()) > 0;
  await page.locator('#sure-runs').fill('9,000');
  await page.locator('#sure-begin').click();
  const far = page.locator('#sure-far');
  await eventually(async () => assert.match(await far.innerText(), helpers ? /^\d+ of 9000 runs \(workers: [2-4]\)/ : /^\d+ of 9000 runs/), PATIENCE_MS);
  await page.locator('#sure-stop').click();
  await page.locator('#sure-controls[data-running=false]').waitFor({ timeout: PATIENCE_MS });
  const stopped = (await page.locator('#sure-made').innerText()).match(/^Stopped after (\d+) of 9000 runs/);
  assert.ok(stopped && Number(stopped[1]) > 0, String(stopped));
  assert.equal(await controls.getAttribute('data-whole'), 'false');
});
