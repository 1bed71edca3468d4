// Accessibility, judged by axe-core.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let source;

/// The rules that a page breaks.
/// @param {object} [options]
/// @param {string} [options.within]    judge only this element
/// @param {string[]} [options.without] leave these out
export async function axe(page, { within, without = [] } = {}) {
  source ??= await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  // Evaluated and not added as a script: the page's own rules about scripts stay as they are.
  await page.evaluate(source);
  return page.evaluate(
    async ({ tags, within, without }) => {
      // Colours on their way to others are nobody's colours.
      const ending = document.getAnimations().filter((a) => Number.isFinite(a.effect?.getComputedTiming().endTime));
      await Promise.all(ending.map((a) => a.finished.catch(() => {})));
      const scope = { include: [within ? [within] : ['html']], exclude: without.map((selector) => [selector]) };
      const { violations } = await window.axe.run(scope, { runOnly: { type: 'tag', values: tags } });
      return violations.map(({ id, impact, help, nodes }) => ({
        id,
        impact,
        help,
        nodes: nodes.map(({ target, html, failureSummary }) => ({ target: target.join(' '), html, why: failureSummary })),
      }));
    },
    { tags: TAGS, within, without },
  );
}

/// Fails with every broken rule and the elements that break it.
export async function assertAccessible(page, options) {
  const violations = await axe(page, options);
  const told = violations.map(({ id, impact, help, nodes }) => {
    const places = nodes.map(({ target, html, why }) => `    ${target}\n      ${html}\n      ${why.replaceAll('\n', '\n      ')}`);
    return `  ${id} (${impact}): ${help}\n${places.join('\n')}`;
  });
  assert.ok(violations.length === 0, `axe-core finds ${violations.length} broken rules:\n${told.join('\n')}`);
}
