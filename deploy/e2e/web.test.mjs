// The playground in a browser: what a visitor does in the first five minutes,
// two people at once, hostile text, two browsers, the keyboard alone, and a page
// without its script. Pictures of what a person sees go to out/.
import test from 'node:test';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { startBrowser, startPlayground, Visitor, quickCheck } from './web.mjs';

test('a visitor lives the story of the product', { timeout: 120_000 }, async (t) => {
  const { address } = await startPlayground(t);
  const browser = await startBrowser(t);
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 }, acceptDownloads: true });
  const me = await Visitor.with(context, address);
  await me.sees('Ask it something');
  await me.presses('who handles printers?');
  await me.sees('Printers and scanners');
  await me.presses('Why IT?');
  await me.sees('IT alone');
  await me.sees('Become somebody else');
  await me.presses('Next');
  await me.sees('Move time');
  await me.presses('Begin');

  await quickCheck(me);
  assert.equal(await me.page.getByText('10 of 10', { exact: true }).count(), 0, 'the last question is still shown');
  assert.equal(await me.page.locator('article', { hasText: '45 of 100' }).count(), 1, 'one card, changed in place');

  await me.presses('Remind me every quarter');
  await me.presses('Set it');
  await me.sees('Set: Quick check');
  const stage = me.page.locator('#stage');
  await stage.getByText('Reminder: Quick check, for Alex').waitFor();
  await me.presses('Next due');
  await me.sees('(1 answer still fresh)');
  await stage.getByText('whoever has not answered is asked again').waitFor();

  await me.becomes('staff:Sam', '#general');
  await me.types('i typed my password into that sharepoint thing');
  await me.sees('Act now');
  await me.sees('Only you see this');
  assert.equal(await me.page.locator('#at-dm .count').innerText(), '1\nnew', 'the steps are in direct messages, too');

  await me.becomes('owner:Alex');
  assert.equal(await me.page.locator('main').getByText('A fake page has your password').count(), 0, "the owner reads somebody else's answer");
  await me.types('/sec map');
  await me.sees('58 of 58 duties have no owner');

  await me.presses('Full report');
  await me.presses('PDF to read and print');
  const link = me.page.getByRole('link', { name: /^Open .*\.pdf$/ });
  const [report] = await Promise.all([context.waitForEvent('page'), link.click()]);
  await report.waitForLoadState();
  const file = await context.request.get(await link.evaluate((a) => a.href));
  assert.equal(file.headers()['content-type'], 'application/pdf');
  assert.match(file.headers()['content-disposition'], /^inline/);
  assert.equal((await file.body()).subarray(0, 5).toString(), '%PDF-');
  await report.close();
  const [saved] = await Promise.all([me.page.waitForEvent('download'), me.page.getByRole('link', { name: 'Save it' }).click()]);
  assert.match(saved.suggestedFilename(), /\.pdf$/);
  assert.deepEqual(me.complaints, []);
});

test('two people act at once, and see each other in place', { timeout: 60_000 }, async (t) => {
  const { address } = await startPlayground(t);
  const context = await (await startBrowser(t)).newContext();
  const alex = await Visitor.with(context, address);
  const robin = await Visitor.with(context, address);
  await alex.becomes('owner:Alex', '#leadership');
  await robin.becomes('it:Robin', '#leadership');
  await alex.types('/sec assess');
  await alex.presses('Together here');
  for (const tap of ['11 to 49', 'An IT provider', 'IT alone']) await alex.presses(tap);
  const mark = 'kept';
  await robin.page.evaluate((m) => { document.body.dataset.mark = m; }, mark);
  await robin.sees('second sign-in step');
  await Promise.all([alex.presses('Partly'), robin.presses('No')]);
  for (const person of [alex, robin]) {
    await person.page.getByText(/So far: (Alex: Partly.*Robin: No|Robin: No.*Alex: Partly)/).waitFor();
    assert.equal(await person.page.locator('article', { hasText: 'second sign-in step' }).count(), 1, 'one card, changed in place');
  }
  assert.equal(await robin.page.evaluate(() => document.body.dataset.mark), mark, 'the page was loaded anew');
  await alex.presses('Next question');
  await robin.sees('important updates');
  assert.deepEqual([...alex.complaints, ...robin.complaints], []);
});

test('nothing that is typed gets lost while others are busy', { timeout: 60_000 }, async (t) => {
  const { address } = await startPlayground(t);
  const context = await (await startBrowser(t)).newContext();
  const alex = await Visitor.with(context, address);
  const sam = await Visitor.with(context, address);
  await sam.becomes('staff:Sam');
  let busy = true;
  const others = (async () => { while (busy) await sam.types('who handles printers?'); })();
  for (let i = 0; i < 20; i++) {
    await alex.page.locator('#text').fill(`question ${i}`);
    await alex.page.keyboard.press('Enter');
    await alex.page.locator('.typed', { hasText: new RegExp(`^question ${i}$`) }).waitFor();
  }
  busy = false;
  await others;
});

test('two browsers have two companies', { timeout: 60_000 }, async (t) => {
  const { address } = await startPlayground(t, '--demo');
  const browser = await startBrowser(t);
  const one = await Visitor.with(await browser.newContext(), address);
  const two = await Visitor.with(await browser.newContext(), address);
  await one.types('/sec who handles the secret recipe?');
  await one.presses('+1 week');
  await one.sees('secret recipe');
  await two.page.reload();
  assert.equal(await two.page.getByText('secret recipe').count(), 0);
  assert.notEqual(await one.page.locator('.now').innerText(), await two.page.locator('.now').innerText());
  const [article] = await one.page.locator('article').evaluateAll((all) => all.map((a) => a.id.slice(2)));
  assert.equal(await two.page.locator(`#m-${article}`).count(), 0);
});

