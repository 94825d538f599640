// Makes the picture in docs/fake-page.md of a fake that is running:
//   nhub fake --dir D --rate 4/s &
//   node picture.mjs D/fake.json fake-page.png && pngquant --force --output fake-page.png fake-page.png
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { Fake } from './fake.mjs';

const [settings, file] = process.argv.slice(2);
const { pageUrl } = JSON.parse(readFileSync(settings));
const fake = new Fake(pageUrl);
const dashboard = await fake.client('dashboard');
const reports = await fake.client('reports');
reports.end();
await fake.call('POST', '/certificates', { kind: 'REVOKED' });
await fake.call('POST', '/faults', { name: 'BridgeFault.Drop', parameters: { at: 'PUBACK' }, when: { skip: 1_000 } });

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 1040 }, colorScheme: 'light' });
await page.goto(pageUrl);
await page.waitForTimeout(25_000);
await page.screenshot({ path: file });
await browser.close();
dashboard.end();
