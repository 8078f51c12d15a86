// Slack's own Bolt works against the fake Slack: so a bot that works against
// the fake is likely to work against Slack.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import bolt from '@slack/bolt';
import { makeBot } from './bot.mjs';
import { direct, eventually, general, owner, staff, startFake, undo } from './fake.mjs';

test('Bolt in Socket Mode', async (t) => {
  const atEnd = undo(t);
  const fake = await startFake();
  atEnd(fake.stop);
  const receiver = new bolt.SocketModeReceiver({
    appToken: fake.config.app_token,
    clientPingTimeout: 300,
    logLevel: bolt.LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl: fake.config.api_url } },
  });
  const app = makeBot(fake.config, { receiver });
  await app.start();
  atEnd(() => app.stop());
  await story(t, fake);
  await t.test('a socket that Slack replaces', async () => {
    await fake.ask({ do: 'disconnect', reason: 'refresh_requested' });
    await eventually('new socket', async () => (await fake.ask({ do: 'sockets' })).sockets === 1);
    assert.ok((await fake.ask({ do: 'write', user: staff, text: 'again' })).acked);
  });
});

test('Bolt over HTTP, with the signature checked', async (t) => {
  const atEnd = undo(t);
  const fake = await startFake();
  atEnd(fake.stop);
  const app = makeBot(fake.config, { signingSecret: fake.config.signing_secret });
  const other = makeBot(fake.config, { signingSecret: 'another-secret' });
  const listen = async (bot) => {
    atEnd(() => bot.stop());
    const { port } = (await bot.start({ port: 0, host: '127.0.0.1' })).address();
    const at = `http://127.0.0.1:${port}/slack/events`;
    await fake.ask({ do: 'connect', at: { Commands: at, Actions: at, Events: at } });
  };
  await listen(other);
  await t.test('another secret is refused', async () => {
    const got = await fake.ask({ do: 'command', user: staff, command: '/sec', text: 'hello' });
    assert.equal(got.status, 401);
    assert.equal(got.problem, 'http_client_error');
  });
  await listen(app);
  await t.test('the address is verified', () => fake.ask({ do: 'verify' }));
  await story(t, fake);
});

// story is what people do with the bot, the same over both ways.
async function story(t, { ask }) {
  const dm = async (user) => (await ask({ do: 'dm', user })).messages;
  const seen = async (user) => (await ask({ do: 'ephemerals', user })).messages;
  const said = (user, text) => eventually(`"${text}"`, async () => (await dm(user)).find((m) => m.text === text));

  await t.test('a command is answered in its response', async () => {
    const got = await ask({ do: 'command', user: staff, channel: general, command: '/sec', text: 'hello' });
    assert.equal(got.answer.text, 'You said hello');
    assert.deepEqual((await seen(staff)).map((m) => m.text), ['You said hello']);
  });
  await t.test('a command is answered later, twice', async () => {
    await ask({ do: 'command', user: staff, channel: general, command: '/sec', text: 'later' });
    await eventually('answer to all', async () => (await ask({ do: 'messages', channel: general })).messages.find((m) => m.text === 'for all'));
    assert.deepEqual((await seen(staff)).map((m) => m.text), ['You said hello', 'one']);
  });
  await t.test('a card is posted, a choice made and a button pressed', async () => {
    await ask({ do: 'command', user: owner, command: '/sec', text: 'card' });
    const m = await said(owner, 'Ready?');
    assert.deepEqual(m.buttons, ['Yes', 'Tell more']);
    assert.ok((await ask({ do: 'select', user: owner, channel: m.channel, ts: m.ts, label: 'Later' })).acked);
    await eventually('choice', async () => (await seen(owner)).find((e) => e.text === 'Chosen later'));
    assert.ok((await ask({ do: 'press', user: owner, channel: m.channel, ts: m.ts, label: 'Yes' })).acked);
    assert.equal((await said(owner, 'Pressed run/1/yes')).ts, m.ts);
  });
  await t.test('a form is opened, refused and accepted', async () => {
    await ask({ do: 'command', user: owner, command: '/sec', text: 'card' });
    const m = await said(owner, 'Ready?');
    await ask({ do: 'press', user: owner, channel: m.channel, ts: m.ts, label: 'Tell more' });
    await eventually('form', async () => (await ask({ do: 'view', user: owner })).open);
    const refused = await ask({ do: 'submit', user: owner, values: { Name: 'Jo' } });
    assert.deepEqual(refused.errors, { name: 'Which one?' });
    await ask({ do: 'submit', user: owner, values: { Name: 'Joan' } });
    await said(owner, 'Saved Joan for run-1');
    assert.equal((await ask({ do: 'view', user: owner })).open, false);
  });
  await t.test('a direct message, a mention, a shortcut and the Home', async () => {
    assert.ok((await ask({ do: 'write', user: staff, text: 'my printer' })).acked);
    assert.equal((await said(staff, 'Heard: my printer')).channel, direct(staff));
    assert.ok((await ask({ do: 'mention', user: staff, channel: general, text: 'help' })).acked);
    await eventually('private answer', async () => (await seen(staff)).find((m) => m.text === 'Only you see this'));
    const { message } = await ask({ do: 'say', user: staff, channel: general, text: 'laptop gone' });
    assert.ok((await ask({ do: 'shortcut', user: owner, channel: general, ts: message.ts, callback: 'who_handles' })).acked);
    await eventually('answer', async () => (await seen(owner)).find((m) => m.text === 'About: laptop gone'));
    assert.ok((await ask({ do: 'openHome', user: owner })).acked);
    await eventually('home', async () => (await ask({ do: 'home', user: owner })).shown === 'Your home');
  });
}
