// node scripts/engine.mjs start [--version 28.5|20.10] [--dir FOLDER]: a private Docker Engine with images, until Ctrl-C.
import { parseArgs } from 'node:util';
import { engineVersions, startEngine, whyNoEngine } from './lib/engine.mjs';
import { seedImages } from './lib/images.mjs';
import { script } from './lib/processes.mjs';

await script(async ({ atEnd, signal }) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { version: { type: 'string', default: '28.5' }, dir: { type: 'string' } },
  });
  const version = engineVersions.find((known) => known === values.version);
  if (positionals[0] !== 'start' || !version) {
    console.error(
      `usage: node scripts/engine.mjs start [--version ${engineVersions.join('|')}] [--dir FOLDER]`,
    );
    return 2;
  }
  const reason = await whyNoEngine();
  if (reason) throw new Error(`No Docker Engine can be started here: ${reason}.`);

  const engine = await startEngine({ version, ...(values.dir ? { dir: values.dir } : {}) });
  atEnd(engine.stop);
  await seedImages(engine);
  console.log(`DOCKER_HOST=${engine.host}`);
  console.log(`# Engine ${engine.version}, API ${engine.apiVersion}; its programs: ${engine.installed.bin}`);
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  return 0;
});
