import { openApp, closeAll, screenshot, eventually } from './harness.mjs';
const which = process.argv.slice(2);
const cases = [
  ['zh', 'light', 1440, 900], ['en', 'dark', 1440, 900], ['en', 'light', 1920, 1080], ['zh', 'dark', 1920, 1080],
  ['zh', 'dark', 390, 844], ['en', 'light', 390, 844],
];
for (const [lang, theme, width, height] of cases) {
  const tag = `${lang}-${theme}-${width}`;
  if (which.length && !which.includes(tag)) continue;
  const phone = width < 700;
  const page = await openApp({ lang, theme, width, height, reducedMotion: 'reduce', isMobile: phone, hasTouch: phone });
  try {
    if (phone) await page.getByRole('button', { name: lang === 'zh' ? '拉高' : 'Raise' }).click().catch((e) => console.log(e.message.split('\n')[0]));
    await page.locator('#tool-S').click();
    await page.locator('#siting').waitFor();
    await screenshot(page, `siting-0-${tag}`);
    await page.locator('#siting-area').selectOption('340000');
    await page.locator('#siting-stream').selectOption({ index: 3 });
    await page.locator('#siting-count').fill('10');
    if (!phone) { await page.locator('#siting-add').selectOption('apart'); }
    const t0 = Date.now();
    await page.locator('#siting-find').click();
    let first = 0;
    for (let i = 0; i < 200; i += 1) {
      const n = await page.locator('#siting-run').getAttribute('data-sites').catch(() => null);
      if (n && Number(n) > 0) { first = Date.now() - t0; break; }
      await page.waitForTimeout(50);
    }
    console.log(tag, 'first plan', first, 'ms');
    await page.waitForTimeout(1500);
    await screenshot(page, `siting-1-${tag}`);
    await page.waitForTimeout(6000);
    console.log(await page.locator('#siting-run').evaluate((e) => ({ ...e.dataset })));
    console.log((await page.locator('.siting-run .now').innerText()).replaceAll('\n', ' '));
    if (await page.locator('#siting-stop').isEnabled()) await page.locator('#siting-stop').click();
    await page.waitForTimeout(8000);
    if (phone) await page.getByRole('button', { name: lang === 'zh' ? '结果' : 'Results' }).click();
    await page.locator('#siting-sites tr[data-site] button').first().click().catch(() => {});
    await screenshot(page, `siting-2-${tag}`);
    if (phone) continue;
    await page.locator('#siting-why-not-place').fill(lang === 'zh' ? '安庆' : 'Anqing');
    await page.locator('#siting-why-not-place-hits li').first().click();
    await page.waitForTimeout(7000);
    await page.locator('.drawer.right').evaluate((e) => e.scrollTo(0, 9999));
    await screenshot(page, `siting-3-${tag}`);
  } catch (e) { console.log(tag, e.message.split('\n').slice(0, 3).join(' ')); await screenshot(page, `siting-x-${tag}`); }
  console.log(page.problems().slice(0, 5));
  await page.context().close();
}
await closeAll();
