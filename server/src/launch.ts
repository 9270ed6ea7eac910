import * as nodeModule from 'node:module';

// Node 22 and newer keep what V8 makes of the code, in the folder that the client chooses: a good part of the time until the first answer.
const { enableCompileCache }: Partial<Record<string, unknown>> = { ...nodeModule };
const folder = process.argv.find((each) => each.startsWith('--code-cache='))?.slice('--code-cache='.length);
if (folder && typeof enableCompileCache === 'function') enableCompileCache(folder);

await import('./main.ts');
