// What a journey needs: the built page in a fresh browser profile, and guards that see what a person would not.
//
//   import test from 'node:test';
//   import { guardEach, openApp } from './harness.mjs';
//
//   guardEach();
//   test('the page names the clusters', async () => {
//     const page = await openApp({ lang: 'en' });
//     await page.getByRole('heading', { name: 'Yangtze' }).waitFor();
//   });

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach } from 'node:test';
import { fileURLToPath } from 'node:url';

import { launch } from './browser.mjs';
import { startServer } from './server.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));

/// The built site.
export const DIST = path.resolve(HERE, '../../dist');
/// Pictures, ignored by git.
export const OUT = path.join(HERE, 'out');

const LOCALES = { zh: 'zh-CN', en: 'en-US' };
/// Software drawing on a busy machine of two cores is slow; a page that hangs still fails in reasonable time.
const PATIENCE_MS = 60_000;

let browser;
let server;
/// True for journeys, which look at words and places; false for pictures and measurements.
let quick = false;
const open = new Set();

/// Opens the built page as a new visitor and waits until it is ready.
///
/// The page it gives has, beside what Playwright offers: `assertClean()`, `allow(pattern)` for an error that a test provokes,
/// `waitForState(state)`, and `mount` (its address and the requests it made).
///
/// @param {object} [options]
/// @param {'zh' | 'en' | string} [options.lang]      the browser's language
/// @param {'light' | 'dark'} [options.theme]         the system's colours (`colorScheme` means the same)
/// @param {number} [options.width]
/// @param {number} [options.height]
/// @param {'reduce' | 'no-preference'} [options.reducedMotion]
/// @param {boolean} [options.hasTouch]               a finger instead of a mouse
/// @param {boolean} [options.isMobile]               a phone: its browser obeys the viewport tag
/// @param {string} [options.path]                    what follows the site's address: `?...` or `#...`
/// @param {import('./server.mjs').Override[]} [options.overrides]  files that fail
/// @param {'map' | 'ready' | 'error' | null} [options.until]       the state to wait for; null waits for nothing
/// @param {object} [options.from]                    a page: open another one for the same visitor
/// @param {object} [options.mount]                   the same address as another visitor's
/// @param {boolean} [options.serviceWorkers]         the page may keep itself for use without a network
/// @param {Function} [options.init]                  runs in every page before the page's own scripts
/// @param {boolean} [options.sharp]                  draws the map in all its pixels, as a journey that looks at them needs
/// @param {object} [options.context]                 more options of Playwright's newContext
export async function openApp(options = {}) {
  const { overrides = [], until = 'ready', from } = options;
  server ??= await startServer();
  browser ??= await launch({ quick });
  const mount = from?.mount ?? options.mount ?? server.mount(options.root ?? DIST, overrides);
  const context = from?.context() ?? (await newVisitor(options));
  const page = await context.newPage();
  open.add(page);
  watch(page, mount);
  await page.goto(mount.url + (options.path ?? ''), { waitUntil: 'load', timeout: PATIENCE_MS });
  if (until) await page.waitForState(until);
  return page;
}

async function newVisitor(options) {
  const context = await browser.newContext(contextOptions(options));
  // Software draws the map, and half the pixels a side take a quarter of its time. Sizes and places in CSS px stay the same.
  if (quick && !options.sharp && !options.context?.deviceScaleFactor) {
    await context.addInitScript(() => Object.defineProperty(window, 'devicePixelRatio', { get: () => 0.5 }));
  }
  if (options.init) await context.addInitScript(options.init);
  // Said on the console too; but a page could hardly fail to see this.
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      console.error(`security policy: ${violatedDirective} ${blockedURI} ${sample}`);
    });
  });
  return context;
}

function contextOptions({ lang = 'zh', theme, colorScheme, width = 1440, height = 900, reducedMotion, hasTouch, isMobile, serviceWorkers, context }) {
  return {
    locale: LOCALES[lang] ?? lang,
    colorScheme: theme ?? colorScheme ?? 'light',
    viewport: { width, height },
    reducedMotion: reducedMotion ?? 'no-preference',
    hasTouch: hasTouch ?? false,
    isMobile: isMobile ?? false,
    // A page kept from an earlier journey would be a strange visitor's.
    serviceWorkers: serviceWorkers ? 'allow' : 'block',
    ...context,
  };
}

