// The buttons: what they do at the fake, and what the page then says.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { eventually } from './fake.mjs';

export const publishesAMessage = {
  async run({ page, fake }) {
    const client = await fake.client('reader');
    await page.getByRole('button', { name: 'Publish …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish' });
    await dialog.getByLabel('Device', { exact: true }).fill('ROOM-7');
    await dialog.getByLabel('Device type').fill('nsen-v2');
    await dialog.getByLabel('Value').fill('19.25');
    await dialog.getByRole('button', { name: 'Add a reading' }).click();
    await dialog.getByLabel('Channel').last().fill('open');
    await dialog.getByLabel('Value').last().fill('true');
    await dialog.getByLabel('Further fields').fill('{"battery_level": 87}');
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await dialog.getByText('Published 1 message on v4/groups/nnn.acme.master/ROOM-7/uplinks.').waitFor();

    await eventually(() => assert.equal(client.messages.length, 1));
    const fields = JSON.parse(client.messages[0].payload);
    assert.deepEqual(fields.readings,
      [{ channel_id: 'temperature', value: 19.25, unit: '°C' }, { channel_id: 'open', value: true }]);
    assert.equal(fields.battery_level, 87);
    assert.equal(fields.device_type, 'nsen-v2');
    client.end();
  },
};

export const publishesBytes = {
  expects: [/400 \(Bad Request\)/],
  async run({ page, fake }) {
    const client = await fake.client('reader');
    await page.getByRole('button', { name: 'Publish …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish' });
    await dialog.getByLabel('Any bytes').check();
    await dialog.getByLabel('Payload', { exact: true }).fill('00 ff c3 28');
    await dialog.getByLabel('The payload is given as').selectOption('Hexadecimal digits');
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await dialog.getByText('Published 1 message').waitFor();
    await eventually(() => assert.equal(client.messages[0]?.payload.toString('hex'), '00ffc328'));

    await dialog.getByLabel('Topic').fill('with/a/wildcard/#');
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await dialog.locator('output.bad:visible').getByText('with/a/wildcard/#').waitFor();
    client.end();
  },
};

export const revokesAndExpires = {
  async run({ page, fake }) {
    const [first, second] = [
      await fake.call('POST', '/certificates', {}), await fake.call('POST', '/certificates', {})];
    const panel = page.locator('#credentials');
    const state = async (id) => (await fake.call('GET', '/certificates')).find((one) => one.id === id).state;
    await panel.getByText('2 certificates, 1 key').waitFor();
    await panel.getByRole('button', { name: /^Revoke the certificate/ }).last().click();
    await panel.getByText('revoked', { exact: true }).first().waitFor();
    await panel.getByRole('button', { name: /^Expire the certificate/ }).first().click();
    await panel.getByText('expired', { exact: true }).first().waitFor();
    assert.deepEqual([await state(first.id), await state(second.id)], ['REVOKED', 'EXPIRED']);

    await panel.getByRole('button', { name: /^Deactivate the key/ }).click();
    await panel.getByText('inactive', { exact: true }).waitFor();
    assert.equal((await fake.call('GET', '/keys'))[0].active, false);

    await panel.getByLabel('Issue a certificate that is').selectOption('foreign ca');
    await panel.getByRole('button', { name: 'Issue …' }).click();
    await page.getByRole('dialog').getByText('BEGIN CERTIFICATE').first().waitFor();
  },
};

export const dropsAndStopsAnswering = {
  async run({ page, fake }) {
    const panel = page.locator('#clients');
    const first = await fake.client('first');
    await panel.getByText('1 connected, 1 session').waitFor();
    await panel.getByRole('button', { name: 'Drop the connection of first' }).click();
    await first.closed;
    await panel.getByText('away').waitFor();
    await fake.publish('ROOM-1');
    await panel.getByText('0 in flight · 1 waiting').waitFor();

    const second = await fake.client('second');
    await panel.getByRole('button', { name: 'Stop answering' }).click();
    await panel.getByText('The bridge does not answer').waitFor();
    await fake.publish('ROOM-2');
    await panel.getByText('1 in flight').waitFor();
    assert.equal(second.messages.length, 0);
    await panel.getByRole('button', { name: 'Stop answering' }).click();
    await panel.getByText('The bridge does not answer').waitFor({ state: 'hidden' });
    await second.closed;
    const third = await fake.client('second');
    await eventually(() => assert.ok(third.messages.length > 0));
    await panel.getByRole('button', { name: 'Drop all' }).click();
    await third.closed;
    await page.getByText('Dropped 1 connection.').waitFor();
  },
};

export const drivesSimulators = {
  expects: [/400 \(Bad Request\)/],
  async run({ page, fake }) {
    const panel = page.locator('#simulators');
    await panel.getByText('No simulated device is running').waitFor();
    await panel.getByLabel('Devices').fill('7');
    await panel.getByLabel('Uplinks a second').fill('40');
    await panel.getByLabel('As in the field').check();
    const request = page.waitForRequest((sent) => sent.method() === 'POST');
    await panel.getByRole('button', { name: 'Start' }).click();
    await panel.getByText('7 devices').waitFor();
    assert.deepEqual((await request).postDataJSON(), { devices: 7, rate: 40, realistic: true });
    await page.locator('#devices').getByText('7 devices').waitFor();
    await panel.getByLabel('Uplinks/s').fill('0.5');
    await panel.getByRole('button', { name: 'Set the rate' }).click();
    await panel.getByText('0.5 uplinks/s').waitFor();
    await panel.getByLabel('Devices').fill('200000');
    await panel.locator('form').last().evaluate((form) => (form.noValidate = true));
    await panel.getByRole('button', { name: 'Start' }).click();
    await page.getByText('devices must be 1 to 100000, not 200000.').waitFor();
    await panel.getByRole('button', { name: 'Stop simulator' }).click();
    await panel.getByText('No simulated device is running').waitFor();
    assert.deepEqual(await fake.call('GET', '/simulators'), []);
  },
};

