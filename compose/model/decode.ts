import type { Report } from '../syntax/report.ts';
import { keyText, valueIn } from '../syntax/edit.ts';
import type { Node } from '../syntax/node.ts';
import { type Plain, toPlain } from '../syntax/to-plain.ts';
import { type Codec, DecodeContext, record } from './codec.ts';
import { fileObjectCodec, modelCodec, networkCodec, volumeCodec } from './codec-resources.ts';
import { serviceCodec } from './codec-service.ts';
import type { Project, Service } from './project.ts';
import { recordOf } from '../values/record.ts';

/**
 * The typed project of a canonical model. Types are strict here: what the schema let pass and still cannot be read (sizes, durations,
 * command lines, hosts, modes) is reported, and left out.
 */
export function decodeProject(model: Node, name: string, report: Report): Project {
  const project: Record<string, unknown> = { name };
  for (const [key, codec] of sections) {
    const node = valueIn(model, key);
    const value =
      node === undefined || isNothing(node)
        ? recordOf()
        : (codec.decode(node, new DecodeContext(key, report)) ?? recordOf());
    if (key === 'services' || Object.keys(value).length > 0) project[key] = value;
  }
  for (const [key, value] of extensionsOf(model)) project[key] = value;
  // The codecs build this type field by field.
  return project as unknown as Project;
}

/** One service, of a tree that was made of a decoded one: there is nothing to report. */
export function decodeService(node: Node): Service {
  return serviceCodec.decode(node, new DecodeContext('services', () => {})) as Service;
}

function isNothing(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null;
}

const sections: readonly (readonly [string, Codec])[] = [
  ['services', record(serviceCodec, { command: null, entrypoint: null })],
  ['networks', record(networkCodec, { ipam: {} })],
  ['volumes', record(volumeCodec, {})],
  ['secrets', record(fileObjectCodec, {})],
  ['configs', record(fileObjectCodec, {})],
  ['models', record(modelCodec, {})],
];

function extensionsOf(model: Node): (readonly [string, Plain])[] {
  if (model.kind !== 'map') return [];
  return model.entries
    .filter((entry) => keyText(entry).startsWith('x-'))
    .map((entry) => [keyText(entry), toPlain(entry.value)]);
}
