// Draws public/icons/*.png from public/icon.svg: node tests/browser/icons.mjs, after a change of the icon.

import { mkdir, readFile } from 'node:fs/promises';

import { launch } from './browser.mjs';

const ICONS = new URL('../../public/icons/', import.meta.url);

/// The share of a maskable icon's side that no platform cuts away.
const SAFE = 0.8;

const svg = await readFile(new URL('../icon.svg', ICONS), 'utf8');
await mkdir(ICONS, { recursive: true });
const browser = await launch();
const page = await browser.newPage();
for (const [name, size, share] of [['192', 192, 1], ['512', 512, 1], ['maskable-512', 512, SAFE]]) {
  await page.setViewportSize({ width: size, height: size });
  const ground = share < 1 ? '#fff' : 'transparent';
  await page.setContent(`<style>html { background: ${ground} } body { margin: 0; height: 100vh; display: grid; place-items: center } svg { width: ${share * 100}%; height: ${share * 100}% }</style>${svg}`);
  await page.screenshot({ path: new URL(`${name}.png`, ICONS).pathname, omitBackground: true });
}
await browser.close();
