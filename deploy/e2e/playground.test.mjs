// The main job in Microsoft's own local client of Teams, driven by a browser:
// in a personal chat, a group chat and a channel. Pictures of what a person
// sees go to out/.
import test from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const patience = 30_000; // milliseconds

test('the story in the Agents Playground', { timeout: 420_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'playground-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const endpoint = await freePort();
  const bot = new Bot(t, endpoint, `file:${join(folder, 'play.db')}`);
  await bot.start();
  const client = await startPlayground(t, endpoint);
  const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
  t.after(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1300, height: 1400 } });
  page.setDefaultTimeout(patience);
  await page.goto(client, { waitUntil: 'domcontentloaded' });
  const me = new Person(page);

  await t.test('asks and chooses', async () => {
    await me.sees("I'm here: ask who handles something");
    await me.types(`/sec claim ${await bot.code}`);
    await me.sees('You are an owner now');
    await me.types('who handles printers?');
    await me.presses('Why IT?');
    await me.sees('IT alone');
    await me.types('something is wrong with my screen and the codes');
    await me.sees('Which is it?');
    await me.keeps('choose');
    await me.presses('Sign-in codes and new phones');
    await me.sees('IT support · Sign-in codes and new phones');
    await me.types('i typed my password into that sharepoint thing');
    await me.sees('Act now');
    await me.keeps('asked');
  });

  await t.test('is assessed on one card', async () => {
    await me.types('/sec assess');
    await me.presses('11 to 49');
    await me.presses('An IT provider');
    await me.presses('IT alone');
    for (const [i, answer] of answers.entries()) {
      await me.sees(`${i + 1} of 10`);
      if (i === 3) await me.keeps('question');
      await me.presses(answer);
    }
    await me.sees('of 100, weak');
    assert.equal(await page.getByText('10 of 10').count(), 0, 'the last question is still shown');
    await me.keeps('result');
  });

  await t.test('sets a reminder', async () => {
    await me.presses('Remind me every quarter');
    await me.presses('Set it');
    await me.sees('Set: Quick check');
  });

  // The same among others: what concerns the asker alone comes to their own
  // chat, the questions and the reminder to everybody.
  for (const [name, room, topic, reminder] of [
    ['group', 'Group Chat', ['who handles the firewall?', 'Firewall and open ports'], 'Restore test'],
    ['channel', 'My Team - General', ['who sets up a new laptop?', 'New computers and phones'], 'Dial each emergency number once'],
  ]) {
    await t.test(`asks and chooses in a ${name}, and is answered alone`, async () => {
      await me.goes(room);
      await me.mentions('Test Bot', topic[0]);
      await me.mentions('Test Bot', 'something is wrong with my screen and the codes');
      await me.keeps(name);
      assert.equal(await page.getByRole('button', { name: 'Tell them' }).count(), 0, 'others read the answer');
      await me.goes('Personal Chat');
      await me.sees(topic[1]);
      await me.presses('Sign-in codes and new phones');
      await me.sees('IT support · Sign-in codes and new phones');
    });

    await t.test(`is assessed together in a ${name}, on one card`, async () => {
      await me.goes(room);
      await me.mentions('Test Bot', '/sec assess');
      await me.goes('Personal Chat');
      await me.presses('Start a new one');
      await me.presses('Together here');
      await me.sees('It goes on where you asked');
      await me.goes(room);
      for (const [i, answer] of answers.entries()) {
        await me.sees(`${i + 1} of 10`);
        await me.presses(answer);
        await me.sees('So far:');
        if (i === 3) await me.keeps(`${name}-question`);
        await me.presses('Next question');
      }
      await me.sees('all questions are answered');
      assert.equal(await page.getByText('10 of 10').count(), 0, 'the last question is still shown');
      assert.equal(await page.getByText('of 100, weak').count(), 0, 'others read the result');
      await me.goes('Personal Chat');
      await me.sees('of 100, weak');
      await me.keeps(`${name}-result`);
    });

    await t.test(`sets a reminder for a ${name}`, async () => {
      await me.goes(room);
      await me.mentions('Test Bot', `/sec remind ${reminder.toLowerCase()} every quarter`);
      await me.goes('Personal Chat');
      await me.presses('Another time, or somebody else');
      await page.getByRole('textbox', { name: 'Or a channel of your company' }).last().fill('here');
      await me.keeps(`${name}-form`);
      await me.presses('Set it');
      await me.sees(`Set: ${reminder}`);
    });
  }

  await t.test('everybody is reminded when the time has come', async () => {
    await bot.stop();
    await bot.start(`--ahead=${untilNoon(95)}s`);
    await me.sees('I was not running then');
    await me.keeps('reminder');
    await me.goes('Group Chat');
    await me.sees('Restore test');
    await me.keeps('group-reminder');
    await me.presses('Done');
    await me.goes('Personal Chat');
    await me.sees('What was done');
    await me.presses('It is done');
    await me.goes('Group Chat');
    await me.sees('Done: Restore test');
    await me.keeps('group-done');
    await me.goes('My Team - General');
    await me.sees('Dial each emergency number once');
    await me.keeps('channel-reminder');
    await me.goes('Personal Chat');
    await me.keeps('personal');
  });
});

