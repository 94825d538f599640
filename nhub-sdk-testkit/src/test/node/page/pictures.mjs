// The picture in the docs: the page with a fleet, a client, and what can be seen of them.
export const picture = {
  options: { viewport: { width: 1280, height: 860 }, colorScheme: 'light' },
  async run({ page, fake }) {
    const client = await fake.client('dashboard');
    await fake.client('reports').then((other) => other.end());
    await fake.call('POST', '/certificates', {});
    await fake.call('POST', '/certificates', { kind: 'REVOKED' });
    await fake.call('POST', '/simulators', { devices: 5, rate: 4, seed: 1 });
    await fake.call('POST', '/faults', { name: 'BridgeFault.Drop', parameters: { at: 'PUBACK' }, when: { skip: 1000 } });
    await page.waitForTimeout(20_000);
    if (process.env.PICTURE) {
      await page.screenshot({ path: process.env.PICTURE });
    }
    client.end();
  },
};
