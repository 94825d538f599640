// How it looks: narrow, dark, to a screen reader.
import assert from 'node:assert/strict';

async function fill({ page, fake }) {
  const client = await fake.client('reader');
  await fake.call('POST', '/certificates', { kind: 'REVOKED' });
  await fake.call('POST', '/certificates', {});
  await fake.publish('ROOM-WITH-A-LONG-NAME-1234567890-1234567890', 21.5, { times: 3 });
  await fake.publish('ROOM-2', 'word'.repeat(60), { kind: 'DOWNLINK' });
  await fake.publish('ROOM-3', 1, { kind: 'JOIN' });
  await fake.call('POST', '/raw-messages', { topic: `any/${'topic'.repeat(30)}`, payloadBase64: 'AP/D' });
  await fake.call('POST', '/simulators', { devices: 3, rate: 2 });
  await fake.call('POST', '/faults', { name: 'BridgeFault.Silence', parameters: { at: 'PING' }, when: { always: true } });
  await fake.call('POST', '/faults', { name: 'BridgeFault.RefuseConnect', parameters: { reasonCode: 136 } });
  await fake.client('refused').then((other) => other.end()).catch(() => {});
  await page.getByText('2 ahead').or(page.getByText('1 ahead')).waitFor();
  await page.getByText('Inject a fault').click();
  await page.locator('#devices').getByText('ROOM-3').waitFor();
  return client;
}

/** Elements that are wider than the page, or that no longer fit in it. */
const overflow = () => [...document.querySelectorAll('body *')]
  .filter((node) => node.checkVisibility() && node.getBoundingClientRect().right > innerWidth + 1)
  .map((node) => `${node.tagName} ${node.className} ${node.textContent.slice(0, 40)}`);

/** Controls without a name. */
const nameless = () => [...document.querySelectorAll('button, input, select, textarea, dialog, section, main ul, main ol')]
  .filter((node) => node.checkVisibility())
  .filter((node) => {
    const labelled = document.getElementById(node.getAttribute('aria-labelledby'));
    const name = node.getAttribute('aria-label') ?? labelled?.textContent
      ?? (node.tagName === 'BUTTON' ? node.textContent : node.labels?.[0]?.textContent);
    return !name?.trim();
  })
  .map((node) => node.outerHTML.slice(0, 100));

/** Texts whose contrast is less than 4.5 to 1 against the nearest ground. */
const pale = () => {
  const rgb = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => rgb(colour).slice(0, 3)
    .map((part) => part / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (node) => {
    const { backgroundColor } = getComputedStyle(node);
    return (rgb(backgroundColor)[3] ?? 1) > 0 ? backgroundColor : ground(node.parentElement);
  };
  const texts = [...document.querySelectorAll('body *')].filter((node) => node.checkVisibility()
    && !node.matches(':disabled')
    && (node.matches('input, select, textarea, text') || [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())));
  return texts.map((node) => {
    const style = getComputedStyle(node);
    const [one, other] = [light(node.matches('text') ? style.fill : style.color), light(ground(node))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    return { contrast, text: `${node.tagName} ${node.className?.baseVal ?? node.className} ${node.textContent.slice(0, 30)} ${contrast.toFixed(2)}` };
  });
};

async function checkLooks(page) {
  assert.deepEqual(await page.evaluate(overflow), []);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  assert.deepEqual(await page.evaluate(nameless), []);
  const texts = await page.evaluate(pale);
  assert.ok(texts.length > 20, `only ${texts.length} texts`);
  assert.deepEqual(texts.filter(({ contrast }) => contrast < 4.5).map(({ text }) => text), []);
}

async function run(given) {
  const { page } = given;
  const client = await fill(given);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await checkLooks(page);
    await page.getByRole('button', { name: 'Publish …' }).click();
    await checkLooks(page);
    await page.getByLabel('Any bytes').check();
    await checkLooks(page);
    await page.keyboard.press('Escape');
    await page.locator('#devices button').first().click();
    await checkLooks(page);
    await page.keyboard.press('Escape');
  }
  client.end();
}

export const wideIsLegible = { run, options: { reducedMotion: 'reduce' } };

export const narrowIsLegible = { run, options: { viewport: { width: 400, height: 800 }, reducedMotion: 'reduce' } };

export const entranceIsLegible = {
  options: { viewport: { width: 400, height: 800 }, reducedMotion: 'reduce' },
  async run({ page }) {
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await page.evaluate(overflow), []);
      assert.deepEqual(await page.evaluate(nameless), []);
      assert.deepEqual((await page.evaluate(pale)).filter(({ contrast }) => contrast < 4.5), []);
    }
  },
};
