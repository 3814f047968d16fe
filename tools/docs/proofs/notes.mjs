// Does in a browser what the guide tells its reader to do, and looks at the network as the guide says.
import { chromium } from 'playwright-core';
import { ensureChromium } from '../../lib/chromium.mjs';

const [address = ''] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  /** @type {string[]} */
  const requests = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/mizan')) requests.push(`${request.method()} ${pathname}`);
  });
  await page.goto(address);
  await page.getByText('Buy milk').waitFor();
  await page.getByRole('heading', { name: '1 open' }).waitFor();
  requests.length = 0;
  await page.getByLabel('New note').fill('Call Ada');
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByText('Call Ada').waitFor();
  await page.getByRole('heading', { name: '2 open' }).waitFor();
  console.log('the list and the count changed together');
  const calls = requests.filter((request) => request.startsWith('POST'));
  const reads = requests.filter((request) => request.startsWith('GET'));
  if (calls.length !== 1 || reads.length > 0)
    throw new Error(`requests after the click: ${requests.join(', ')}`);
  console.log('one call, no read after it');
} finally {
  await browser.close();
}
