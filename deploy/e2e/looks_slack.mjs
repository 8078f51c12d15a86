// How Slack draws messages, forms and its page of the bot, as far as this
// project sends them: a plain drawing in Slack's sizes and colours. It stands
// for what is read, in which order and how long; not for every pixel.

const colours = {
  light: { page: '#ffffff', text: '#1d1c1d', small: '#616061', line: '#8d8d8e', code: '#f8f8f8', main: '#007a5a' },
  dark: { page: '#1a1d21', text: '#d1d2d3', small: '#ababad', line: '#797c81', code: '#222529', main: '#007a5a' },
};

export const library = '';

export const settings = () => ({});

export function style(theme) {
  const { page, text, small, line, code, main } = colours[theme];
  return `
    body { background: ${page}; }
    .drawn { padding: 8px 16px; border: 1px dotted ${line}; background: ${page}; color: ${text}; font: 15px/1.46 Lato, 'Liberation Sans', Arial, sans-serif; }
    .drawn > * { margin: 4px 0; }
    .words { white-space: pre-wrap; overflow-wrap: break-word; }
    h3 { font-size: 18px; font-weight: 900; line-height: 1.33; }
    .context { color: ${small}; font-size: 13px; }
    pre { padding: 8px; border: 1px solid ${line}; border-radius: 4px; background: ${code}; font: 12px/1.5 Monaco, 'Liberation Mono', monospace; white-space: pre-wrap; overflow-wrap: break-word; }
    .actions { display: flex; flex-wrap: wrap; gap: 8px; }
    button, select { box-sizing: border-box; max-width: 100%; height: 28px; padding: 0 12px; border: 1px solid ${line}; border-radius: 8px; background: ${page}; color: ${text};
      font: 700 13px Lato, 'Liberation Sans', Arial, sans-serif; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    button.primary { border-color: ${main}; background: ${main}; color: #ffffff; }
    label { display: block; font-weight: 700; }
    input, textarea { box-sizing: border-box; width: 100%; padding: 8px 12px; border: 1px solid ${line}; border-radius: 8px; background: ${page}; color: ${text}; font: inherit; }`;
}

// draw runs in the page: it draws messages, each into a box of its own.
export function draw({ messages }) {
  for (const message of messages) {
    const box = make('div', 'drawn');
    if (message.type === 'modal') box.append(make('h3', 'words', message.title.text));
    const blocks = message.blocks ?? [{ type: 'section', text: { text: message.text } }];
    blocks.forEach((block) => box.append(drawn(block)));
    if (message.submit) box.append(make('button', 'primary', message.submit.text));
    document.body.append(box);
  }

  function make(tag, className, text = '') {
    return Object.assign(document.createElement(tag), { className, textContent: text });
  }

  function drawn(block) {
    switch (block.type) {
      case 'header': return make('h3', 'words', block.text.text);
      case 'section': return make('div', 'words', block.text.text);
      case 'context': return make('div', 'words context', block.elements.map((e) => e.text).join(' '));
      case 'rich_text': {
        const part = make('div', 'rich');
        part.append(...block.elements.map(rich));
        return part;
      }
      case 'actions': {
        const row = make('div', 'actions');
        row.append(...block.elements.map(control));
        return row;
      }
      case 'input': {
        const field = make('div', 'input');
        const label = make('label', '', block.label.text + (block.optional ? ' (optional)' : ''));
        label.append(control(block.element));
        field.append(label);
        if (block.hint) field.append(make('div', 'words context', block.hint.text));
        return field;
      }
    }
    throw new Error(`a block of the type ${block.type} is not drawn`);
  }

  function rich({ type, elements }) {
    const part = make(type === 'rich_text_preformatted' ? 'pre' : 'div', type === 'rich_text_preformatted' ? '' : 'words');
    part.append(...elements.map(({ text, style }) => make(style?.bold ? 'b' : 'span', '', text)));
    return part;
  }

  function control(e) {
    switch (e.type) {
      case 'button': return make('button', e.style ?? '', e.text.text);
      case 'overflow': return Object.assign(make('button', '', '⋯'), { ariaLabel: 'More' });
      case 'plain_text_input': return Object.assign(make(e.multiline ? 'textarea' : 'input', ''), { value: e.initial_value ?? '' });
      case 'static_select': case 'users_select': case 'conversations_select': {
        const menu = Object.assign(make('select', ''), { ariaLabel: e.placeholder?.text ?? '' });
        menu.append(make('option', '', e.initial_option?.text.text ?? e.placeholder?.text ?? ''));
        return menu;
      }
    }
    throw new Error(`an element of the type ${e.type} is not drawn`);
  }
}
