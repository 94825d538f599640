// What flows: seen at once, filtered, paused, and never anything but text.
import assert from 'node:assert/strict';
import { eventually } from './fake.mjs';

export const messageIsSeen = {
  async run({ page, fake }) {
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByText('No message yet').waitFor();
    const start = Date.now();
    await fake.publish('ROOM-1');
    await page.locator('#messages').getByText('temperature 21.5 °C').waitFor();
    const time = Date.now() - start;
    assert.ok(time < 1_000, `seen after ${time} ms`);
    await page.locator('#devices').getByText('ROOM-1').waitFor();
    await page.locator('#devices').getByText('21.5 °C').waitFor();
  },
};

export const filters = {
  async run({ page, fake }) {
    await fake.publish('ROOM-1');
    await fake.publish('ROOM-2', 22.5, { kind: 'DOWNLINK' });
    await fake.call('POST', '/raw-messages', { topic: 'any/topic', payload: 'plain text' });
    const rows = page.locator('#messages ol button');
    await seen(rows, ['any/topic', 'ROOM-2', 'ROOM-1']);

    await page.locator('#messages').getByLabel('Device').fill('room-');
    await seen(rows, ['ROOM-2', 'ROOM-1']);
    await page.locator('#messages').getByLabel('Kind').selectOption('Uplinks');
    await seen(rows, ['ROOM-1']);
    await fake.publish('HALL-1');
    await fake.publish('ROOM-3');
    await seen(rows, ['ROOM-3', 'ROOM-1']);
    await page.locator('#messages').getByLabel('Topic').fill('/nowhere/');
    await page.getByText('No message matches the filter.').waitFor();
    await page.locator('#messages').getByLabel('Topic').fill('');
    await page.locator('#messages').getByLabel('Device').fill('');
    await page.locator('#messages').getByLabel('Kind').selectOption('Other topics');
    await seen(rows, ['any/topic']);

    await page.locator('#devices').getByLabel('Device or type').fill('hall');
    await page.getByText('Showing 1 of 4 devices').waitFor();
  },
};

async function seen(rows, titles) {
  await eventually(async () => assert.deepEqual(await rows.locator('strong').allTextContents(), titles));
}

export const pauses = {
  async run({ page, fake }) {
    await fake.publish('ROOM-1');
    const rows = page.locator('#messages ol button');
    await seen(rows, ['ROOM-1']);
    await page.getByRole('button', { name: 'Pause' }).click();
    await fake.publish('ROOM-2');
    await page.getByText('Paused: 1 more since then').waitFor();
    await seen(rows, ['ROOM-1']);
    await page.getByRole('button', { name: 'Pause' }).click();
    await fake.publish('ROOM-3');
    await seen(rows, ['ROOM-3', 'ROOM-1']);
  },
};

export const markupIsText = {
  async run({ page, fake }) {
    const markup = '<img src=x onerror=alert(1)>';
    await fake.publish(`ROOM${markup}`, markup, {
      deviceType: markup,
      fields: { [markup]: markup },
      readings: [{ channelId: markup, value: markup, unit: markup }, { channelId: markup, value: 2, unit: markup }],
    });
    await fake.call('POST', '/raw-messages', { topic: `any${markup}`, payload: markup });
    await fake.call('POST', '/faults', { name: 'BridgeFault.RefuseConnect',
      parameters: { reasonCode: 136, reason: markup }, when: { clientId: markup } });
    const client = await fake.client(`client${markup}`);
    await page.locator('#clients').getByText(markup).waitFor();
    await page.locator('#devices').getByText(`ROOM${markup}`).click();
    await page.getByRole('dialog').getByText(markup).first().waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#messages').getByText(`any${markup}`).click();
    await page.getByRole('dialog').getByText(markup).first().waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#journal').getByText(markup).first().waitFor();

    assert.equal(await page.locator('img').count(), 0);
    client.end();
  },
};
