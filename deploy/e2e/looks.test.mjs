// What looks.mjs tells of messages that somebody could not read or press, and
// that it is silent about good ones.
import test from 'node:test';
import assert from 'node:assert/strict';
import { card as inSlack } from './bot.mjs';
import { Drawing } from './looks.mjs';
import { startBrowser } from './web.mjs';

const text = (words, like) => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: words, ...like }] });
const button = (title, more) => ({ type: 'Action.Submit', title, ...more });
const row = (...actions) => ({ type: 'ActionSet', actions });
const card = (...body) => ({ type: 'AdaptiveCard', version: '1.5', body });
const menu = (more) => ({ type: 'Input.ChoiceSet', id: 'm', choices: [{ title: 'One', value: '1' }], ...more });
const long = 'as long as no button can be on a phone that people hold in one hand, and longer';

test('what is wrong with a message', { timeout: 120_000 }, async (t) => {
  const browser = await startBrowser(t);
  const drawing = new Drawing(await browser.newPage());
  const phone = { width: 320, theme: 'light' };
  const good = card(text('A title', { size: 'Large' }), text(`Words. ${long}. `.repeat(20)), row(button('Yes'), button('No'), button('Later', { mode: 'secondary' })), menu({ label: 'Which?' }));
  const head = { type: 'section', text: { type: 'plain_text', text: 'Words' } };
  for (const [name, message, ...want] of [
    ['a good card', good],
    ['a good message', { blocks: inSlack('Ready?') }],
    ['no body', card(), /empty/],
    ['a word without an end', card(text('x'.repeat(200))), /wider than its card/],
    ['a long button', card(text('Words'), row(button(long))), /cut off: as long/],
    ['a colour', card(text('Words', { color: 'Warning' })), /hard to read, 1\.\d of 4\.5: Words/],
    ['a button without a name', card(text('Words'), row(button(''))), /nothing says what it is/],
    ['a menu without a name', card(text('Words'), menu()), /nothing says what it is/],
    ['a row too long for its buttons', card(text('Words'), row(...'1234567'.split('').map((n) => button(n)))), /a button is not seen: 7/],
    ['a long button in Slack', { blocks: [head, { type: 'actions', elements: [{ type: 'button', text: { text: long } }] }] }, /cut off/],
    ['a page of Slack with nothing on it', { type: 'home', blocks: [] }, /empty/],
  ]) {
    await drawing.put([message], phone);
    const found = await drawing.faults();
    assert.equal(found.length, want.length, `${name}: ${found}`);
    want.forEach((fault) => assert.match(found.join('\n'), fault, name));
    assert.deepEqual(await drawing.unreached(), [], name);
  }

  await drawing.put([good], phone);
  await drawing.page.evaluate(() => { document.querySelectorAll('button')[1].tabIndex = -1; });
  assert.match((await drawing.unreached()).join(), /no keyboard gets to it in its turn: .*No/);
  await drawing.put([good], { width: 320, theme: 'dark' });
  assert.deepEqual(await drawing.faults(), [], 'in the dark');
});