const hostile = ['<img src=x onerror=alert(1)>', '"><script>alert(2)</script>', "'};alert(3)//", '</textarea><svg onload=alert(4)>',
  '{{.Token}}', 'javascript:alert(5)', '\u202Egnp.exe'];

test('hostile text shows as text', { timeout: 120_000 }, async (t) => {
  const { address } = await startPlayground(t);
  const me = await Visitor.with(await (await startBrowser(t)).newContext(), address);
  const harmless = async (where) => {
    const bad = await me.page.evaluate(() => [...document.querySelectorAll('img, script, svg, [onerror], [onload]')]
      .filter((e) => e.matches('[onerror], [onload]') || (e.src && new URL(e.src).pathname.startsWith('/static/') === false)).length);
    assert.equal(bad, 0, where);
    assert.deepEqual(me.complaints, [], where);
  };
  for (const text of hostile) {
    await me.types(text);
    await me.sees(text.replace('\u202E', ''));
  }
  await harmless('typed');
  for (const text of hostile.slice(0, 4)) {
    await me.types('/sec assign');
    await me.presses('All emergencies');
    await me.presses('A company outside');
    const form = me.page.locator('#form');
    await form.getByLabel('What is it called?').fill(text);
    await form.getByLabel('Phone number').fill(text.slice(0, 40));
    await form.getByLabel('When can they be reached?').fill(text);
    await form.getByLabel('E-mail address').fill(text);
    await me.presses('Save');
    await form.getByText('Please look at what is marked').waitFor();
    assert.equal(await form.getByLabel('What is it called?').inputValue(), text, 'what was typed is still there');
    await harmless('refused');
    await form.getByLabel('Phone number').fill('555 0100');
    await form.getByLabel('E-mail address').fill('');
    await me.presses('Save');
    await me.sees(text);
    await harmless('saved');
  }
  await me.becomes('staff:Sam');
  await me.types('my laptop was stolen');
  await me.sees('Act now');
  await harmless('shown to somebody else');
});

test('the keyboard alone is enough', { timeout: 60_000 }, async (t) => {
  const { address } = await startPlayground(t);
  const me = await Visitor.with(await (await startBrowser(t)).newContext({ viewport: { width: 1600, height: 900 } }), address);
  const { keyboard } = me.page;
  const focused = () => me.page.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.id);
  const reach = async (what, key = 'Tab') => {
    for (let i = 0; i < 80; i++) {
      if ((await focused()) === what) return;
      await keyboard.press(key);
    }
    assert.fail(`the keyboard does not reach ${what}`);
  };
  await keyboard.press('Tab');
  assert.equal(await focused(), 'Go to the conversation');
  await reach('text');
  await keyboard.type('/sec assess');
  await keyboard.press('Enter');
  await me.sees('How many people');
  await reach('11 to 49', 'Shift+Tab');
  await keyboard.press('Enter');
  await me.sees('Who looks after your computers?');
  assert.match(await focused(), /Who looks after your computers/, 'the card that changed has the focus');
  await reach('An IT provider');
  await keyboard.press('Space');
  await me.sees('Who looks after security?');
  await reach('IT alone');
  await keyboard.press('Enter');
  await me.sees('1 of 10');
  await reach('More');
  await keyboard.press('Enter');
  await reach('Add a note');
  await keyboard.press('Enter');
  await me.page.locator('#form-title').waitFor();
  assert.equal(await focused(), 'A note', 'the form that opened has the focus');
  await keyboard.press('Tab');
  await keyboard.type('Robin has the list');
  await reach('Keep it');
  await keyboard.press('Enter');
  await me.sees('Your note: Robin has the list');
  await reach('+1 week');
  await keyboard.press('Enter');
  await me.page.waitForFunction(() => document.activeElement.id === 'by-week');
});

test('the page works without its script', { timeout: 60_000 }, async (t) => {
  const { address } = await startPlayground(t);
  const me = await Visitor.with(await (await startBrowser(t)).newContext({ javaScriptEnabled: false }), address);
  await me.page.locator('#text').fill('who handles printers?');
  await me.page.keyboard.press('Enter');
  await me.sees('Printers and scanners');
  await me.presses('Why IT?');
  await me.sees('IT alone');
  await me.presses('Save who is phoned');
  await me.page.getByLabel('Who is phoned').fill('Lakeside IT');
  await me.page.getByLabel('Which number?').fill('555 0100');
  await me.presses('Save');
  await me.sees('Lakeside IT, 555 0100');
});

test('a page says so where nothing can be done any more', { timeout: 60_000 }, async (t) => {
  const { address, play } = await startPlayground(t);
  const { port } = new URL(address);
  const context = await (await startBrowser(t)).newContext();
  const me = await Visitor.with(context, address);
  play.kill('SIGTERM');
  await once(play, 'exit');
  await me.page.locator('#text').fill('who handles printers?');
  await me.page.keyboard.press('Enter');
  await me.sees('The playground does not answer');
  assert.equal(await me.page.locator('#text').inputValue(), 'who handles printers?', 'what was typed is still there');
  await startPlayground(t, '--listen', `127.0.0.1:${port}`);
  await me.page.keyboard.press('Enter');
  await me.sees('This page is from an earlier visit');
  await me.page.getByRole('link', { name: 'Open it anew' }).click();
  await me.types('who handles printers?');
  await me.sees('Printers and scanners');
});
