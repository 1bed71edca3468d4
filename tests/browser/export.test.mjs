// What is taken out: tables in three formats with a hostile name in them, the map as a picture, the report on paper.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { inflateRawSync } from 'node:zlib';

import { assertAccessible } from './axe.mjs';
import { eventually, guardEach, openApp } from './harness.mjs';

guardEach();

/// Software drawing at twice the screen's pixels, on a busy machine.
const PATIENCE_MS = 90_000;

/// A name that a spreadsheet would run and a page would draw.
const HOSTILE = '=HYPERLINK("http://x","<img src=x onerror=alert(1)>")';
const PLACE = [121.470_123_4, 31.230_456_7];

const SCENARIO = JSON.stringify({
  format: 'loop-atlas-scenario',
  version: 4,
  name: '+Delta / 2030',
  note: 'For the workshop of <b>May</b>',
  author: '@planner',
  edits: [{ add: { id: 'UC001', kind: 'collection_point', name: { zh: HOSTILE, en: HOSTILE }, at: PLACE } }],
  levers: { recovery_rate: 0.85 },
});

async function download(page, button) {
  const [file] = await Promise.all([page.waitForEvent('download', { timeout: PATIENCE_MS }), page.locator(button).click()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/// The rows of a CSV text by RFC 4180.
function parse(text) {
  const rows = [];
  let [row, field, quoted] = [[], '', false];
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') field += text[(i += 1)];
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',') [field] = [(row.push(field), '')];
    else if (c === '\n') {
      row.push(field.replace(/\r$/, ''));
      rows.push(row);
      [row, field] = [[], ''];
    } else field += c;
  }
  assert.deepEqual([row, field], [[], ''], 'the last line ends, too');
  return rows;
}

/// The parts of a zip archive, by name, from its central directory.
function unzip(bytes) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const parts = new Map();
  for (let i = 0, at = bytes.readUInt32LE(end + 16); i < bytes.readUInt16LE(end + 10); i += 1) {
    const [method, size, name, extra, comment, local] = [
      bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42),
    ];
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(from, from + size);
    const text = (method === 8 ? inflateRawSync(packed) : packed).toString('utf8');
    parts.set(bytes.toString('utf8', at + 46, at + 46 + name), text);
    at += 46 + name + extra + comment;
  }
  return parts;
}

