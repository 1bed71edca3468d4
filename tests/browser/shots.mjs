// Screenshots of the built page, to be looked at: cargo xtask shots [NAME PARTS]

import { closeAll, openApp, screenshot } from './harness.mjs';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844, isMobile: true, hasTouch: true },
];

const parts = process.argv.slice(2);
const shots = SIZES.flatMap((size) =>
  ['zh', 'en'].flatMap((lang) =>
    ['light', 'dark'].map((theme) => ({ ...size, lang, theme, name: `${size.width}x${size.height}-${lang}-${theme}` })),
  ),
).filter(({ name }) => parts.every((part) => name.includes(part)));

if (shots.length === 0) {
  console.error(`No picture has all of "${parts.join(' ')}" in its name. Names are like 1440x900-zh-light.`);
  process.exitCode = 1;
}

try {
  for (const { name, ...options } of shots) {
    const page = await openApp({ ...options, reducedMotion: 'reduce' });
    console.log(await screenshot(page, name));
    for (const { kind, text } of page.problems()) {
      console.error(`  ${kind}: ${text}`);
      process.exitCode = 1;
    }
    await page.context().close();
  }
} finally {
  await closeAll();
}
