// Ten thousand messages a second: the page samples, says so, and still answers.
import assert from 'node:assert/strict';

/** Two in the build; LOAD_SECONDS=60 for a longer look. */
const SECONDS = Number(process.env.LOAD_SECONDS ?? 2);

export const manyMessages = {
  async run({ page, fake }) {
    await page.getByText('Live', { exact: true }).waitFor();
    await fake.call('POST', '/simulators', { devices: 1_200, rate: 10_000 });
    await page.getByText(/Showing \d\d? of \d?\d,\d\d\d messages\/s/).waitFor();
    await page.getByText(/Showing 25 of [\d,]+ devices; filter to find others/).waitFor();
    const session = await page.context().newCDPSession(page);
    const heap = async () => {
      await session.send('HeapProfiler.collectGarbage');
      return (await session.send('Runtime.getHeapUsage')).usedSize / 1e6;
    };

    const clicks = [];
    const before = await heap();
    const end = Date.now() + SECONDS * 1_000;
    while (Date.now() < end) {
      clicks.push(await click(page, true), await click(page, false));
      await page.waitForTimeout(200);
    }
    const after = await heap();

    const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
    const typical = clicks.sort((one, other) => one - other)[Math.floor(clicks.length / 2)];
    console.log(`heap ${before.toFixed(1)} to ${after.toFixed(1)} MB in ${SECONDS} s, ${nodes} elements,`
      + ` a click takes ${typical} ms, ${clicks.at(-1)} at most`);
    assert.ok(typical < 500, `a click takes ${typical} ms`);
    assert.ok(nodes < 3_000, `${nodes} elements`);
    assert.ok(after < 60, `${after} MB`);
    await page.locator('#devices').getByLabel('Device or type').fill('nwater');
    await page.getByText(/Showing 25 of/).waitFor();
  },
};

/** How long it takes until a click has been answered. */
async function click(page, paused) {
  const start = Date.now();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.locator(`button[aria-pressed="${paused}"]`, { hasText: 'Pause' }).waitFor();
  return Date.now() - start;
}
