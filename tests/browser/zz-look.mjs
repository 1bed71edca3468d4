import { openApp, screenshot, search, eventually, closeAll } from './harness.mjs';
const which = process.argv[2] ?? 'en';
const opt = { en: { lang: 'en' }, zh: { lang: 'zh', theme: 'dark' }, phone: { lang: 'zh', width: 390, height: 844, hasTouch: true, isMobile: true } }[which];
const page = await openApp({ reducedMotion: 'reduce', ...opt });
try {
  const t0 = Date.now();
  if (which === 'phone') { await page.getByRole('button', { name: '结果' }).tap(); await page.getByRole('button', { name: '拉高' }).tap(); }
  await page.locator('#prices-tab').click();
  await page.waitForTimeout(1500);
  await screenshot(page, `look-${which}-wait`);
  await page.locator('.prices[aria-busy=false]').waitFor({ timeout: 120000 });
  console.log('allocated', Date.now() - t0);
  await screenshot(page, `look-${which}-prices`);
  const drawer = page.locator(which === 'phone' ? '.drawer.right' : '.drawer.right');
  for (const [i, id] of ['#prices-scrap', '#prices-export'].entries()) { await page.locator(id).scrollIntoViewIfNeeded(); await screenshot(page, `look-${which}-prices${i}`); }
  const t1 = Date.now();
  await page.locator('#rank-kind button[data-kind=hub]').click();
  await page.locator('#prices-rank tr[data-kind=hub] button').first().click();
  await page.locator('#prices-worth[data-known=true]').waitFor({ timeout: 120000 });
  console.log('worth', Date.now() - t1, await page.locator('#worth-sentence').innerText());
  if (which !== 'phone') await drawer.evaluate((d) => { d.scrollTop = 0; });
  await page.waitForTimeout(800);
  await screenshot(page, `look-${which}-worth`);
  if (which === 'phone') { await page.getByRole('button', { name: '结果' }).tap(); await drawer.evaluate((d) => { d.scrollTop = 0; }); await screenshot(page, `look-${which}-worth2`); await page.getByRole('button', { name: '所选' }).tap(); }
  await page.locator('#card-allocation').scrollIntoViewIfNeeded();
  await page.locator('.holder').evaluate((d) => { d.scrollTop = 320; });
  await screenshot(page, `look-${which}-card`);
  await page.locator('.holder').evaluate((d) => { d.scrollTop = 1100; });
  await screenshot(page, `look-${which}-card2`);
  if (which === 'phone') await page.getByRole('button', { name: '方案', exact: true }).tap();
  await page.locator('#builtins summary').click();
  await page.locator('#builtins').scrollIntoViewIfNeeded();
  await screenshot(page, `look-${which}-builtins`);
  await page.locator('#builtin-bohai-subsidy').click();
  await page.locator('#contract-add').click();
  await page.locator('#contracts').scrollIntoViewIfNeeded();
  await screenshot(page, `look-${which}-levers`);
  await page.locator('#goal-objective').selectOption('weighted');
  await page.locator('#goal-objective').scrollIntoViewIfNeeded();
  await screenshot(page, `look-${which}-goal`);
  await page.locator('#goal-objective').selectOption('cost');
  if (which === 'phone') await page.getByRole('button', { name: '结果' }).tap();
  await page.locator('#prices-moved[data-known=true]').waitFor({ timeout: 120000 });
  await page.locator('.prices[aria-busy=false]').waitFor({ timeout: 120000 });
  await page.locator('#prices-moved').scrollIntoViewIfNeeded();
  await screenshot(page, `look-${which}-moved`);
  console.log(await page.locator('#prices-moved').innerText());
  console.log(page.problems());
} finally { await screenshot(page, `look-${which}-end`); await closeAll(); }
