import { isWindowsAbsolute } from '../load/system-path.ts';
export interface VolumeSpec {
  type: string;
  source?: string;
  target: string;
  read_only?: boolean;
  bind?: object;
  volume?: object;
}
export type ParsedVolume = { kind: 'volume'; volume: VolumeSpec } | { kind: 'error'; message: string };
export function parseVolume(spec: string): ParsedVolume {
  if (spec === '') return { kind: 'error', message: 'invalid empty volume spec' };
  if (spec.length <= 2) return { kind: 'volume', volume: { type: 'volume', target: spec, volume: {} } };
  const parts: string[] = [];
  let buffer = '';
  let inVar = 0;
  for (let i = 0; i < spec.length; i++) {
    const c = spec[i] ?? '';
    if (c === '$' && spec[i + 1] === '{') inVar++;
    else if (c === '}' && inVar > 0) inVar--;
    if (c === ':' && inVar === 0) {
      if (parts.length < 2 && /^[A-Za-z]$/.test(buffer)) {
        buffer += c;
        continue;
      }
      if (buffer === '') return { kind: 'error', message: 'empty section between colons' };
      parts.push(buffer);
      buffer = '';
    } else buffer += c;
  }
  if (buffer === '') return { kind: 'error', message: 'empty section between colons' };
  parts.push(buffer);
  if (parts.length > 3) return { kind: 'error', message: 'too many colons' };
  if (parts.length === 1)
    return { kind: 'volume', volume: { type: 'volume', target: parts[0] ?? '', volume: {} } };
  const [source = '', target = '', options = ''] = parts;
  const isPath = /^[.\/~\\]/.test(source) || isWindowsAbsolute(source) || /^[A-Za-z]:/.test(source);
  const volume: VolumeSpec = { type: isPath ? 'bind' : 'volume', source, target };
  const bind: Record<string, unknown> = {};
  const vol: Record<string, unknown> = {};
  for (const option of options.split(',')) {
    if (option === 'ro') volume.read_only = true;
    else if (option === 'nocopy') vol['nocopy'] = true;
    else if (option === 'z' || option === 'Z') bind['selinux'] = option;
    else if (/^r?(?:private|shared|slave)$/.test(option)) bind['propagation'] = option;
  }
  if (isPath || Object.keys(bind).length > 0)
    volume.bind = isPath ? { ...bind, create_host_path: true } : bind;
  if (!isPath || Object.keys(vol).length > 0) volume.volume = vol;
  return { kind: 'volume', volume };
}
