// npm run bench -- graph: from the message with the services to the frame that shows them, in a real browser; and what of it is layout.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { startBrowser } from '../../scripts/lib/browser.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rounds = 7;

/** Each needs up to three of those after it, every fifth none; one in ten has a volume. @param {number} size */
function system(size) {
  const services = Array.from({ length: size }, (_, at) => ({
    name: `service-${at}`,
    state: 'running',
    tone: 'good',
    glyph: '●',
    description: 'healthy · :8080 · 3 min',
    image: 'nginx:alpine',
    ports: ['8080 → 80'],
    networks: [['front', 'back', 'data'][at % 3]],
    profiles: [],
    volumes: at % 10 === 9 ? [`data-${at}`] : [],
    dependencies: (at % 5 === 0 ? [] : [at * 2 + 1, at + 7, at + 3])
      .filter((other) => other < size)
      .map((other) => ({ on: `service-${other}`, condition: 'healthy', required: true })),
    can: { file: true, logs: true, shell: true },
  }));
  return {
    title: 'system',
    services,
    networks: ['front', 'back', 'data'],
    volumes: services.flatMap(({ volumes }) => volumes),
  };
}

/** @param {string} entry @param {string} [globalName] */
async function bundle(entry, globalName) {
  const { outputFiles } = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    outdir: 'out',
    ...(globalName === undefined ? {} : { globalName }),
  });
  return outputFiles.find(({ path }) => path.endsWith('.js'))?.text ?? '';
}

const script = await bundle('client/webview/graph/main.ts');
const layout = await bundle('client/webview/graph/layout.ts', 'layout');
const style = await readFile(join(root, 'client/webview/graph/graph.css'), 'utf8');
const texts = JSON.stringify({ groups: {}, graph: 'Graph', networks: 'Networks', ungrouped: 'none' });
const browser = await startBrowser();
try {
  console.log('services  shown (ms, median)  layout  elements');
  for (const size of [30, 50, 200]) {
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    await page.setContent(`<style>${style.replaceAll(/@import[^;]*;/g, '')}</style><main id="app"></main>
<script type="application/json" id="texts">${texts}</script>`);
    await page.evaluate(() => {
      Object.assign(window, {
        acquireVsCodeApi: () => ({ postMessage() {}, getState() {}, setState() {} }),
      });
    });
    await page.addScriptTag({ content: layout });
    await page.addScriptTag({ content: script });
    const measured = await page.evaluate(
      async ({ model, rounds }) => {
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        const median = (/** @type {number[]} */ values) =>
          values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
        const shown = [];
        const laidOut = [];
        for (let round = 0; round < rounds; round++) {
          await frame();
          const before = performance.now();
          window.dispatchEvent(new MessageEvent('message', { data: { type: 'graph', model } }));
          // The second frame begins when the first has been painted.
          await frame();
          await frame();
          shown.push(performance.now() - before);
          const start = performance.now();
          // @ts-expect-error the bundle's name
          layout.layOut(model);
          laidOut.push(performance.now() - start);
        }
        return {
          first: shown[0],
          shown: median(shown),
          laidOut: median(laidOut),
          elements: document.querySelectorAll('svg *').length,
        };
      },
      { model: system(size), rounds },
    );
    console.log(
      `${size}  ${measured.shown.toFixed(0)} (first ${measured.first?.toFixed(0)})  ${measured.laidOut.toFixed(1)}  ${measured.elements}`,
    );
    await page.close();
  }
} finally {
  await browser.close();
}
