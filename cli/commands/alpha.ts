import { commandGroup } from '../frame/command-group.ts';
import { generateFile } from './alpha-generate.ts';
import { viz } from './alpha-viz.ts';
import { publish } from './publish.ts';

/** `docker compose alpha`: its experiments, and what was one. */
export const alpha = commandGroup('alpha', 'Experimental commands', {
  generate: generateFile,
  publish: { ...publish, arguments: { least: 1, most: 1 } },
  viz,
});
