import { type ValueError, valueError } from './parsed.ts';
import { phrase } from '../problem/phrase.ts';

/** A mount in the long form. The target is as written. */
export interface VolumeSpec {
  readonly type: 'bind' | 'volume';
  readonly source?: string;
  readonly target: string;
  readonly read_only?: true;
  readonly bind?: BindOptions;
  readonly volume?: { readonly nocopy?: true };
}

export interface BindOptions {
  readonly selinux?: string;
  readonly propagation?: string;
  readonly create_host_path?: true;
}

export type ParsedVolume = { readonly kind: 'volume'; readonly volume: VolumeSpec } | ValueError;

/**
 * A mount in the short form `[SOURCE:]TARGET[:OPTIONS]` (specification: "volumes", short syntax). A source that looks like a path is one of the host
 * and is created if it is missing; any other is a volume's name. Colons inside `${…}` and after a drive letter do not separate; unknown options are ignored.
 */
export function parseVolume(text: string): ParsedVolume {
  if (text === '') return valueError(phrase('invalid-volume.empty'), 0, 0);
  if (text.length <= 2) return { kind: 'volume', volume: { type: 'volume', target: text } };
  const sections = split(text);
  const empty = sections.find(({ start, end }) => start === end);
  if (empty !== undefined) {
    return valueError(phrase('invalid-volume.missing'), 0, text.length);
  }
  const [first, second, third, fourth] = sections.map(({ start, end }) => text.slice(start, end));
  if (fourth !== undefined) {
    const message = phrase('invalid-volume.colons');
    return valueError(message, sections[2]?.end ?? 0, text.length);
  }
  if (second === undefined) {
    return { kind: 'volume', volume: { type: 'volume', target: first ?? '', volume: {} } };
  }
  return { kind: 'volume', volume: mount(first ?? '', second, third) };
}

function mount(source: string, target: string, optionText: string | undefined): VolumeSpec {
  const { readOnly, nocopy, ...options } = readOptions(optionText);
  const place = { source, target, ...(readOnly ? { read_only: true as const } : {}) };
  const bind = Object.keys(options).length > 0 ? { bind: options } : {};
  const volume = nocopy ? { volume: { nocopy: true as const } } : {};
  if (isHostPath(source)) {
    return { type: 'bind', ...place, bind: { ...options, create_host_path: true }, ...volume };
  }
  return { type: 'volume', ...place, ...bind, volume: nocopy ? { nocopy } : {} };
}

interface MountOptions {
  readOnly?: true;
  nocopy?: true;
  selinux?: string;
  propagation?: string;
}

function readOptions(text: string | undefined): MountOptions {
  const options: MountOptions = {};
  for (const option of text?.split(',') ?? []) {
    if (option === 'ro') options.readOnly = true;
    else if (option === 'rw') delete options.readOnly;
    else if (option === 'nocopy') options.nocopy = true;
    else if (option === 'z' || option === 'Z') options.selinux = option;
    else if (/^r?(?:private|shared|slave)$/.test(option)) options.propagation = option;
  }
  return options;
}

/** The stretches between separating colons. */
function split(text: string): readonly { readonly start: number; readonly end: number }[] {
  const sections: { start: number; end: number }[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '$' && text[at + 1] === '{') depth += 1;
    else if (char === '}' && depth > 0) depth -= 1;
    else if (char === ':' && depth === 0 && !isLetter(text.slice(start, at))) {
      sections.push({ start, end: at });
      start = at + 1;
    }
  }
  sections.push({ start, end: text.length });
  return sections;
}

function isLetter(text: string): boolean {
  return /^\p{L}$/u.test(text);
}

/** Relative, absolute or in the home directory; a named pipe or a drive of Windows. */
function isHostPath(source: string): boolean {
  return /^(?:[./~]|\\\\|\p{L}:)/u.test(source);
}
