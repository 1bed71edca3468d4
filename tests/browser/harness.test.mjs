// The guards themselves: a journey can only be trusted if a page that misbehaves fails it.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import path from 'node:path';
import test from 'node:test';

import { axe } from './axe.mjs';
import { median, table } from './figures.mjs';
import { guardEach, openApp } from './harness.mjs';
import { locate } from './server.mjs';

guardEach();

/// A page of a test's own in place of the built one.
function pageWith(head, body = '<main><h1>Fixture</h1></main>') {
  const text = `<!doctype html><html lang="en" data-state="ready"><head><meta charset="utf-8"><title>Fixture</title>
    <meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;
  return { match: 'index.html', body: text };
}

/// What the guards noted, which then no longer fails this test.
async function problemsOf(head, settle = 200) {
  const page = await openApp({ overrides: [pageWith(head)] });
  await page.waitForTimeout(settle);
  const problems = page.problems();
  page.allow(/./);
  return problems.map(({ kind, text }) => `${kind}: ${text}`).join('\n');
}

test('a page that asks for nothing else is clean', async () => {
  const page = await openApp({ overrides: [pageWith('<script src="data:text/javascript,1"></script>')] });
  page.assertClean();
});

test('language, colours and size reach the page', async () => {
  const page = await openApp({ lang: 'en', theme: 'dark', width: 390, height: 844, overrides: [pageWith('')] });
  const seen = await page.evaluate(() => [navigator.language, matchMedia('(prefers-color-scheme: dark)').matches, innerWidth]);
  assert.deepEqual(seen, ['en-US', true, 390]);
});

test('WebGL 2 is there for the map', async () => {
  const page = await openApp({ overrides: [pageWith('')] });
  assert.ok(await page.evaluate(() => document.createElement('canvas').getContext('webgl2') !== null));
});

test('a request to another host is noted', async () => {
  const problems = await problemsOf('<script src="https://tiles.example/a.js"></script>');
  assert.match(problems, /request outside of the folder: https:\/\/tiles\.example\/a\.js/);
});

test('a request to the host outside of the folder is noted', async () => {
  const problems = await problemsOf('<script src="/app.js"></script>');
  assert.match(problems, /request outside of the folder: .*\/app\.js/);
});

test('a request from a worker is noted', async () => {
  const problems = await problemsOf(
    `<script>new Worker(URL.createObjectURL(new Blob(["fetch('https://data.example/pack').catch(() => {})"])))</script>`,
    500,
  );
  assert.match(problems, /request outside of the folder: https:\/\/data\.example\/pack/);
});

test('console errors and uncaught errors are noted, from workers too', async () => {
  const problems = await problemsOf(
    `<script>console.error('said'); setTimeout(() => { throw new Error('thrown') });
     new Worker(URL.createObjectURL(new Blob(["console.error('said in a worker')"])))</script>`,
    500,
  );
  assert.match(problems, /console error: said \(/);
  assert.match(problems, /uncaught error: .*thrown/);
  assert.match(problems, /console error: said in a worker/);
});

test('a missing file is an error on the console that names the file', async () => {
  assert.match(await problemsOf('<script src="missing.js"></script>'), /console error: .*404.*missing\.js/);
});

test('files can fail as a test wishes', async () => {
  const overrides = [
    pageWith(''),
    { match: 'short.bin', body: '0123456789', truncate: 4 },
    { match: 'gone.bin', status: 404 },
    { match: 'cut.bin', drop: true },
    { match: 'late.bin', body: 'x', delayMs: 150, times: 1 },
  ];
  const page = await openApp({ overrides });
  page.allow(/(gone|cut)\.bin/);
  const seen = await page.evaluate(async () => {
    const begun = performance.now();
    const short = await (await fetch('short.bin')).text();
    const gone = (await fetch('gone.bin')).status;
    const cut = await fetch('cut.bin').catch(() => 'cut');
    await fetch('late.bin');
    return { short, gone, cut, late: performance.now() - begun >= 150 };
  });
  assert.deepEqual(seen, { short: '0123', gone: 404, cut: 'cut', late: true });
});

test('no path leads out of the served folder', async () => {
  const root = path.resolve('dist');
  assert.equal(locate(root, 'a/b.js'), path.join(root, 'a', 'b.js'));
  assert.equal(locate(root, ''), path.join(root, 'index.html'));
  for (const below of ['../package.json', 'a/../../package.json', '/etc/passwd/../../..', '..', 'a\0b']) {
    const found = locate(root, below);
    assert.ok(found === null || found.startsWith(root + path.sep), below);
  }
  const page = await openApp({ overrides: [pageWith('')] });
  // Node's own client sends the path as it stands, where a browser would tidy it first.
  const { hostname, port } = new URL(page.mount.url);
  const request = http.get({ hostname, port, path: `${page.mount.prefix}%2e%2e%2fpackage.json` });
  const [response] = await once(request, 'response');
  response.resume();
  assert.equal(response.statusCode, 404);
});

test('axe-core judges the page', async () => {
  const page = await openApp({ overrides: [pageWith('', '<main><h1>Fixture</h1><input></main>')] });
  assert.deepEqual((await axe(page)).map(({ id }) => id), ['label']);
});

test('figures are laid out in columns', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  assert.equal(table(['', 'ms'], [['map', '12']]), '     ms\n---  --\nmap  12');
});
