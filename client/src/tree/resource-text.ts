import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import type { Translate } from '../shared/translate.ts';
import type { Stack } from '../workspace/stacks.ts';

/** A network or volume that a project has, or is to have. */
export interface Resource {
  readonly kind: 'network' | 'volume';
  /** As the engine knows it. */
  readonly name: string;
  readonly driver: string;
  /** On the engine. */
  readonly exists: boolean;
  /** In the files; also when there are none to say. */
  readonly declared: boolean;
  /** The services whose containers use it. */
  readonly users: readonly string[];
}

/** By name: those on the engine, and, once there are some, those still to be created. */
export function resourcesOf(stack: Stack, kind: Resource['kind']): readonly Resource[] {
  const existing = (kind === 'network' ? stack.runtime?.networks : stack.runtime?.volumes) ?? [];
  const declared = declaredNames(stack, kind);
  const known = stack.declared?.loaded !== undefined;
  const names = new Set(existing.map(({ name }) => name));
  const missing = stack.runtime === undefined ? [] : declared.filter((name) => !names.has(name));
  const resources = [
    ...existing.map(({ name, driver }) => ({
      kind,
      name,
      driver,
      exists: true,
      declared: !known || declared.includes(name),
      users: usersOf(stack, kind, name),
    })),
    ...missing.map((name) => ({ kind, name, driver: '', exists: false, declared: true, users: [] })),
  ];
  return resources.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Those that can go without anyone missing them now: on the engine, used by no container of the project. */
export function unusedOf(stack: Stack, kind: Resource['kind']): readonly Resource[] {
  return resourcesOf(stack, kind).filter(({ exists, users }) => exists && users.length === 0);
}

/** What is said beside its name. */
export function resourceDescription({ driver, exists, declared, users }: Resource, t: Translate): string {
  const usual = driver === '' || driver === 'local' || driver === 'bridge';
  return [
    exists ? (users.length === 0 ? t('unused') : users.join(', ')) : t('not created'),
    usual ? '' : driver,
    declared ? '' : t('not in the files'),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function declaredNames({ declared }: Stack, kind: Resource['kind']): readonly string[] {
  if (kind === 'volume') return declared?.volumes.map(({ name }) => name) ?? [];
  const { project } = declared?.loaded ?? {};
  return Object.entries(project?.networks ?? {})
    .filter(([, network]) => network.external !== true)
    .map(([key, { name }]) => name ?? `${project?.name}_${key}`);
}

function usersOf({ services }: Stack, kind: Resource['kind'], name: string): readonly string[] {
  const uses = ({ networks, mounts }: ContainerSummary) =>
    kind === 'network' ? name in networks : mounts.some((mount) => mount.name === name);
  return services.filter(({ containers }) => containers.some(uses)).map((service) => service.name);
}
