// The log panel's page in a real browser, fed as the extension feeds it: a million lines as fast as the page takes them, then 50,000 a second.
// What the feeding holds up of this process is what it would hold up of the extension host.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { startBrowser } from '../../scripts/lib/browser.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'composure-bench-'));

const feedFile = join(folder, 'feed.mjs');
await build({
  entryPoints: [join(root, 'client/src/logs/log-feed.ts')],
  outfile: feedFile,
  bundle: true,
  platform: 'node',
  format: 'esm',
});
const { LogFeed } = await import(pathToFileURL(feedFile).href);
const bundled = async (file) => {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'client/webview/logs', file)],
    bundle: true,
    format: 'iife',
    minify: true,
    write: false,
  });
  return outputFiles[0].text;
};

const browser = await startBrowser();
const page = await browser.newPage({ viewport: { width: 1280, height: 400 } });
await page.setContent(
  `<style>${await bundled('logs.css')}</style><main id="app"><p id="note"></p></main><script type="application/json" id="texts">${JSON.stringify({ lines: '{0}', linesOf: '{0} of {1}', matches: '{0}', ranges: { tail: 'Last 1,000 lines' } })}</script>`,
);
let feed;
await page.exposeFunction('toHost', ({ type }) => {
  if (type === 'acknowledge') feed?.acknowledge();
});
await page.evaluate(() => {
  globalThis.acquireVsCodeApi = () => ({
    postMessage: (message) => void globalThis.toHost({ type: message.type }),
    getState: () => undefined,
    setState: () => {},
  });
  // The longest the page did not draw.
  globalThis.longest = 0;
  let last = performance.now();
  const frame = (now) => {
    globalThis.longest = Math.max(globalThis.longest, now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
});
// Without its script the page would take no line, and be waited for without end.
page.on('pageerror', (error) => {
  console.error(error.stack);
  process.exit(1);
});
await page.addScriptTag({ content: await bundled('main.ts') });

let number = 0;
const lines = (count) =>
  Array.from({ length: count }, () => {
    number++;
    const service = number % 3 === 0 ? 'db' : 'web';
    return {
      containerId: service,
      containerName: `shop-${service}-1`,
      service,
      stream: 'stdout',
      text: `${number % 50 === 0 ? 'ERROR' : 'INFO'} GET /products/${number}?page=${number % 7} 200 in ${number % 90} ms, client 10.0.${number % 250}.7`,
      time: new Date(1_700_000_000_000 + number).toISOString(),
    };
  });

const shownLines = () =>
  page.evaluate(() => document.querySelector('.row:last-child .text')?.textContent ?? '');
const taken = async (wanted) => {
  while (!(await shownLines()).includes(`/products/${wanted}?`))
    await new Promise((done) => setTimeout(done, 20));
};

async function measure(name, run) {
  feed = new LogFeed((batch) => {
    void page.evaluate((each) => globalThis.postMessage({ type: 'lines', batch: each }), batch);
  });
  number = 0;
  await page.evaluate(() => {
    globalThis.postMessage({
      type: 'show',
      title: '',
      projects: [{ name: 'shop', services: ['web', 'db'] }],
      timestamps: false,
    });
    globalThis.longest = 0;
  });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const begun = performance.now();
  await run();
  await taken(number);
  const seconds = (performance.now() - begun) / 1000;
  delay.disable();
  const longest = await page.evaluate(() => globalThis.longest);
  console.log(
    `${name}: ${number.toLocaleString('en')} lines in ${seconds.toFixed(1)} s (${Math.round(number / seconds).toLocaleString('en')}/s); ` +
      `host held up p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms; longest frame of the page ${longest.toFixed(0)} ms`,
  );
  feed.close();
}

try {
  await measure('a million', async () => {
    for (let i = 0; i < 1000; i++) {
      await feed.push('shop', lines(1000));
      await new Promise((done) => setImmediate(done));
    }
  });
  const searched = await page.evaluate(async () => {
    const begun = performance.now();
    const input = document.querySelector('.bar-top input');
    input.value = 'products/777';
    input.dispatchEvent(new Event('input'));
    const all = () => document.querySelector('.row:last-child .text')?.textContent ?? '';
    while (!/products\/777/.test(all())) await new Promise((done) => requestAnimationFrame(done));
    const first = performance.now() - begun;
    input.value = '';
    input.dispatchEvent(new Event('input'));
    return first;
  });
  console.log(`a filter over a million lines shows its first page after ${searched.toFixed(0)} ms`);
  await measure('50,000 a second', async () => {
    const begun = performance.now();
    while (number < 250_000) {
      const due = Math.min(250_000, Math.floor((performance.now() - begun) * 50));
      while (number < due) await feed.push('shop', lines(Math.min(500, due - number)));
      await new Promise((done) => setTimeout(done, 5));
    }
  });
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