// What an owner answers, question by question: 45 of 100.
const answers = ['Partly', 'Yes, I believe so', "Yes, I've seen it", 'Longer ago, or never', "Yes, I've seen it",
  "Don't know", 'No', "Within a year, I've seen it", 'No', 'Longer ago, or never'];

// Bot is a server that can be stopped and started again on the same data.
class Bot {
  constructor(t, port, storage) {
    this.env = { ...process.env, SECADVISOR_STORAGE: storage, SECADVISOR_LISTEN: `127.0.0.1:${port}`, SECADVISOR_LOG_LEVEL: 'warn' };
    this.ready = `http://127.0.0.1:${port}/readyz`;
    this.code = new Promise((found) => { this.found = found; });
    t.after(() => this.stop());
  }

  async start(...flags) {
    this.process = spawn('out/secadvisor', ['serve', '--teams-no-auth', ...flags], { env: this.env, stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    this.process.stdout.on('data', (text) => {
      said += text;
      const code = said.match(/claim (\S+)/);
      if (code) this.found(code[1]);
    });
    await responds(this.ready);
  }

  async stop() {
    if (!this.process || this.process.exitCode !== null) return;
    this.process.kill('SIGTERM');
    await once(this.process, 'exit');
  }
}

async function startPlayground(t, endpoint) {
  const port = await freePort();
  const client = spawn('node_modules/.bin/agentsplayground',
    ['-e', `http://127.0.0.1:${endpoint}/api/messages`, '-c', 'msteams', '-p', String(port), '--dt'],
    { env: { ...process.env, BROWSER: 'none' }, stdio: 'ignore' });
  t.after(() => client.kill());
  await responds(`http://127.0.0.1:${port}`);
  return `http://127.0.0.1:${port}`;
}

// Person is somebody in front of the page.
class Person {
  constructor(page) { this.page = page; }

  async types(text) {
    await this.page.locator('[data-lexical-editor="true"]').first().click();
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
  }

  async goes(room) {
    await this.page.getByRole('treeitem', { name: room }).click();
  }

  async mentions(name, text) {
    await this.page.locator('[data-lexical-editor="true"]').first().click();
    await this.page.keyboard.type('@');
    await this.page.getByRole('menuitem', { name }).click();
    await this.page.keyboard.type(` ${text}`);
    await this.page.keyboard.press('Enter');
    await this.page.getByText(text).first().waitFor();
    await this.page.waitForTimeout(1500); // what should not come has had its time
  }

  async sees(text) {
    await this.page.getByText(text).last().waitFor();
  }

  async presses(label) {
    await this.page.getByRole('button', { name: label, exact: true }).last().click();
  }

  async keeps(name) {
    await this.page.screenshot({ path: `out/playground-${name}.png` });
  }
}

// untilNoon is how many seconds it is until noon of the first Wednesday after
// so many days: people are reminded in working hours only.
function untilNoon(days) {
  const at = new Date(Date.now() + days * 86_400_000);
  at.setUTCHours(12, 0, 0, 0);
  while (at.getUTCDay() !== 3) at.setUTCDate(at.getUTCDate() + 1);
  return Math.round((at - Date.now()) / 1000);
}

async function responds(url) {
  for (const end = Date.now() + patience; Date.now() < end;) {
    const ok = await fetch(url).then((r) => r.ok, () => false);
    if (ok) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${url} does not answer`);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
