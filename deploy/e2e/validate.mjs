// node validate.mjs FILE...: checks rendered messages against Slack's own
// types. Each line of a file is one JSON object: a message, or a view (it has
// "type": "modal" or "home"). Says what is wrong by file and line; the exit
// status is 1 if anything is.
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import Ajv from 'ajv';

const schema = JSON.parse(readFileSync(new URL('out/schema.json', import.meta.url)));
const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema(schema, 'slack');
const checks = {
  message: ajv.getSchema('slack#/definitions/Message'),
  modal: ajv.getSchema('slack#/definitions/Modal'),
  home: ajv.getSchema('slack#/definitions/Home'),
};

// mistakes lists what is wrong with one message or view.
export function mistakes(thing) {
  const check = checks[thing.type ?? 'message'];
  if (!check) return [`/type: "${thing.type}" is neither modal nor home`];
  if (check(thing)) return [];
  return check.errors
    .filter((e) => e.keyword !== 'if')
    .map((e) => `${e.instancePath || '/'}: ${e.message} ${JSON.stringify(e.params)}`);
}

async function main(files) {
  let checked = 0;
  let wrong = 0;
  for (const file of files) {
    let line = 0;
    for await (const text of createInterface({ input: createReadStream(file) })) {
      line++;
      if (text.trim() === '') continue;
      checked++;
      const found = mistakes(JSON.parse(text));
      if (found.length > 0) wrong++;
      for (const mistake of found) console.error(`${file}:${line}: ${mistake}`);
    }
  }
  console.log(`${checked} messages and views checked, ${wrong} wrong`);
  if (wrong > 0 || checked === 0) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(process.argv.slice(2));
