// How the playground looks and how fast it is: pictures at three widths, light
// and dark, into out/; what axe finds; how heavy and how quick the page is.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { startBrowser, startPlayground, Visitor, quickCheck } from './web.mjs';

const axe = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const widths = [320, 800, 1600];

// faults are what axe finds that keeps somebody from using the page, or makes
// it hard.
async function faults(page) {
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
  return violations.filter((v) => v.impact === 'serious' || v.impact === 'critical' || v.impact === 'moderate')
    .map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.failureSummary}`).join(' | ')}`);
}

// states are what a visitor comes to see, and how.
const states = {
  first: async () => {},
  answer: async (me) => { await me.types('who handles printers?'); await me.sees('Printers and scanners'); },
  urgent: async (me) => { await me.becomes('staff:Sam', '#general'); await me.types('my laptop was stolen'); await me.sees('Act now'); },
  home: async (me) => { await me.becomes('owner:Alex', 'home'); await me.sees('Hello Alex'); },
  map: async (me) => { await me.becomes('owner:Alex'); await me.types('/sec map'); await me.sees('duties have no owner'); },
  form: async (me) => {
    await me.types('/sec assign');
    await me.presses('All emergencies');
    await me.presses('A person here');
    await me.presses('Save');
    await me.sees('This one is needed');
  },
  table: async (me) => { await me.presses('Cancel'); await me.types('/sec emergency'); await me.presses('Change a number'); await me.sees('Emergency numbers'); },
  failed: async (me) => {
    await me.page.locator('#target').evaluate((s) => { s.value = 'it:Robin'; });
    await me.page.locator('#break-it').evaluate((b) => b.click());
    await me.page.locator('#stage').getByText('Broken:').waitFor({ state: 'attached' });
    const now = await me.page.locator('.now').textContent();
    await me.page.locator('#by-week').evaluate((b) => b.click());
    await me.page.waitForFunction((then) => document.querySelector('.now').textContent !== then, now);
    await me.sees('10 questions, 5 minutes');
  },
};

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing serious, ${colorScheme}`, { timeout: 240_000 }, async (t) => {
    const { address } = await startPlayground(t, '--demo');
    const browser = await startBrowser(t);
    for (const width of widths) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
      const me = await Visitor.with(context, address);
      for (const [state, comesTo] of Object.entries(states)) {
        await comesTo(me);
        await me.page.waitForTimeout(400); // smooth scrolling ends
        await me.keeps(`${colorScheme}-${width}-${state}`);
        await me.page.evaluate(axe);
        assert.deepEqual(await faults(me.page), [], `${state}, ${width} wide`);
        const wide = await me.page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `${state}: ${wide} wide, and the window is ${width}`);
      }
      if (width < 1280) {
        await me.page.getByRole('button', { name: 'Clock and outbox' }).click();
        await me.keeps(`${colorScheme}-${width}-stage`);
        assert.deepEqual(await faults(me.page), [], `stage, ${width} wide`);
      }
      await context.close();
    }
  });
}

test('the page is light, and quick', { timeout: 120_000 }, async (t) => {
  const browser = await startBrowser(t);
  const firsts = [];
  for (let i = 0; i < 5; i++) {
    const { address, started } = await startPlayground(t, ...(i % 2 ? ['--demo'] : []));
    const answer = await fetch(address);
    await answer.text();
    firsts.push(performance.now() - started);
    assert.equal(answer.status, 200);
  }
  t.diagnostic(`first page after the process starts: ${firsts.map((ms) => ms.toFixed(0)).join(', ')} ms`);

  const { address } = await startPlayground(t);
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
  const me = await Visitor.with(context, address);
  await me.page.waitForLoadState('load');
  const bytes = await me.page.evaluate(() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .reduce((sum, e) => sum + e.encodedBodySize, 0));
  t.diagnostic(`the whole first page: ${(bytes / 1024).toFixed(0)} KB`);
  assert.ok(bytes < 150 * 1024, `${bytes} bytes`);
  const others = await me.page.evaluate(() => performance.getEntriesByType('resource').filter((e) => !e.name.startsWith(location.origin)).length);
  assert.equal(others, 0, 'something comes from elsewhere');

  await me.page.evaluate(() => { // from a press until the page shows what came of it
    window.waits = [];
    document.addEventListener('click', (event) => {
      const start = performance.now();
      if (event.target.form) new MutationObserver((_, o) => { o.disconnect(); window.waits.push(performance.now() - start); })
        .observe(document.querySelector('#log'), { childList: true });
    }, true);
  });
  await quickCheck(me);
  const waits = (await me.page.evaluate(() => window.waits)).sort((a, b) => a - b);
  assert.ok(waits.length > 10, `${waits.length} presses`);
  t.diagnostic(`a press is answered on the page after ${waits[waits.length >> 1].toFixed(1)} ms (median of ${waits.length}), at most ${waits.at(-1).toFixed(1)} ms`);
});
