// The schema made from Slack's types accepts what Slack accepts and tells
// what is wrong with the rest.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { card } from './bot.mjs';
import { mistakes } from './validate.mjs';

const plain = (text) => ({ type: 'plain_text', text, emoji: false });
const input = {
  type: 'input',
  block_id: 'a',
  label: plain('Name'),
  optional: true,
  element: { type: 'plain_text_input', action_id: 'b', max_length: 80 },
};

test('good messages and views', () => {
  for (const good of [
    { text: 'x' },
    { text: 'x', blocks: card('Ready?'), metadata: { event_type: 'outbox', event_payload: { id: '1' } } },
    { text: 'x', response_type: 'ephemeral', replace_original: true, blocks: [{ type: 'divider' }] },
    { type: 'modal', title: plain('T'), submit: plain('S'), callback_id: 'c', private_metadata: 'p', blocks: [input] },
    { type: 'home', blocks: [{ type: 'header', text: plain('H') }, { type: 'context', elements: [{ type: 'mrkdwn', text: 'x', verbatim: true }] }] },
    { blocks: [{ type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] }] },
    { blocks: [{ type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'x' }] }] }] },
  ]) {
    assert.deepEqual(mistakes(good), [], JSON.stringify(good));
  }
});

test('wrong ones, each told where', () => {
  const [section, actions] = card('Ready?');
  for (const [wrong, where] of [
    [{ text: 'x', colour: 'red' }, /colour/],
    [{ blocks: [{ type: 'heading' }] }, /^\/blocks\/0\/type: /],
    [{ blocks: [{ ...section, emoji: true }] }, /^\/blocks\/0: .*emoji/],
    [{ blocks: [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }] }, /^\/blocks\/0\/text\/type: /],
    [{ blocks: [{ ...actions, elements: [{ type: 'button', action_id: 'a' }] }] }, /^\/blocks\/0\/elements\/0: .*text/],
    [{ blocks: [{ ...actions, elements: [{ ...actions.elements[0], style: 'blue' }] }] }, /^\/blocks\/0\/elements\/0\/style: /],
    [{ text: 'x', metadata: { event_type: '' } }, /^\/metadata: .*event_payload/],
    [{ type: 'modal', blocks: [input] }, /title/],
    [{ type: 'modal', title: plain('T'), blocks: [{ ...input, label: undefined }] }, /^\/blocks\/0: .*label/],
    [{ type: 'dialog', blocks: [] }, /neither/],
  ]) {
    const found = mistakes(JSON.parse(JSON.stringify(wrong)));
    assert.ok(found.some((m) => where.test(m)), `${JSON.stringify(wrong)}: ${JSON.stringify(found)}`);
    assert.ok(found.length < 4, `too much is said: ${JSON.stringify(found)}`);
  }
});
