// How Microsoft Teams draws Adaptive Cards: with Microsoft's own library, set as
// Teams sets it. Sizes, spaces and the light colours are those with which the
// Agents Playground draws for Teams; the dark ones are those of Fluent, dark:
// https://fluent2.microsoft.design/color-tokens
import { readFileSync } from 'node:fs';

export const library = readFileSync(new URL('node_modules/adaptivecards/dist/adaptivecards.min.js', import.meta.url), 'utf8');

const sizes = { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 };
const weights = { lighter: 200, default: 400, bolder: 600 };
const font = (fontFamily) => ({ fontFamily, fontSizes: sizes, fontWeights: weights });

const colours = {
  light: {
    card: '#ffffff', around: '#f5f5f5', line: '#d1d1d1', field: '#ffffff',
    text: { default: ['#252424', '#bf252424'], accent: ['#6264a7', '#8b8cc7'], good: ['#92c353', '#e592c353'], warning: ['#f8d22a', '#e5f8d22a'], attention: ['#c4314b', '#e5c4314b'] },
  },
  dark: {
    card: '#292929', around: '#1f1f1f', line: '#666666', field: '#1f1f1f',
    text: { default: ['#ffffff', '#adadad'], accent: ['#9299f7', '#7f85f5'], good: ['#54b054', '#359b35'], warning: ['#faa06b', '#f98845'], attention: ['#e37d80', '#dc5e62'] },
  },
};

// settings are what the library is told about a theme.
export function settings(theme) {
  const { card, line, text } = colours[theme];
  const foregroundColors = Object.fromEntries(Object.entries(text).map(([name, [plain, subtle]]) => [name, { default: plain, subtle }]));
  return {
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: line },
    fontTypes: {
      default: font("'Segoe UI', 'Liberation Sans', Arial, sans-serif"),
      monospace: font("'Courier New', 'Liberation Mono', monospace"),
    },
    containerStyles: { default: { backgroundColor: card, borderColor: line, foregroundColors }, emphasis: { backgroundColor: card, borderColor: line, foregroundColors } },
    actions: { maxActions: 6, buttonSpacing: 0, actionsOrientation: 'horizontal', actionAlignment: 'left' },
  };
}

// style is how Teams dresses what the library leaves bare. A row of buttons
// wraps; the words on one button do not.
export function style(theme) {
  const { around, card, line, field, text: { default: [text] } } = colours[theme];
  return `
    body { background: ${around}; }
    .drawn { background: ${card}; border: 1px solid ${line}; border-radius: 4px; }
    .ac-actionSet { flex-wrap: wrap; gap: 8px; }
    .ac-pushButton { box-sizing: border-box; max-width: 100%; min-width: 96px; height: 32px; padding: 5px 12px; border: 1px solid ${line};
      border-radius: 4px; background: ${card}; color: ${text}; font: 600 14px 'Segoe UI', 'Liberation Sans', Arial, sans-serif;
      overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .ac-pushButton.ac-overflow-button { min-width: 32px; }
    .ac-input { box-sizing: border-box; width: 100%; padding: 6px 10px; border: 1px solid ${line}; border-radius: 4px; background: ${field};
      color: ${text}; font: 14px 'Segoe UI', 'Liberation Sans', Arial, sans-serif; }
    table, .ac-tableCell { box-sizing: border-box; }`;
}

// draw runs in the page: it draws cards, each into a box of its own, which
// remembers the buttons that are to be seen on it.
export function draw({ messages, settings }) {
  const { AdaptiveCard, GlobalSettings, HostConfig, SerializationContext, Versions } = window.AdaptiveCards;
  GlobalSettings.allowMoreThanMaxActionsInOverflowMenu = true;
  for (const json of messages) {
    const card = new AdaptiveCard();
    card.hostConfig = new HostConfig(settings);
    card.parse(json, new SerializationContext(Versions.v1_5));
    const box = document.createElement('div');
    box.className = 'drawn';
    box.buttons = card.getAllActions().filter((a) => a.mode !== 'secondary').map((a) => a.title);
    const drawn = card.render();
    if (drawn) box.append(drawn);
    document.body.append(box);
  }
}
