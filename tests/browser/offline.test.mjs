// The page without a network, a new build that takes over whole, and what the security policy keeps out.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { after } from 'node:test';

import { DIST, eventually, guardEach, openApp } from './harness.mjs';

guardEach();

const made = [];
after(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));

const hash = (bytes) => `sha256-${createHash('sha256').update(bytes).digest('base64')}`;

/// Another build: the page and a file that is loaded late differ, and the list says so.
async function anotherBuild(name) {
  const folder = await mkdtemp(path.join(tmpdir(), 'loop-atlas-build-'));
  made.push(folder);
  await cp(DIST, folder, { recursive: true });
  let worker = await readFile(path.join(folder, 'sw.js'), 'utf8');
  const change = async (file, address, to) => {
    const old = await readFile(path.join(folder, file));
    const text = to(old.toString('utf8'));
    await writeFile(path.join(folder, file), text);
    assert.ok(worker.includes(hash(old)), `${address} is in the list`);
    worker = worker.replace(hash(old), hash(text));
  };
  await change('index.html', './', (text) => text.replace('<html ', `<html data-build="${name}" `));
  await change('echarts.min.js', './echarts.min.js', (text) => `${text}\n/* build ${name} */\n`);
  const version = /registration\.scope\} `;\nconst STORE = `\$\{OURS\}\$\{'([^']+)'\}`/.exec(worker)[1];
  await writeFile(path.join(folder, 'sw.js'), worker.replace(version, `build-${name}`));
  return folder;
}

/// The names of the stores with the page's files.
const stores = (page) => page.evaluate(() => caches.keys());

/// Files of the list that are not what the list of this build says, as the page gets them.
async function strangers(page, folder) {
  const worker = await readFile(path.join(folder, 'sw.js'), 'utf8');
  const list = [...worker.matchAll(/^ {2}"([^"]+)": '(sha256-[^']+)',$/gm)].map(([, address, sum]) => [address, sum]);
  assert.ok(list.length > 15, 'the list is read');
  return page.evaluate(async (all) => {
    const wrong = [];
    for (const [address, sum] of all) {
      const bytes = await (await fetch(address)).arrayBuffer();
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      if (`sha256-${btoa(String.fromCharCode(...digest))}` !== sum) wrong.push(address);
    }
    return wrong;
  }, list);
}

const build = (page) => page.evaluate(() => document.documentElement.dataset.build ?? 'first');
const settled = (page) => page.locator('.figures:not(.stale)').waitFor();

test('after the first visit the page opens without a network, and a new build takes over whole', async () => {
  const page = await openApp({ lang: 'en', serviceWorkers: true });
  const { mount } = page;
  await page.evaluate(() => navigator.serviceWorker.ready);
  await eventually(async () => assert.equal((await stores(page)).length, 1), 30_000);

  // The host is down: even the connection is refused.
  page.allow(/ERR_|Failed to (load|fetch)|sw\.js/);
  mount.overrides.push({ match: /./, drop: true });
  await page.reload();
  await page.waitForState('ready');
  await page.getByLabel('Recovery rate').fill('0.9');
  await settled(page);
  await page.locator('.figures .change').first().waitFor();
  assert.deepEqual(await strangers(page, DIST), [], 'diagrams, packs and licences are there');

  // Back on the network, with another build at the same address. It waits until it is whole, and asks.
  mount.overrides.length = 0;
  mount.root = await anotherBuild('b');
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  const strip = page.locator('.update');
  await strip.getByText('A new version is ready').waitFor();
  assert.equal(await build(page), 'first', 'nothing changes by itself');
  assert.deepEqual(await strangers(page, DIST), [], 'the old page has the old files');
  await page.reload();
  await eventually(async () => assert.equal(await build(page), 'b'), 30_000);
  await page.waitForState('ready');
  assert.deepEqual(await strangers(page, mount.root), [], 'all files are of the new build');
  await eventually(async () => assert.equal((await stores(page)).length, 1, 'the old build is gone'));

  // A build of which a file is missing never gets near a page.
  const third = await anotherBuild('c');
  mount.root = third;
  mount.overrides.push({ match: 'echarts.min.js', status: 500 });
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update().catch(() => {}));
  await eventually(async () => assert.ok(mount.requests.some(({ status }) => status === 500)));
  await eventually(async () => assert.equal((await stores(page)).length, 1, 'half a build is thrown away'));
  assert.deepEqual([await strip.count(), await build(page)], [0, 'b']);

  // The button keeps the work, and leads to the new build.
  mount.overrides.length = 0;
  await page.getByLabel('Recovery rate').fill('0.8');
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await strip.getByRole('button', { name: 'Reload' }).click({ timeout: 30_000 });
  await eventually(async () => assert.equal(await build(page), 'c'), 30_000);
  await page.waitForState('ready');
  await eventually(async () => assert.equal(await page.getByLabel('Recovery rate').inputValue(), '0.8'));
});

test('the policy lets in nothing from outside, and no script that is not the page’s', async () => {
  const page = await openApp({ lang: 'en', until: 'map' });
  const manifest = await page.evaluate(async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json());
  assert.equal(manifest.name, '循环图谱 Loop Atlas');
  for (const { src } of manifest.icons) assert.ok(await page.evaluate(async (icon) => (await fetch(icon)).ok, src), src);
  page.allow(/Content Security Policy|security policy/i);
  const seen = await page.evaluate(async () => {
    const broken = [];
    addEventListener('securitypolicyviolation', ({ violatedDirective }) => broken.push(violatedDirective));
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.head.append(script);
    const holder = document.createElement('div');
    holder.innerHTML = '<img src="no-such.png" onerror="window.injected = true"><style>body { display: none }</style>';
    document.body.append(holder);
    const outside = await fetch('https://data.example/').then(() => 'sent', () => 'refused');
    await new Promise((resume) => setTimeout(resume, 300));
    const shown = getComputedStyle(document.body).display !== 'none';
    holder.remove();
    return { injected: window.injected, outside, shown, broken: [...new Set(broken)].sort() };
  });
  page.allow(/no-such\.png/);
  assert.deepEqual([seen.injected, seen.outside, seen.shown], [undefined, 'refused', true]);
  for (const directive of ['connect-src', 'script-src-elem', 'style-src-elem']) assert.ok(seen.broken.includes(directive), directive);
});
