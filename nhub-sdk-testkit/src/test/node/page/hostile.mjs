// What a page has to bear: extreme values, huge payloads, floods, a tab that is not looked at.
import assert from 'node:assert/strict';

const topic = (device, group = 'nnn.acme.master') => `v4/groups/${group}/${device}/uplinks`;

export const extremesAreShownAsSent = {
  async run({ page, fake }) {
    const values = ['1e400', '-1e400', '1e308', '-1e308', '0.004', '12345678901234567890', 'null', '{"a":[1.50]}'];
    for (const [i, value] of values.entries()) {
      await fake.call('POST', '/raw-messages', { topic: topic('ODD'), payload: `{"device_id": "ODD", `
        + `"timestamp_ms":${[0, 4294967295000, 1e20][i % 3]},"readings":[{"channel_id":"odd","value":${value},"unit":"V"}]}` });
    }
    await publishReading(fake, 'SMALL', '0.004');
    await page.locator('#devices').getByText('0.004 V').waitFor();
    await page.locator('#devices').getByText('ODD', { exact: true }).click();
    await page.getByRole('dialog').getByText('8 messages here').waitFor();
    assert.equal(await page.getByText(/NaN|Invalid|undefined/).count(), 0);
    await page.keyboard.press('Escape');

    await publishReading(fake, 'EXACT', '[1e400,12345678901234567890,21.0,{},"a: {b}"]');
    await page.locator('#messages').getByText('EXACT').click();
    const payload = await page.getByRole('dialog').locator('pre').textContent();
    assert.match(payload, /1e400,\s+12345678901234567890,\s+21\.0,\s+\{\},\s+"a: \{b\}"\n/, 'as it was sent');
  },
};

function publishReading(fake, device, value) {
  return fake.call('POST', '/raw-messages', {
    topic: topic(device), payload: `{"readings":[{"channel_id":"level","value":${value},"unit":"V"}]}` });
}

export const devicesOfTwoEnterprisesAreTwo = {
  async run({ page, fake }) {
    await fake.call('POST', '/raw-messages', { topic: topic('TWIN', 'one.acme.master'), payload: '{}' });
    await fake.call('POST', '/raw-messages', { topic: topic('TWIN', 'two.acme.master'), payload: '{}' });
    await page.locator('#devices').getByText('2 devices').waitFor();
    await page.locator('#devices').getByText('two.acme.master').waitFor();
  },
};

export const unseenCharactersAreShown = {
  async run({ page, fake }) {
    const text = 'left \u202etfel\u0007\u200b';
    const client = await fake.client(text);
    await fake.publish(text.replace('\u0007', ''), text);
    await page.locator('#journal').getByText('left \\u202etfel\\u0007\\u200b connected').waitFor();
    await page.locator('#devices').getByText('left \\u202etfel\\u200b', { exact: true }).click();
    await page.getByRole('dialog', { name: 'left \\u202etfel' }).waitFor();
    assert.ok(!/[\u202e\u0007\u200b]/.test(await page.evaluate(() => document.body.innerText)));
    client.end();
  },
};

export const streamIsReadWhereverItIsCut = {
  async run({ page }) {
    await page.getByText('Live', { exact: true }).waitFor();
    const read = await page.evaluate(async () => {
      const bytes = new TextEncoder().encode(': hello\n\nid: 7\nevent: messages\ndata: {"topic":"°C ☃ 😀"}\n\nid: 8\nevent: acks\nda');
      globalThis.fetch = async () => new Response(new ReadableStream({ start(controller) {
        bytes.forEach((_, i) => controller.enqueue(bytes.slice(i, i + 1)));
        controller.close();
      } }));
      const { events } = await import('/page/stream.js');
      const all = [];
      for await (const event of events(0, 1, new AbortController().signal)) {
        all.push(event);
      }
      return all;
    });
    assert.deepEqual(read, [{ name: 'messages', number: 7, data: { topic: '°C ☃ 😀' } }]);
  },
};

export const brokenStreamIsSaidInWords = {
  async run({ page }) {
    await page.getByText('Live', { exact: true }).waitFor();
    const error = await page.evaluate(async () => {
      globalThis.fetch = async () => new Response(new ReadableStream({
        pull: (controller) => controller.error(new TypeError('network error')),
      }));
      const { events } = await import('/page/stream.js');
      return events(0, 1, new AbortController().signal).next().catch(({ message }) => message);
    });
    assert.equal(error, 'The fake does not answer. Is it still running?');
  },
};