/// Notes everything that a clean page does not do, from the first request on.
function watch(page, mount) {
  const problems = [];
  const allowed = [];
  const straysBefore = server.strays.length;
  const note = (kind, text) => problems.push({ kind, text });

  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(mount.url) && !/^(blob|data):/.test(url)) note('request outside of the folder', url);
  });
  page.on('websocket', (socket) => note('request outside of the folder', socket.url()));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    const { url, lineNumber } = message.location();
    note('console error', `${message.text()}${url ? ` (${url}:${lineNumber + 1})` : ''}`);
  });
  page.on('pageerror', (error) => note('uncaught error', error.stack || `${error.name}: ${error.message}`));
  page.on('crash', () => note('crash', 'the page crashed'));

  page.mount = mount;
  page.allow = (...patterns) => allowed.push(...patterns);
  page.problems = () => {
    const strays = server.strays.slice(straysBefore).map((stray) => ({ kind: 'request outside of the folder', text: stray }));
    return [...problems, ...strays].filter(({ text }) => !allowed.some((pattern) => pattern.test(text)));
  };
  page.assertClean = () => {
    const found = page.problems().map(({ kind, text }) => `  ${kind}: ${text}`);
    assert.ok(found.length === 0, `the page is not clean:\n${found.join('\n')}`);
  };
  page.waitForState = (state) => waitForState(page, state);
}

/// Waits for `document.documentElement.dataset.state`. `ready` comes after `map`, so either will do for `map`.
async function waitForState(page, wanted) {
  const accepted = wanted === 'map' ? ['map', 'ready'] : [wanted];
  const final = (states) => {
    const { state } = document.documentElement.dataset;
    return states.includes(state) || state === 'error' ? state : false;
  };
  let state;
  try {
    state = await (await page.waitForFunction(final, accepted, { timeout: PATIENCE_MS })).jsonValue();
  } catch (error) {
    if (page.isClosed()) throw error;
    state = await page.evaluate(() => document.documentElement.dataset.state ?? 'none');
  }
  const seen = page.problems?.().map(({ kind, text }) => `\n  ${kind}: ${text}`).join('') ?? '';
  assert.ok(accepted.includes(state), `the page came to the state "${state}" instead of "${wanted}"${seen}`);
}

/// Registers what every test file wants: after each test its pages are clean and closed, after the last one nothing is left
/// running. A failed test's pages are pictured in tests/browser/out/.
export function guardEach() {
  quick = true;
  afterEach(async (context) => {
    const pages = [...open];
    const failures = [];
    for (const page of pages) {
      try {
        page.assertClean();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0 || context?.passed === false) {
      await Promise.all(pages.map((page, index) => picture(page, `failed-${context?.name ?? 'test'}-${index + 1}`)));
    }
    await closePages();
    if (failures.length > 0) throw failures[0];
  });
  after(closeAll);
}

async function picture(page, name) {
  // A page that crashed has no picture; the failure itself is told anyway.
  if (!page.isClosed()) await screenshot(page, name.replace(/[^\p{L}\p{N}]+/gu, '-')).catch(() => {});
}

async function closePages() {
  const contexts = new Set([...open].map((page) => page.context()));
  open.clear();
  await Promise.all([...contexts].map((context) => context.close()));
}

/// Ends the browser and the server.
export async function closeAll() {
  await closePages();
  await browser?.close();
  await server?.close();
  browser = undefined;
  server = undefined;
}

/// The other language, and the dark theme after the light one: cheaper than opening the page again.
export async function turned(page) {
  const lang = await page.evaluate(() => document.documentElement.lang);
  await page.locator('#language-button').click();
  await page.waitForFunction((before) => document.documentElement.lang !== before, lang);
  await page.locator('#theme-button').click();
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
}

/// Saves a picture of the page as tests/browser/out/NAME.png and gives its path.
export async function screenshot(page, name, options = {}) {
  await mkdir(OUT, { recursive: true });
  const file = path.join(OUT, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled', ...options });
  return file;
}

/// Goes to a place, a facility or a command by the search box.
export async function search(page, text) {
  await page.keyboard.press('Control+k');
  await page.locator('#palette-field').fill(text);
  await page.keyboard.press('Enter');
  await page.locator('.palette').waitFor({ state: 'detached' });
  // The flight and the first tiles there.
  await page.waitForTimeout(700);
}

/// Tries an assertion until it holds: the page draws a moment after what it was told. Fails with the last reason.
export async function eventually(check, patienceMs = 10_000) {
  const end = Date.now() + patienceMs;
  for (;;) {
    try {
      return await check();
    } catch (reason) {
      if (Date.now() > end) throw reason;
      await new Promise((resume) => setTimeout(resume, 50));
    }
  }
}

/// Opens the tab of levers. Every way is searched once for its quick figures: patience for a busy machine.
export const openLevers = async (page) => {
  await page.locator('.tabs .tab').nth(1).click();
  await page.locator('#compare-levers-tab').click();
  await quickSettled(page);
};

/// Waits until the quick figures are those of the plan in hand.
export const quickSettled = (page) =>
  page.waitForFunction(() => {
    const quick = document.getElementById('quick')?.dataset;
    return quick?.turn !== undefined && quick.turn === quick.of;
  }, null, { timeout: 180_000 });