export const injectsFaults = {
  expects: [/400 \(Bad Request\)/],
  async run({ page, fake }) {
    const panel = page.locator('#faults');
    await panel.getByText('Inject a fault').click();
    await panel.getByLabel('Fault', { exact: true }).selectOption('BridgeFault.Stall');
    await panel.getByLabel('at', { exact: true }).selectOption('PUBACK');
    await panel.getByLabel('time', { exact: true }).fill('soon');
    await panel.getByRole('button', { name: 'Inject' }).click();
    await page.getByText('parameters.time').waitFor();
    await panel.getByLabel('time', { exact: true }).fill('PT2S');
    await panel.getByLabel('How often').selectOption('So many times');
    await panel.getByRole('button', { name: 'Inject' }).click();
    await panel.getByText('at PUBACK · time PT2S · 3 times').waitFor();
    await panel.getByLabel('Fault', { exact: true }).selectOption('ApiFault.Respond');
    await panel.getByLabel('status', { exact: true }).fill('503');
    await panel.getByLabel('How often').selectOption('Once');
    await panel.getByRole('button', { name: 'Inject' }).click();
    await panel.getByText('2 ahead').waitFor();
    const faults = await fake.call('GET', '/faults');
    assert.deepEqual(faults.map(({ name }) => name), ['BridgeFault.Stall', 'ApiFault.Respond']);
    assert.equal(faults[1].parameters.status, 503);
    await panel.getByRole('button', { name: 'Remove the fault ApiFault.Respond' }).click();
    await panel.getByText('1 ahead').waitFor();
    await panel.getByRole('button', { name: 'Clear all' }).click();
    await panel.getByText('No fault is ahead').waitFor();
  },
};

export const movesTheClock = {
  async run({ page, fake }) {
    const before = Date.parse((await fake.call('GET', '/clock')).now);
    const panel = page.locator('#clock');
    await panel.getByLabel('Move forward by').fill('2');
    await panel.getByLabel('Unit').selectOption('days');
    await panel.getByRole('button', { name: 'Move' }).click();
    await page.getByText('The clock is at').waitFor();
    assert.equal(Date.parse((await fake.call('GET', '/clock')).now) - before, 2 * 86_400_000);
  },
};

export const startsOver = {
  async run({ page, fake }) {
    await fake.publish('ROOM-1');
    await fake.call('POST', '/keys', {});
    await page.locator('#devices').getByText('ROOM-1').waitFor();
    await page.getByRole('button', { name: 'Reset …' }).click();
    await page.getByRole('button', { name: 'Reset the fake' }).click();
    await page.getByText('The fake has started over.').waitFor();
    await page.getByText('No message yet').waitFor();
    await page.getByText('No device has sent anything yet.').waitFor();
    await page.getByText('No API key yet.').waitFor();

    await fake.publish('ROOM-2');
    await page.locator('#devices').getByText('ROOM-2').waitFor();
    await fake.call('POST', '/reset'); // somebody else
    await page.getByText('No device has sent anything yet.').waitFor();
  },
};

export const connectLineWorks = {
  async run({ page, fake }) {
    await fake.call('POST', '/keys', {});
    const line = await page.locator('#clients code', { hasText: 'mosquitto_sub' }).textContent();
    const shell = spawn('sh', ['-c', `cd "$(mktemp -d)" && ${line} -C 1 -W 20`]);
    const output = new Promise((resolve) => {
      let text = '';
      shell.stdout.on('data', (part) => (text += part));
      shell.stderr.on('data', (part) => (text += part));
      shell.on('close', () => resolve(text));
    });
    await Promise.race([page.locator('#clients').getByText('1 connected, 1 session').waitFor(), output.then(assert.fail)]);
    await eventually(async () => assert.equal((await fake.call('GET', '/sessions'))[0].filters.length, 1));
    await fake.publish('ROOM-1');
    assert.match(await output, /nnn.acme.master\/ROOM-1\/uplinks/);
  },
};

export const keyboardPublishes = {
  async run({ page, fake }) {
    const client = await fake.client('reader');
    await page.getByText('Live', { exact: true }).waitFor();
    await page.keyboard.press('Tab'); // the link that skips
    await tabTo(page, 'Publish …');
    await page.keyboard.press('Enter');
    assert.equal(await focused(page), 'Device', 'the first field has the focus');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('ROOM-9');
    await page.keyboard.press('Enter');
    await eventually(() => assert.equal(client.messages[0]?.topic, 'v4/groups/nnn.acme.master/ROOM-9/uplinks'));
    await page.keyboard.press('Escape');
    assert.equal(await focused(page), 'Publish …', 'the focus is back');

    await page.locator('#messages').getByText('ROOM-9').waitFor();
    await tabTo(page, 'ROOM-9');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'ROOM-9' }).waitFor();
    client.end();
  },
};

const focused = (page) => page.evaluate(() => {
  const focus = document.activeElement;
  return focus.labels?.[0]?.textContent ?? focus.textContent;
});

async function tabTo(page, text) {
  for (let i = 0; i < 30; i++) {
    if ((await focused(page)).includes(text)) {
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
      assert.equal(outline, 'solid', `the focus is not visible at ${text}`);
      return;
    }
    await page.keyboard.press('Tab');
  }
  assert.fail(`no tab stop with ${text}`);
}