export const numbersThatWouldChangeAreNotPublished = {
  async run({ page }) {
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Publish …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish' });
    const refused = dialog.getByText('would change on the way. Publish it as bytes.');
    for (const value of ['1e400', '12345678901234567890', '{"a":[-1e999]}']) {
      await dialog.getByLabel('Value').fill(value);
      await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
      await refused.waitFor();
      await dialog.getByLabel('Value').fill('1');
      await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
      await dialog.getByText('Published 1 message').waitFor();
    }
    await dialog.getByLabel('Further fields').fill('{"counter": 12345678901234567890}');
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await refused.waitFor();
  },
};

export const hugePayloadsAreNotKept = {
  async run({ page }) {
    await page.getByText('Live', { exact: true }).waitFor();
    await page.evaluate(async () => {
      const { message } = await import('/page/message.js');
      const { Messages } = await import('/page/messages.js');
      const { Devices } = await import('/page/devices.js');
      const [messages, devices] = [Messages, Devices].map((Panel) => new Panel(document.createElement('section')));
      for (let i = 0; i < 300; i++) {
        const text = `${i}${'x'.repeat(125_000)}`;
        const payload = JSON.stringify({ readings: [{ channel_id: 'text', value: text }], location: { text } });
        const read = message({ number: i, data: JSON.parse(JSON.stringify({ at: '', topic: `v4/g/e/D${i}/uplinks`, payload })) });
        messages.add(read);
        devices.add(read);
      }
      globalThis.kept = [messages, devices];
    });
    const used = await heap(page);
    assert.ok(used < 30, `${used} MB of 300 payloads of 250 kB`);
  },
};

export const hiddenTabDoesNotPileUp = {
  async run({ page }) {
    await page.getByText('Live', { exact: true }).waitFor();
    await page.evaluate(async () => {
      globalThis.requestAnimationFrame = () => 0; // as in a tab that was hidden after it had asked for a frame
      const { Messages } = await import('/page/messages.js');
      const messages = new Messages(document.createElement('section'));
      for (let i = 0; i < 100_000; i++) {
        messages.add({ number: i, at: '', topic: 't', device: '', kind: 'other', payload: `${i}`.padEnd(1_000) });
      }
      globalThis.kept = messages;
    });
    const used = await heap(page);
    assert.ok(used < 20, `${used} MB`);
  },
};

async function heap(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize / 1e6;
}

export const figuresKeepUpWithTheJournal = {
  async run({ page, fake }) {
    await page.getByText('Live', { exact: true }).waitFor();
    const { api } = await fake.call('GET', '');
    const requests = setInterval(() => fetch(api).catch(() => {}), 40);
    try {
      await fake.call('POST', '/keys', {});
      await page.locator('#credentials').getByText('0 certificates, 1 key').waitFor();
      await fake.call('POST', '/certificates', {});
      await page.locator('#credentials').getByText('1 certificate, 1 key').waitFor();
    } finally {
      clearInterval(requests);
    }
  },
};

export const rateIsRight = {
  async run({ page }) {
    await page.getByText('Live', { exact: true }).waitFor();
    const rates = await page.evaluate(async () => {
      const { Meter } = await import('/page/meter.js');
      let time = 0;
      performance.now = () => time;
      const meter = new Meter();
      const seen = [];
      for (; time < 6_000; time += 10) {
        meter.add(10);
        seen.push(meter.perSecond());
      }
      time += 10_000;
      return [Math.min(...seen.slice(300)), Math.max(...seen.slice(300)), meter.perSecond()];
    });
    assert.deepEqual(rates, [1_000, 1_000, 0]);
  },
};

export const gapIsSaid = {
  expects: [/Failed to load/],
  async run({ page }) {
    await page.route(/\/events/, (route) => route.fulfill({ contentType: 'text/event-stream', body: 'event: gap\ndata: {}\n\n' }));
    await page.reload();
    await page.locator('#journal').getByText('Some entries are missing').waitFor();
  },
};
