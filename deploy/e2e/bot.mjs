// A small bot made of Slack's own Bolt, with each kind of thing that this
// project's bot does.
import bolt from '@slack/bolt';

const plain = (text) => ({ type: 'plain_text', text });
const button = (action_id, text, value) => ({ type: 'button', action_id, text: plain(text), value });

export const card = (text) => [
  { type: 'section', block_id: 'q', text: { type: 'mrkdwn', text } },
  {
    type: 'actions',
    block_id: 'a',
    elements: [
      button('yes', 'Yes', 'run/1/yes'),
      button('form', 'Tell more', 'run/1/form'),
      {
        type: 'static_select',
        action_id: 'when',
        placeholder: plain('When?'),
        options: [{ text: plain('Today'), value: 'today' }, { text: plain('Later'), value: 'later' }],
      },
    ],
  },
];

const form = {
  type: 'modal',
  callback_id: 'contact',
  private_metadata: 'run-1',
  title: plain('Contact'),
  submit: plain('Save'),
  blocks: [
    { type: 'input', block_id: 'name', label: plain('Name'), element: { type: 'plain_text_input', action_id: 'value' } },
  ],
};

// makeBot returns Bolt's App; options choose Socket Mode or HTTP.
export function makeBot(config, options) {
  const app = new bolt.App({
    token: config.bot_token,
    logLevel: bolt.LogLevel.ERROR,
    clientOptions: { slackApiUrl: config.api_url },
    ...options,
  });
  app.command('/sec', async ({ command, ack, client, respond }) => {
    if (command.text === 'card') {
      await ack();
      await client.chat.postMessage({ channel: command.user_id, text: 'Ready?', blocks: card('Ready?') });
    } else if (command.text === 'later') {
      await ack();
      await respond({ text: 'one' });
      await respond({ text: 'for all', response_type: 'in_channel' });
    } else {
      await ack({ response_type: 'ephemeral', text: `You said ${command.text}` });
    }
  });
  app.action('yes', async ({ ack, body, action, client }) => {
    await ack();
    await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: `Pressed ${action.value}`, blocks: [] });
  });
  app.action('when', async ({ ack, action, respond }) => {
    await ack();
    await respond({ text: `Chosen ${action.selected_option.value}`, replace_original: false });
  });
  app.action('form', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: form });
  });
  app.view('contact', async ({ ack, view, body, client }) => {
    const name = view.state.values.name.value.value;
    if (name.length < 3) return ack({ response_action: 'errors', errors: { name: 'Which one?' } });
    await ack();
    await client.chat.postMessage({ channel: body.user.id, text: `Saved ${name} for ${view.private_metadata}` });
  });
  app.shortcut('who_handles', async ({ ack, shortcut, respond }) => {
    await ack();
    await respond({ text: `About: ${shortcut.message.text}` });
  });
  app.message(async ({ message, say }) => { await say(`Heard: ${message.text}`); });
  app.event('app_mention', async ({ event, client }) => {
    await client.chat.postEphemeral({ channel: event.channel, user: event.user, text: 'Only you see this' });
  });
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'header', text: plain('Your home') }] },
    });
  });
  return app;
}
