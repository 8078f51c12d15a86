// The playground as a process of its own, and somebody in front of its page.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chromium } from 'playwright-core';

export const patience = 30_000; // milliseconds

// startPlayground starts "play --web" on a free port and returns its address,
// and when it was started.
export async function startPlayground(t, ...flags) {
  const started = performance.now();
  const play = spawn('out/secadvisor', ['play', '--web', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(async () => {
    play.kill('SIGTERM');
    if (play.exitCode === null) await once(play, 'exit');
  });
  let said = '';
  for await (const chunk of play.stdout) {
    said += chunk;
    const address = said.match(/http:\/\/\S+/);
    if (address) return { address: address[0], started, play };
  }
  throw new Error(`the playground did not say where it is: ${said}`);
}

export async function startBrowser(t) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  t.after(() => browser.close());
  return browser;
}

// Visitor is somebody in front of one page. Whatever the page complains of in
// its console, such as what its policy forbids, is kept.
export class Visitor {
  constructor(page) {
    this.page = page;
    this.complaints = [];
    page.setDefaultTimeout(patience);
    page.on('console', (m) => { if (m.type() === 'error' || m.type() === 'warning') this.complaints.push(m.text()); });
    page.on('pageerror', (e) => this.complaints.push(String(e)));
    page.on('dialog', (d) => { this.complaints.push(`a dialog: ${d.message()}`); d.dismiss(); });
  }

  static async with(context, address) {
    const me = new Visitor(await context.newPage());
    me.address = address;
    await me.page.goto(address);
    return me;
  }

  // becomes somebody else, in a place.
  async becomes(who, at = 'dm') {
    await this.page.goto(`${this.address}?${new URLSearchParams({ as: who, at })}`);
  }

  async types(text) {
    await this.page.locator('#text').fill(text);
    const sent = this.page.waitForResponse((r) => new URL(r.url()).pathname === '/say');
    await this.page.keyboard.press('Enter');
    await sent;
  }

  async presses(label) {
    await this.page.locator('main, aside').getByRole('button', { name: label, exact: true }).last().click();
  }

  async sees(text) {
    await this.page.locator('main').getByText(text).last().waitFor();
  }

  async keeps(name, options) {
    await this.page.evaluate(() => document.fonts.ready);
    await this.page.screenshot({ path: `out/web-${name}.png`, ...options });
  }
}

// quickCheck answers the ten questions so that 45 of 100 comes of it.
export async function quickCheck(me, each = () => {}) {
  await me.types('/sec assess');
  await me.presses('11 to 49');
  await me.presses('An IT provider');
  await me.presses('IT alone');
  const answers = ['Partly', 'Yes, I believe so', "Yes, I've seen it", 'Longer ago, or never', "Yes, I've seen it",
    "Don't know", 'No', "Within a year, I've seen it", 'No', 'Longer ago, or never'];
  for (const [i, answer] of answers.entries()) {
    await me.page.getByText(`${i + 1} of 10`, { exact: true }).waitFor();
    await each(i + 1);
    await me.presses(answer);
  }
  await me.sees('45 of 100, weak');
}
