// Who gets in, and what happens when the fake goes and comes back.
import assert from 'node:assert/strict';

export const withoutTokenAsks = {
  async run({ page, ask, fake }) {
    await page.getByRole('heading', { name: 'This page needs the token' }).waitFor();
    await page.getByText('DIR/fake.json').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Publish …' }).isHidden());
    assert.equal(fake.token, '');
  },
};

export const wrongTokenAsks = {
  expects: [/401 \(Unauthorized\)/],
  async run({ page, url, fake }) {
    await page.goto('about:blank');
    await page.goto(url.replace(/#token=.*/, '#token=wrong%20%E2%98%83'));
    await page.getByText('The fake does not accept this token.').waitFor();
    await page.getByLabel('Token', { exact: true }).fill('wrong again');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('The fake does not accept this token.').waitFor();
    await page.getByLabel('Token', { exact: true }).fill(fake.token);
    await page.keyboard.press('Enter');
    await page.getByText('Live', { exact: true }).waitFor();
  },
};

export const tokenStaysHidden = {
  async run({ page, fake, url }) {
    await page.getByText('Live', { exact: true }).waitFor();
    assert.equal(page.url(), `${new URL(url).origin}/`);
    assert.equal(await page.evaluate(() => JSON.stringify(localStorage) + document.cookie), '{}');
    await page.reload(); // the tab still has it
    await page.getByText('Live', { exact: true }).waitFor();
    assert.ok(!(await page.content()).includes(fake.token));
  },
};

export const worksWithoutStorage = {
  async run({ page, url }) {
    await page.addInitScript(() => Object.defineProperty(window, 'sessionStorage', {
      get: () => { throw new DOMException('Access is denied.', 'SecurityError'); },
    }));
    await page.goto('about:blank');
    await page.goto(url);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.goto('about:blank');
    await page.goto(new URL('/', url).href);
    await page.getByText('It was opened without it.').waitFor();
  },
};

export const newTokenInTheSameTab = {
  expects: [/401 \(Unauthorized\)/],
  async run({ page, url, fake }) {
    await page.getByText('Live', { exact: true }).waitFor();
    await page.goto(url.replace(/#token=.*/, '#token=old')); // only the fragment changes
    await page.getByText('The fake does not accept this token.').waitFor();
    assert.equal(page.url(), `${new URL(url).origin}/`);
    await page.goto(url);
    await page.getByText('Live', { exact: true }).waitFor();
    assert.equal(fake.token, new URL(url).hash.slice('#token='.length));
    assert.equal(page.url(), `${new URL(url).origin}/`);
  },
};

export const restartIsSurvived = {
  expects: [/Failed to load resource/],
  async run({ page, fake, ask }) {
    await fake.publish('BEFORE-1');
    await page.locator('#devices').getByText('BEFORE-1').waitFor();
    await ask('stop');
    await page.getByText('Trying again in').waitFor();
    await page.locator('#messages').getByText('BEFORE-1').waitFor(); // what was there can still be read
    await page.getByRole('button', { name: 'Publish …' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('dialog').getByText('The fake does not answer. Is it still running?').waitFor();
    await page.keyboard.press('Escape');
    await ask('start');
    await page.getByText('Live', { exact: true }).waitFor();
    await fake.publish('AFTER-1');
    await page.locator('#devices').getByText('AFTER-1').waitFor();
    assert.equal(await page.getByText('BEFORE-1').count(), 0);
  },
};
