// Parsing and checking by themselves: a whole text, and one letter typed into it. Bundles the domain as it ships.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { aliases, stack } from './texts.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

const entry = `
export { parse } from '${root}compose/syntax/parse.ts';
export { reparse } from '${root}compose/syntax/reparse.ts';
export { resolveDocument } from '${root}compose/syntax/resolve.ts';
export { validateSchema } from '${root}compose/schema/validate.ts';
`;

const texts = { '800 lines': stack(800), '1,500 lines, 750 aliases': aliases(), '5,000 lines': stack(5000) };

/** `{ text: { measure: [p50, p95] } }` in milliseconds. */
export async function measureSyntax(rounds = 200) {
  const directory = mkdtempSync(join(tmpdir(), 'composure-bench-'));
  try {
    const outfile = join(directory, 'syntax.mjs');
    await build({
      stdin: { contents: entry, resolveDir: root, loader: 'ts' },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
    });
    const domain = await import(pathToFileURL(outfile).href);
    return Object.fromEntries(
      Object.entries(texts).map(([label, text]) => [label, measureText(domain, text, rounds)]),
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function measureText({ parse, reparse, resolveDocument, validateSchema }, text, rounds) {
  const check = (file) => {
    for (const document of file.documents) {
      const { root: tree } = resolveDocument(document);
      if (tree !== undefined) validateSchema(tree, { interpolated: true, syntax: file.problems });
    }
  };
  const whole = parse('bench:', text);
  let file = whole;
  let round = 0;
  const images = [...text.matchAll(/^ {4}image: .*/gm)].map(({ index, 0: line }) => index + line.length);
  /** A letter at the end of some image's name, elsewhere each time. */
  const typeLetter = () => {
    round += 1;
    const at = images[(round * 37) % images.length];
    file = reparse(whole, `${text.slice(0, at)}x${text.slice(at)}`);
  };
  const half = images[Math.floor(images.length / 2)];
  /** A key, letter by letter, in the middle of the file. */
  const typeKey = () => {
    round += 1;
    file = reparse(file, `${text.slice(0, half)}\n    ${'restart:'.slice(0, round % 9)}${text.slice(half)}`);
  };
  return {
    'parse the whole': percentiles(rounds / 4, () => parse('bench:', text)),
    'resolve and check the whole': percentiles(rounds, () => check(file)),
    'one letter, parse': percentiles(rounds, typeLetter),
    'one letter, parse and check': percentiles(rounds, () => {
      typeLetter();
      check(file);
    }),
    'a key being typed, parse and check': percentiles(rounds, () => {
      typeKey();
      check(file);
    }),
  };
}

function percentiles(rounds, run) {
  const times = [];
  for (let count = 0; count < rounds; count += 1) {
    const begin = performance.now();
    run();
    times.push(performance.now() - begin);
  }
  // The first half is for warming up.
  const warm = times.slice(rounds / 2).sort((a, b) => a - b);
  const at = (share) => warm[Math.min(warm.length - 1, Math.floor(warm.length * share))];
  return [at(0.5), at(0.95)];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [label, measures] of Object.entries(await measureSyntax())) {
    for (const [what, [p50, p95]] of Object.entries(measures)) {
      console.log(`${`${label}: ${what}`.padEnd(64)}${p50.toFixed(1)} / ${p95.toFixed(1)} ms`);
    }
  }
}
