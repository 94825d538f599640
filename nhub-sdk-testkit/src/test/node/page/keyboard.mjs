// Where the focus is when lists change under it, and what a double click does.
import assert from 'node:assert/strict';
import { eventually } from './fake.mjs';

const focus = (page) => page.evaluate(() =>
  document.activeElement.getAttribute('aria-label') ?? document.activeElement.closest('section')?.id ?? document.activeElement.tagName);

export const focusStaysInLists = {
  async run({ page, fake }) {
    const [first] = [await fake.client('first'), await fake.client('second')];
    await page.getByRole('button', { name: 'Drop the connection of second' }).focus();
    first.end();
    await page.locator('#clients').getByText('1 connected, 2 sessions').waitFor();
    assert.equal(await focus(page), 'Drop the connection of second');
    await page.keyboard.press('Enter');
    await page.locator('#clients').getByText('0 connected, 2 sessions').waitFor();
    await eventually(async () => assert.equal(await focus(page), 'clients', 'the button is hidden'));

    for (const at of ['PING', 'PUBACK']) {
      await fake.call('POST', '/faults', { name: 'BridgeFault.Silence', parameters: { at } });
    }
    await page.locator('#faults').getByText('2 ahead').waitFor();
    await page.getByRole('button', { name: /^Remove the fault/ }).first().focus();
    await page.keyboard.press('Enter');
    await page.locator('#faults').getByText('1 ahead').waitFor();
    await eventually(async () => assert.equal(await focus(page), 'Remove the fault BridgeFault.Silence'));
    await page.keyboard.press('Enter');
    await page.locator('#faults').getByText('No fault is ahead').waitFor();
    await eventually(async () => assert.equal(await focus(page), 'faults'));

    for (const [from, to] of [[0, 9], [9, 18], [18, 25]]) { // few at a time, so that none is left out
      await publishFrom(fake, Array.from({ length: to - from }, (_, i) => `ROOM-${10 + from + i}`));
      await page.locator('#devices').getByText(`${to} devices`).waitFor();
    }
    await page.locator('#devices button').last().focus();
    await publishFrom(fake, ['HALL-1', 'HALL-2']);
    await page.getByText('Showing 25 of 27 devices').waitFor();
    assert.equal(await focus(page), 'devices', 'its row is no longer among those shown');
  },
};

async function publishFrom(fake, devices) {
  for (const device of devices) {
    await fake.publish(device);
  }
}

export const doubleClickActsOnce = {
  async run({ page, fake }) {
    await page.locator('#simulators').getByRole('button', { name: 'Start' }).dblclick();
    await page.locator('#simulators').getByText('5 devices').first().waitFor();
    assert.equal((await fake.call('GET', '/simulators')).length, 1);

    await page.getByRole('button', { name: 'Publish …' }).click();
    await page.getByRole('dialog').getByLabel('Device', { exact: true }).fill('ONCE');
    await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).dblclick();
    await page.getByRole('dialog').getByText('Published 1 message').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#devices').getByLabel('Device or type').fill('ONCE');
    await page.locator('#devices').getByText('ONCE', { exact: true }).click();
    await page.getByText('1 message here').waitFor();
  },
};