/// What a picture holds: its size, and how many of some thousand of its pixels differ from each other in the map and below it.
const measure = (page, bytes) =>
  page.evaluate(async (all) => {
    const image = await createImageBitmap(new Blob([new Uint8Array(all)], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const colours = (from, to) => {
      const found = new Set();
      const [top, bottom] = [Math.round(from * image.height), Math.round(to * image.height)];
      const { data } = context.getImageData(0, top, image.width, bottom - top);
      for (let i = 0; i < data.length; i += 4 * 7) if (data[i + 3] === 255) found.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
      return found.size;
    };
    return { width: image.width, height: image.height, head: colours(0, 0.04), map: colours(0.1, 0.6), foot: colours(0.95, 1) };
  }, [...bytes]);

async function openWithScenario(options) {
  const page = await openApp(options);
  await page.locator('#scenario-file').setInputFiles({ name: 'plan.json', mimeType: 'application/json', buffer: Buffer.from(SCENARIO) });
  await page.locator('.edits li').first().waitFor();
  await page.locator('.figures:not(.stale) .change').first().waitFor({ timeout: PATIENCE_MS });
  return page;
}

test('tables, a workbook, a picture and the report are taken out, and a hostile name is harmless in all of them', async () => {
  const page = await openWithScenario({ lang: 'en' });
  await page.locator('#export-open').click();
  await page.locator('#export').waitFor();
  await page.locator('#take-indicators-csv:enabled').waitFor({ timeout: PATIENCE_MS });
  await assertAccessible(page, { within: '#export' });

  const csv = await download(page, '#take-facilities-csv');
  assert.equal(csv.name, '+Delta - 2030-facilities.csv');
  const text = csv.bytes.toString('utf8');
  assert.ok(text.startsWith('\ufeff') && text.endsWith('\r\n'), 'as spreadsheets want it');
  const [head, ...rows] = parse(text.slice(1));
  assert.ok(rows.length > 3000 && rows.every((r) => r.length === head.length));
  const told = Number((await page.locator('#export-tables tr[data-table=facilities] td').first().innerText()).replaceAll(',', ''));
  assert.equal(rows.length, told, 'as many rows as the list says');
  const mine = Object.fromEntries(rows.find((r) => r[0] === 'UC001').map((v, i) => [head[i], v]));
  assert.equal(mine.name_zh, `'${HOSTILE}`, 'a spreadsheet reads words');
  assert.deepEqual([mine.lon, mine.lat, mine.datum, mine.standing], [...PLACE.map(String), 'WGS84', 'added']);
  assert.ok(rows.flat().every((cell) => !/^[=+@\t\r]|^-(?!\d)/.test(cell)), 'nothing in it is a formula');

  const { bytes: json } = await download(page, '#take-collection_point-geojson');
  const map = JSON.parse(json.toString('utf8'));
  assert.equal(map.type, 'FeatureCollection');
  const point = map.features.find((f) => f.properties.id === 'UC001');
  assert.deepEqual(point.geometry, { type: 'Point', coordinates: PLACE });
  assert.equal(point.properties.name_zh, HOSTILE);

  const book = await download(page, '#take-all-xlsx');
  assert.equal(book.name, '+Delta - 2030-tables.xlsx');
  const parts = unzip(book.bytes);
  const sheets = [...parts.get('xl/workbook.xml').matchAll(/<sheet name="([^"]+)"/g)].map((m) => m[1]);
  assert.deepEqual(sheets, ['facilities', 'indicators', 'catchments', 'bands', 'about'], 'flows are not worked out');
  assert.ok([...parts.values()].every((xml) => !xml.includes('<f>')), 'words are words, not formulas');
  assert.ok(parts.get('xl/sharedStrings.xml').includes('=HYPERLINK('), 'and nothing is changed about them');
  assert.equal(await page.locator('#export [role=alert]').count(), 0);

  assert.ok(await page.locator('#take-flows-csv').isDisabled());
  const picture = await download(page, '#export-picture');
  assert.equal(picture.name, '+Delta - 2030-map.png');
  const seen = await measure(page, picture.bytes);
  const box = await page.locator('#map').boundingBox();
  assert.equal(seen.width, Math.round(box.width * 2), 'twice as fine as the screen');
  assert.ok(seen.height > box.height * 2 + 200, 'title and legend stand round the map');
  assert.ok(seen.map > 200 && seen.head > 20 && seen.foot > 20, `drawn, titled, credited: ${JSON.stringify(seen)}`);
  await page.locator('#export-said', { hasText: `${seen.width} × ${seen.height}` }).waitFor();
  assert.equal(await page.locator('.picture').count(), 0, 'what it was painted from is gone');

  await page.locator('#export-report').click();
  await page.locator('.paper[data-ready=true]').waitFor({ timeout: PATIENCE_MS });
  assert.equal(await page.evaluate(() => document.activeElement.id), 'report-title');
  assert.ok(await page.locator('#report-map img').evaluate((img) => img.decode().then(() => img.naturalWidth > 600)));
  await assertAccessible(page, { within: '.report' });

  await page.emulateMedia({ media: 'print' });
  const paper = page.locator('.paper');
  const words = await paper.innerText();
  for (const part of ['+Delta / 2030', 'For the workshop of <b>May</b>', 'By @planner', 'What the plan changes', HOSTILE, '85 %', 'Main figures', 'By cluster', 'Coverage', 'OpenStreetMap', 'Parameters']) {
    assert.ok(words.includes(part), `the report names ${part}`);
  }
  assert.equal(await page.locator('.paper img[src=x]').count(), 0, 'a name is no markup');
  for (const hidden of ['.bar', '.drawer.left', '.report-bar']) assert.ok(!(await page.locator(hidden).isVisible()), `${hidden} is not printed`);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const pages = pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
  assert.ok(pages >= 3 && pages <= 12, `a report of ${pages} pages`);
  await page.emulateMedia({ media: 'screen' });

  await page.keyboard.press('Escape');
  await page.locator('.report').waitFor({ state: 'detached' });
  await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.id), 'export-open'));
});

test('on a phone, in Chinese and in the dark, the same by touch', async () => {
  const page = await openApp({ lang: 'zh', theme: 'dark', width: 390, height: 844, isMobile: true, hasTouch: true });
  await page.locator('#export-open').tap();
  await page.locator('#take-facilities-csv:enabled').waitFor();
  await assertAccessible(page, { within: '#export' });
  const wide = await page.locator('#export').evaluate((e) => [e.scrollWidth, e.clientWidth]);
  assert.ok(wide[0] <= wide[1], 'nothing lies beside the screen');
  for (const id of ['#export-picture', '#export-report', '#take-hub-csv']) {
    assert.ok((await page.locator(id).boundingBox()).height >= 44, `${id} takes a finger`);
  }
  await page.locator('#export-report').tap();
  await page.locator('.paper[data-ready=true]').waitFor({ timeout: PATIENCE_MS });
  const words = await page.locator('.paper').innerText();
  for (const part of ['2025 基准', '方案改动', '主要指标', '分集群', '覆盖', '数据与署名', '参数']) assert.ok(words.includes(part), part);
  assert.ok((await page.locator('#report-figures table').first().locator('tbody tr').count()) >= 10);
  await assertAccessible(page, { within: '.report' });
  await page.locator('#report-close').tap();
  await page.locator('.report').waitFor({ state: 'detached' });
});
