// The fake Slack as a child process: one line of JSON asks, one answers.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const binary = new URL('out/fakeslack', import.meta.url).pathname;

// People and channels of the fake's workspace.
export const owner = 'U0OWNER';
export const staff = 'U0STAFF';
export const general = 'C0GENERAL';
export const direct = (user) => `D${user.slice(1)}`;

// startFake resolves to {config, ask, stop}: ask({do: 'command', ...}) is the
// fake's answer to that request.
export async function startFake() {
  const child = spawn(binary, { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map();
  let last = 0;
  const config = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the fake ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const message = JSON.parse(line);
      if (message.id === undefined) return resolve(message);
      waiting.get(message.id)(message);
      waiting.delete(message.id);
    });
  });
  const ask = async (request) => {
    const id = ++last;
    const answer = new Promise((resolve) => waiting.set(id, resolve));
    child.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
    const got = await answer;
    if (got.error) throw new Error(`${request.do}: ${got.error}`);
    return got;
  };
  const stop = () => new Promise((resolve) => {
    child.once('exit', resolve);
    child.stdin.end();
  });
  return { config, ask, stop };
}

// eventually polls until look() gives something true.
export async function eventually(what, look, within = 10_000) {
  for (const end = Date.now() + within; Date.now() < end; await new Promise((r) => setTimeout(r, 10))) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`no ${what} within ${within} ms`);
}

// undo returns a function that takes what is to be done at the end of the
// test, the latest first.
export function undo(t) {
  const steps = [];
  t.after(async () => { for (const step of steps.reverse()) await step(); });
  return (step) => steps.push(step);
}
