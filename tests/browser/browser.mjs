// The one browser of a script. cargo xtask finds or installs it and names it in LOOP_ATLAS_CHROME.

import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  // The map needs WebGL 2. Software draws the same pixels on every machine, with or without a graphics card.
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  // No name leads anywhere: a page that asks for something outside fails at once, even where a network is.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/// What a journey can do without: laying the page's parts together costs the software that stands for a graphics card a third
/// of an opening, and what is drawn is the same.
const QUICK_FLAGS = ['--disable-gpu-compositing'];

/// Starts the browser, without a window. `quick` suits tests, and not those who measure.
export function launch({ quick = false } = {}) {
  const executablePath = process.env.LOOP_ATLAS_CHROME;
  if (!executablePath) {
    throw new Error('LOOP_ATLAS_CHROME names no browser: use cargo xtask (test --journeys, shots, bench), or set it.');
  }
  return chromium.launch({ executablePath, headless: true, args: quick ? [...FLAGS, ...QUICK_FLAGS] : FLAGS });
}
