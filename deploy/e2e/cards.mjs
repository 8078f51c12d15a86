// Checks Adaptive Cards, one JSON object a line, with Microsoft's own parser:
// it must know every element and property at version 1.5.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { AdaptiveCard, SerializationContext, Versions } = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js');

let checked = 0;
const wrong = new Map();
for (const file of process.argv.slice(2)) {
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const card = JSON.parse(line);
    checked++;
    if (card.version !== '1.5') count(`version ${card.version}`, line);
    dropTeamsOwn(card);
    const context = new SerializationContext(Versions.v1_5);
    new AdaptiveCard().parse(card, context);
    for (let i = 0; i < context.eventCount; i++) {
      const { message } = context.getEventAt(i);
      count(message, line);
    }
  }
}
for (const [message, { times, line }] of wrong) console.error(`${times} times: ${message}\n  ${line.slice(0, 300)}`);
console.log(`${checked} cards checked, ${wrong.size} kinds of mistake`);
process.exit(checked > 0 && wrong.size === 0 ? 0 : 1);

function count(message, line) {
  const known = wrong.get(message) ?? { times: 0, line };
  known.times++;
  wrong.set(message, known);
}

// dropTeamsOwn drops what Teams adds to the format: the width of a card, and
// inputs that look people up.
function dropTeamsOwn(part) {
  if (part === null || typeof part !== 'object') return;
  delete part.msteams;
  delete part['choices.data'];
  Object.values(part).forEach(dropTeamsOwn);
}
