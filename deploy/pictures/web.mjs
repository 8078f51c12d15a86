// Draws the README's pictures of the playground: an urgent question, and a check
// with its reminder, in a company in which much has happened. Run in deploy/e2e,
// after npm ci:
//
//	go build -o out/ ../../cmd/secadvisor && node ../pictures/web.mjs
import { startBrowser, startPlayground, Visitor } from '../e2e/web.mjs';

const endings = [];
const t = { after: (end) => endings.unshift(end) };
const folder = new URL('.', import.meta.url).pathname;

async function picture(name, colorScheme, live) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 760 }, colorScheme, reducedMotion: 'reduce' });
  const me = await Visitor.with(context, address);
  await me.presses('Close the hints');
  await live(me);
  await me.page.mouse.move(0, 0);
  await me.page.screenshot({ path: `${folder}web-${name}.png` });
  await context.close();
}

const { address } = await startPlayground(t, '--demo');
const browser = await startBrowser(t);
await picture('urgent', 'light', async (me) => {
  await me.becomes('staff:Sam');
  await me.types('who handles the printer?');
  await me.sees('Printers and scanners');
  await me.types('i typed my password into that sharepoint thing');
  await me.sees('Act now');
});
await picture('check', 'dark', async (me) => {
  const result = me.page.locator('article', { hasText: 'of 100, weak' }).last();
  await result.evaluate((a) => a.scrollIntoView({ block: 'start' }));
});
for (const end of endings) await end();
