import { type Path, PatternTable } from '../values/path.ts';
import { nodeAtPath } from '../syntax/at.ts';
import { keyText } from '../syntax/edit.ts';
import type { Node } from '../syntax/node.ts';
import { type Plain, toPlain } from '../syntax/to-plain.ts';
import { type Shape, valueShape } from './codec.ts';
import { fileObjectCodec, modelCodec, networkCodec, volumeCodec } from './codec-resources.ts';
import { serviceCodec } from './codec-service.ts';
import { indentJson } from './indent-json.ts';
import { byKey, childShape, fieldsInOrder, printJson } from './print-json.ts';
import { printYaml, type YamlValue } from './print-yaml.ts';
import type { FileObject, Project } from './project.ts';
import { recordOf } from '../values/record.ts';

/** What `docker compose config --format json` prints for a project, without the line break at its end. */
export function projectJson(project: Project): string {
  // Docker Compose leaves models out here.
  const { models: _, ...rest } = printable(project);
  const fields = Object.entries(rest)
    .filter(([key, value]) => key === 'name' || key === 'services' || !isEmpty(value))
    .sort(byKey)
    .map(([key, value]) => `${printJson(key, valueShape)}:${printJson(value, shapeOf(key))}`);
  return indentJson(`{${fields.join(',')}}`);
}

/** What `docker compose config` prints for a project. `tree` has the extensions (`x-…`) below the top level. */
export function projectYaml(project: Project, tree: Node): string {
  const shown: Readonly<Record<string, unknown>> = { ...printable(project) };
  const sections = [...shapes.keys()].filter((key) => key === 'services' || !isEmpty(shown[key]));
  const extensions = Object.keys(shown)
    .filter((key) => key.startsWith('x-'))
    .sort();
  return printYaml(
    new Map(
      [...sections, ...extensions].map(
        (key) => [key, toYaml(shown[key], shapeOf(key), [key], tree)] as const,
      ),
    ),
  );
}

/** A model that is not decoded, its keys in order, with the name the project has. */
export function modelJson(tree: Node, name: string): string {
  return indentJson(printJson(named(tree, name), valueShape));
}

export function modelYaml(tree: Node, name: string): string {
  return printYaml(plainToYaml(named(tree, name)));
}

function named(tree: Node, name: string): Plain {
  const model = toPlain(tree);
  return typeof model === 'object' && model !== null && !Array.isArray(model) ? { ...model, name } : model;
}

/** Top-level sections in the order of YAML. */
const shapes: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['name', valueShape],
  ['services', { kind: 'record', of: serviceCodec.shape }],
  ['networks', { kind: 'record', of: networkCodec.shape }],
  ['volumes', { kind: 'record', of: volumeCodec.shape }],
  ['secrets', { kind: 'record', of: fileObjectCodec.shape }],
  ['configs', { kind: 'record', of: fileObjectCodec.shape }],
  ['models', { kind: 'record', of: modelCodec.shape }],
]);

function shapeOf(key: string): Shape {
  return shapes.get(key) ?? valueShape;
}

/** Without what secrets hold, and without what configs took from variables. */
function printable(project: Project): Project {
  const without = (
    objects: Readonly<Record<string, FileObject>> | undefined,
    hidden: (object: FileObject) => boolean,
  ) =>
    recordOf(
      Object.entries(objects ?? {}).map(([name, object]) => {
        const { content: _, ...rest } = object;
        return [name, hidden(object) ? rest : object];
      }),
    );
  return {
    ...project,
    secrets: without(project.secrets, () => true),
    configs: without(project.configs, ({ environment }) => environment !== undefined),
  };
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  );
}

/** Structs that YAML leaves out when nothing is in them, though JSON has them. */
const leftOutWhenEmpty = new PatternTable<true>([
  ['networks.*.ipam', true],
  ['services.*.deploy.placement', true],
  ['services.*.deploy.resources', true],
  ['services.*.develop.watch[].exec', true],
]);

function toYaml(value: unknown, shape: Shape, path: Path, tree: Node): YamlValue {
  if (Array.isArray(value)) {
    const of = shape.kind === 'list' ? shape.of : valueShape;
    return value.map((item, index) => toYaml(item, of, [...path, index], tree));
  }
  if (typeof value !== 'object' || value === null) return value as YamlValue;
  if (shape.kind !== 'struct') {
    const entries = Object.entries(value).sort(byKey);
    return new Map(
      entries.map(([key, child]) => [key, toYaml(child, childShape(shape, key), [...path, key], tree)]),
    );
  }
  const printed = new Map<string, YamlValue>();
  for (const [key, child] of fieldsInOrder(value, shape.fields)) {
    // Only block I/O limits have capitals in JSON.
    const name = key.toLowerCase();
    const at = [...path, name];
    const yaml = child === null ? null : toYaml(child, childShape(shape, key), at, tree);
    if (yaml === null || (leftOutWhenEmpty.match(at) && yaml instanceof Map && yaml.size === 0)) continue;
    printed.set(name, yaml);
  }
  for (const [key, extension] of extensionsAt(tree, path)) printed.set(key, plainToYaml(extension));
  return printed;
}

function extensionsAt(tree: Node, path: Path): readonly (readonly [string, Plain])[] {
  const node = nodeAtPath(tree, path);
  if (node?.kind !== 'map') return [];
  return node.entries
    .filter((entry) => keyText(entry).startsWith('x-'))
    .map((entry) => [keyText(entry), toPlain(entry.value)] as const)
    .sort(byKey);
}

function plainToYaml(value: Plain): YamlValue {
  if (Array.isArray(value)) return (value as readonly Plain[]).map(plainToYaml);
  if (typeof value !== 'object' || value === null) return value as YamlValue;
  const entries = Object.entries(value as Readonly<Record<string, Plain>>).sort(byKey);
  return new Map(entries.map(([key, child]) => [key, plainToYaml(child)]));
}
