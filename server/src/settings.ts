import type { Settings, SeveritySetting } from './protocol.ts';
import { recordOf } from '#compose/values/record.ts';

export const defaultSettings: Settings = {
  diagnostics: { severity: {}, practice: 'essential', workspace: true },
  targetVersion: '',
  inlayHints: { variables: true },
  format: { enable: true },
  images: { registry: true },
  swarm: { stackFiles: ['docker-stack*.yml', 'docker-stack*.yaml', '*.stack.yml', '*.stack.yaml'] },
};

const severities: readonly string[] = ['off', 'hint', 'information', 'warning', 'error'];
const practices: readonly string[] = ['off', 'essential', 'all'];

/** Settings from what the client sent, whatever it is: what is missing or malformed keeps its default. */
export function readSettings(value: unknown): Settings {
  const root = asRecord(value);
  const diagnostics = asRecord(root.diagnostics);
  const severity: Record<string, SeveritySetting> = recordOf();
  for (const [code, level] of Object.entries(asRecord(diagnostics.severity))) {
    if (isSeverity(level)) severity[code] = level;
  }
  const practice = diagnostics.practice;
  return {
    diagnostics: {
      severity,
      practice: isPractice(practice) ? practice : defaultSettings.diagnostics.practice,
      workspace: asBoolean(diagnostics.workspace, defaultSettings.diagnostics.workspace),
    },
    targetVersion:
      typeof root.targetVersion === 'string' ? root.targetVersion.trim() : defaultSettings.targetVersion,
    inlayHints: {
      variables: asBoolean(asRecord(root.inlayHints).variables, defaultSettings.inlayHints.variables),
    },
    format: { enable: asBoolean(asRecord(root.format).enable, defaultSettings.format.enable) },
    swarm: { stackFiles: asStrings(asRecord(root.swarm).stackFiles, defaultSettings.swarm.stackFiles) },
    images: { registry: asBoolean(asRecord(root.images).registry, defaultSettings.images.registry) },
  };
}

function isSeverity(value: unknown): value is SeveritySetting {
  return typeof value === 'string' && severities.includes(value);
}

function isPractice(value: unknown): value is Settings['diagnostics']['practice'] {
  return typeof value === 'string' && practices.includes(value);
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function asStrings(value: unknown, fallback: readonly string[]): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : fallback;
}

function asBoolean(value: unknown, fallback: boolean): boolean {
  return typeof value === 'boolean' ? value : fallback;
}
