// node looks.mjs [--pictures FOLDER] FILE...: draws messages as Teams and Slack
// draw them, on a desktop and on a phone, light and dark, and says what keeps
// somebody from reading or pressing. Each line of a file is one Adaptive Card,
// or one message or view of Slack. With a folder, pictures of all go there.
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { faults, unreached } from './looks_check.mjs';
import * as slack from './looks_slack.mjs';
import * as teams from './looks_teams.mjs';

const widths = [550, 320]; // pixels: a chat of Teams, and a phone
const themes = ['light', 'dark'];
const apart = 16; // pixels between two messages on a sheet
const sheetOf = 12;

// Drawing is a browser's page on which messages are drawn.
export class Drawing {
  constructor(page) { this.page = page; }

  // put draws messages side by side in a width and a theme.
  async put(messages, { width, theme }) {
    const platform = messages[0].type === 'AdaptiveCard' ? teams : slack;
    const columns = Math.max(1, Math.floor(1700 / width));
    await this.page.setViewportSize({ width: columns * (width + apart) + apart, height: 900 });
    await this.page.setContent(`<!doctype html><html lang="en"><title>Messages</title><style>
      body { margin: ${apart}px; display: flex; flex-wrap: wrap; gap: ${apart}px; align-items: flex-start; }
      .drawn { box-sizing: border-box; width: ${width}px; }
      ${platform.style(theme)}</style>`);
    await this.page.evaluate(platform.library);
    await this.page.evaluate(platform.draw, { messages, settings: platform.settings(theme) });
  }

  // faults are what is wrong with what is drawn.
  async faults() { return (await this.page.evaluate(faults)).flat(); }

  // unreached is what somebody without a mouse does not come to.
  unreached() { return unreached(this.page); }

  // picture keeps what is drawn.
  picture(path) { return this.page.screenshot({ path, fullPage: true }); }
}

// look is what of a message is seen: not whom it goes to, or what a button
// carries.
function look(message) {
  const unseen = ['channel', 'data', 'fallback', 'refresh', 'action_id', 'private_metadata', 'callback_id'];
  return JSON.stringify(message, (name, value) => (unseen.includes(name) || (name === 'value' && value.includes?.('/')) ? undefined : value));
}

async function main(files, folder) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  const drawing = new Drawing(await browser.newPage());
  const known = new Set();
  const wrong = new Map();
  let drawn = 0;
  if (folder) mkdirSync(folder, { recursive: true });
  for (const file of files) {
    const fresh = readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line))
      .filter((message) => !known.has(look(message)) && known.add(look(message)));
    for (let from = 0; from < fresh.length; from += sheetOf) {
      const messages = fresh.slice(from, from + sheetOf);
      for (const width of widths) {
        for (const theme of themes) {
          await drawing.put(messages, { width, theme });
          const sheet = `${basename(file, '.jsonl')}-${width}-${theme}-${String(from / sheetOf + 1).padStart(2, '0')}.png`;
          if (folder) await drawing.picture(join(folder, `${messages[0].type === 'AdaptiveCard' ? 'teams' : 'slack'}-${sheet}`));
          const found = await drawing.faults();
          if (width === widths[0] && theme === themes[0]) found.push(...await drawing.unreached());
          found.forEach((fault) => wrong.set(fault, `${basename(file)}, ${width} wide, ${theme}`));
          drawn += messages.length;
        }
      }
    }
  }
  await browser.close();
  for (const [fault, where] of wrong) console.error(`${where}: ${fault}`);
  console.log(`${known.size} messages drawn ${drawn} times, ${wrong.size} faults`);
  if (wrong.size > 0 || drawn === 0) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({ options: { pictures: { type: 'string' } }, allowPositionals: true });
  await main(positionals, values.pictures);
}
