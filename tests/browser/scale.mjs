// A hundred thousand collection points and ten thousand hubs in the page: does it load, draw and answer without freezing?

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { milliseconds, table } from './figures.mjs';
import { DIST, openApp } from './harness.mjs';
import { withSection } from './pack.mjs';

const POINTS = 100_000;
const HUBS = 10_000;
const ROOT = path.resolve(DIST, '..');

/// Copies of a table's rows with ids of their own, each a little aside of its model.
async function copies(file, prefix, count) {
  const [head, ...rows] = (await readFile(path.join(ROOT, file), 'utf8')).trimEnd().split('\n');
  const columns = head.split(',');
  const [id, lon, lat] = ['id', 'lon', 'lat'].map((name) => columns.indexOf(name));
  const plain = rows.filter((row) => !row.includes('"') && row.split(',').length === columns.length);
  const made = Array.from({ length: count }, (_, i) => {
    const cells = plain[i % plain.length].split(',');
    const turn = Math.floor(i / plain.length);
    cells[id] = `${prefix}${String(i).padStart(6, '0')}`;
    cells[lon] = (Number(cells[lon]) + 0.05 * Math.cos(turn) * Math.sqrt(turn / 8)).toFixed(5);
    cells[lat] = (Number(cells[lat]) + 0.05 * Math.sin(turn) * Math.sqrt(turn / 8)).toFixed(5);
    return cells.join(',');
  });
  return [head, ...made].join('\n');
}

/// Prints what loading and a drag take, and the longest task of the page's thread after loading.
export async function printScale() {
  let pack = await readFile(path.join(DIST, 'pack/first.pack'));
  pack = withSection(pack, 'points', await copies('data/built/points.csv', 'CP', POINTS));
  pack = withSection(pack, 'hubs', await copies('data/tables/hubs.csv', 'HB', HUBS));
  const began = Date.now();
  const page = await openApp({ lang: 'en', overrides: [{ match: 'pack/first.pack', body: pack }] });
  const ready = Date.now() - began;
  await page.locator('#coverage-tab').click();
  await page.locator('#coverage-share').waitFor({ timeout: 120_000 });
  const surveyed = Date.now() - began;
  await page.evaluate(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((e) => e.duration))).observe({ type: 'longtask' });
  });
  await page.keyboard.press('Control+k');
  await page.locator('#palette-field').fill('Bengbu');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(2000);
  const zoomed = await page.evaluate(() => window.longTasks.splice(0));
  const box = await page.locator('#map').boundingBox();
  const [x, y] = [box.x + box.width / 2 + 40, box.y + box.height / 2 - 30];
  await page.keyboard.press('c');
  await page.mouse.click(x, y);
  await page.locator('.card').waitFor();
  await page.waitForTimeout(3000);
  const placed = await page.evaluate(() => window.longTasks.splice(0));
  const moves = 40;
  await page.mouse.move(x, y);
  await page.mouse.down();
  const start = Date.now();
  for (let i = 1; i <= moves; i += 1) await page.mouse.move(x + i, y + i / 2);
  const drag = (Date.now() - start) / moves;
  await page.mouse.up();
  await page.waitForTimeout(1000);
  const dragged = await page.evaluate(() => window.longTasks.splice(0));
  const heap = await page.evaluate(() => performance.memory?.usedJSHeapSize ?? 0);
  const longest = (all) => `${all.length}, longest ${milliseconds(Math.max(0, ...all))}`;
  console.log(`\nScale: ${POINTS} collection points and ${HUBS} hubs, generated, in the page, drawn in software`);
  console.log(
    table(['', 'value'], [
      ['until the first result', milliseconds(ready)],
      ['until catchments and coverage are there', milliseconds(surveyed)],
      ['a move of a drag, from the pointer on', milliseconds(drag)],
      ['tasks over 50 ms while flying to a town', longest(zoomed)],
      ['tasks over 50 ms after placing a point', longest(placed)],
      ['tasks over 50 ms in a drag of 40 moves', longest(dragged)],
      ['memory of the page, without Wasm', `${(heap / 1048576).toFixed(0)} MB`],
    ]),
  );
  for (const { kind, text } of page.problems()) console.log(`  ${kind}: ${text}`);
  await page.context().close();
}
