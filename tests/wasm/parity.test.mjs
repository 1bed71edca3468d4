// Native code and Wasm must print the same bytes for the same plan.
//
// ATLAS is the native command and PROBE the Wasm module; `cargo xtask test` builds both and says where they are.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const { ATLAS, PROBE } = process.env;
const { Probe, solve } = createRequire(import.meta.url)(PROBE);
const pack = (name) => readFileSync(path.join(ROOT, 'data/pack', name));
const probe = new Probe(pack('first.pack'), pack('network.pack'));

function natively(file) {
  const args = ['evaluate', '--json', ...(file ? ['--scenario', file] : [])];
  return execFileSync(ATLAS, args, { encoding: 'utf8', maxBuffer: 64 << 20 }).trimEnd();
}

test('the baseline', () => {
  assert.equal(probe.evaluate(''), natively());
});

for (const name of readdirSync(path.join(ROOT, 'seeds/scenarios'))) {
  test(name, () => {
    const file = path.join(ROOT, 'seeds/scenarios', name);
    assert.equal(probe.evaluate(readFileSync(file, 'utf8')), natively(file));
  });
}

// Only the seconds may differ.
const timeless = (text) => text.trimEnd().replace(/"seconds":[^,]*,/, '"seconds":0.0,');

for (const name of ['', 'closed-loop.json', 'borders-and-gbt.json']) {
  test(`who sends what where: ${name || 'the baseline'}`, () => {
    const file = name && path.join(ROOT, 'seeds/scenarios', name);
    const args = ['allocate', '--json', ...(file ? ['--scenario', file] : [])];
    const native = execFileSync(ATLAS, args, { encoding: 'utf8', maxBuffer: 256 << 20 }).trimEnd();
    assert.equal(timeless(probe.allocate(file ? readFileSync(file, 'utf8') : '')), timeless(native));
  });
}

test('territories side by side', () => {
  const file = path.join(ROOT, 'seeds/scenarios/yrd-dispatch.json');
  const args = ['compare', '--clusters', '--json', '--scenario', file];
  const native = execFileSync(ATLAS, args, { encoding: 'utf8', maxBuffer: 64 << 20 }).trimEnd();
  assert.equal(probe.clusters(readFileSync(file, 'utf8')), native);
});

test('many futures, natively by two threads', () => {
  const file = path.join(ROOT, 'seeds/scenarios/recovery-85.json');
  const scenario = readFileSync(file, 'utf8');
  const args = ['montecarlo', '--runs', '24', '--seed', '7', '--threads', '2', '--scenario', file, '--json'];
  const native = execFileSync(ATLAS, args, { encoding: 'utf8', maxBuffer: 256 << 20 }).trimEnd();
  const still = (text) => text.replace(/"seconds": [^,\n]*/, '"seconds": 0.0');
  assert.equal(still(probe.montecarlo(scenario, JSON.parse(scenario).name, 24, 7)), still(native));
});

test('what breaks the network', () => {
  const shocks = 'SM006,no_imports:Cu,dear_freight';
  const args = ['stress', '--json', '--confirm', '0', '--shock', shocks, '--detour', 'SM006'];
  const native = execFileSync(ATLAS, args, { encoding: 'utf8', maxBuffer: 64 << 20 }).trimEnd();
  assert.equal(timeless(probe.stress(shocks)), timeless(native));
});

test('sites for many futures, by their least regret', () => {
  const question = JSON.stringify({ kind: 'hub', aim: 'least_cost', demand: 'tonnes', area: { within: ['340000'], ring: [] }, futures: { runs: 8, seed: 3, by: 'regret' } });
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'loop-atlas-')), 'question.json');
  writeFileSync(file, question);
  const native = execFileSync(ATLAS, ['site', '--question', file, '--json'], { encoding: 'utf8', maxBuffer: 64 << 20 });
  const still = (text) => text.trimEnd().replace(/"seconds": ?[^,\n]*/, '"seconds": 0.0');
  assert.equal(still(probe.site(question)), still(native));
});

const SITING = path.join(ROOT, 'tests/fixtures/siting');
const SMALL = readFileSync(path.join(SITING, 'cases.csv'), 'utf8').trimEnd().split('\n').slice(1);
const LARGER = [
  'pmed100.txt,p-median,orlib-pmed,,,',
  'pmed100.txt,p-center,orlib-pmed,,,',
  'pmed100.txt,lscp,orlib-pmed,,60,',
  'sjc150.txt,mclp,sjc,8,100,',
  'holmberg15.txt,uflp,holmberg,,,',
  'holmberg15.txt,cflp,holmberg,,,',
  'holmberg15.txt,sscflp,holmberg,,,',
];
for (const line of [...SMALL, ...LARGER]) {
  const [file, problem, format, p, radius, capacity] = line.split(',');
  const asked = Object.entries({ p, radius, capacity }).filter(([, value]) => value);
  const number = (text) => (text ? Number(text) : undefined);
  test(`${problem} of ${file} ${asked.map((pair) => pair.join(' ')).join(' ')}`, () => {
    const text = readFileSync(path.join(SITING, file), 'utf8');
    // After one slice, after some, and at the end: sites, objective and bound take the same course.
    for (const slices of [1, 2, 3, 5, 10, 25, 1_000_000]) {
      const flags = [...asked.flatMap(([flag, value]) => [`--${flag}`, value]), '--slices', String(slices)];
      const args = ['solve', '--json', '--problem', problem, '--format', format, path.join(SITING, file), ...flags];
      const native = execFileSync(ATLAS, args, { encoding: 'utf8' });
      assert.equal(timeless(solve(text, problem, format, number(p), number(radius), number(capacity), slices)), timeless(native));
    }
  });
}

for (const [from, to, modes, by] of [
  ['北京', '上海', 'road,rail,water,sea', 'co2'],
  ['沈阳', '广州', 'rail,sea', 'cost'],
  ['贵港市', '深圳', 'water', 'hours'],
  ['113.1,29.4', 'SM001', 'road,rail', 'cost'],
]) {
  test(`the way from ${from} to ${to} by ${modes}`, () => {
    const args = ['route', '--from', from, '--to', to, '--modes', modes, '--by', by, '--alternatives', '3', '--json'];
    assert.equal(probe.route(from, to, modes, by, 3), execFileSync(ATLAS, args, { encoding: 'utf8' }).trimEnd());
  });
}

for (const [of, measure, bands] of [['collection-points', 'km', '5,10,20'], ['hubs', 'minutes', '60,120'], ['smelters', 'line', '50,100']]) {
  test(`catchments of ${of} by ${measure}`, () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'loop-atlas-')), 'areas.geojson');
    const args = ['catchment', '--of', of, '--measure', measure, '--bands', bands, '--geojson', file, '--json'];
    const natively = execFileSync(ATLAS, args, { encoding: 'utf8', maxBuffer: 64 << 20 }).trimEnd();
    const [json, areas] = probe.catchments(of, measure, Float64Array.from(bands.split(',').map(Number)));
    assert.equal(json, natively);
    assert.equal(areas, readFileSync(file, 'utf8'));
  });
}

test('points moved to odd places', () => {
  const edits = [0.1, 0.37, 0.73].map((f, i) => ({ move: { id: `CP000${i + 1}`, to: [113 + f * 7.123456789, 24 + f * 9.87654321] } }));
  const text = JSON.stringify({ format: 'loop-atlas-scenario', version: 1, edits, levers: { recovery_rate: 0.6180339887 } });
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'loop-atlas-')), 'moved.json');
  writeFileSync(file, text);
  assert.equal(probe.evaluate(text), natively(file));
});
