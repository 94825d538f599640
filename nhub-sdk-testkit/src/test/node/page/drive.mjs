// Drives the page of a fake in a real browser. Each line of input is a case and the page's address;
// the response is "@ok" or "@failed" with the case's name. See FakePageTest.
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { Fake } from './fake.mjs';
import * as actions from './actions.mjs';
import * as entrance from './entrance.mjs';
import * as hostile from './hostile.mjs';
import * as keyboard from './keyboard.mjs';
import * as load from './load.mjs';
import * as looks from './looks.mjs';
import * as messages from './messages.mjs';

const PATIENCE = 40_000 + 1_000 * Number(process.env.LOAD_SECONDS ?? 0);
const cases = { ...messages, ...actions, ...entrance, ...looks, ...load, ...hostile, ...keyboard };
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox'], // which root has to do without; the only pages are our own
});
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Asks the test to do something at the fake, and waits until it has. */
async function ask(step) {
  console.log('@please', step);
  await lines.next();
}

/** The end of a case, which must come. */
function soon(end) {
  return Promise.race([end, new Promise((_, reject) => {
    setTimeout(() => reject(new Error('It does not end.')), PATIENCE).unref();
  })]);
}

/** Chromium fetches the icon by itself, and complains if the page is left meanwhile. */
function isOfIcon(message) {
  return `${message.text()} ${message.location().url}`.includes('/page/icon.svg');
}

/** Opens a page of its own, and notes what it must never do. */
async function open(url, options) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints = [];
  const origin = new URL(url).origin;
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !isOfIcon(message)) {
      complaints.push(`console: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.stack}`));
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`) && dialog.dismiss());
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) {
      complaints.push(`request to ${request.url()}`);
    }
    if (/token=/.test(request.url().split('#')[0])) {
      complaints.push('a token in a request');
    }
  });
  await page.goto(url);
  return { page, complaints, context };
}

for (let line = await lines.next(); !line.done; line = await lines.next()) {
  const [name, url] = line.value.split(' ');
  const { expects = [], options, run } = cases[name];
  const start = Date.now();
  let opened;
  try {
    opened = await open(url, options);
    await soon(run({ page: opened.page, fake: new Fake(url), ask, url }));
    const surprises = opened.complaints.filter((text) => !expects.some((pattern) => pattern.test(text)));
    console.log(surprises.length === 0 ? '@ok' : '@failed', name, `${Date.now() - start} ms`, surprises.join(' | ').replaceAll('\n', ' | '));
  } catch (error) {
    console.log('@failed', name, String(error.stack).replaceAll('\n', ' | '), opened?.complaints.join(' | ') ?? '');
  } finally {
    await opened?.context.close();
  }
}
await browser.close();
process.exit(0);
