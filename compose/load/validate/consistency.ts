import { reportPath, spanAt, own, type ConsistencyContext } from './consistency-context.ts';
import type { Service } from '../../model/project.ts';
import { nodeAt } from '../../syntax/edit.ts';
import type { Node } from '../../syntax/node.ts';
import { checkCycles } from './dependency-cycles.ts';
import { checkLimits } from './resource-limits.ts';
import { checkMounts } from './mount-targets.ts';
import { checkReferences } from './undefined-references.ts';
import { phrase } from '../../problem/phrase.ts';

/** Rules about how the parts of a project fit together. Only enabled services are looked at. */
export function checkConsistency(context: ConsistencyContext): void {
  for (const [name, service] of Object.entries(context.project.services)) {
    checkImage(name, service, context);
    checkBuild(name, service, context);
    checkReferences(name, service, context);
    checkHealthcheck(name, service, context);
    checkLimits(name, service, context);
    checkWatch(name, service, context);
    checkMounts(name, service, context);
  }
  checkSecrets(context);
  checkCycles(context);
}

function checkImage(name: string, service: Service, context: ConsistencyContext): void {
  if (service.image !== undefined || service.build !== undefined || service.provider !== undefined) return;
  if (
    ['image', 'build', 'provider'].some((key) => isUnreadable(nodeAt(context.tree, ['services', name, key])))
  )
    return;
  const message = phrase('no-image-or-build', { name });
  reportPath(context, 'no-image-or-build', ['services', name], message, { atKey: true });
}

/** Something is written there, and what is wrong with it was reported. */
function isUnreadable(node: Node | undefined): boolean {
  if (node === undefined) return false;
  return node.broken === true || node.kind !== 'scalar' || (node.value !== null && node.value !== '');
}

function checkBuild(name: string, service: Service, context: ConsistencyContext): void {
  const { build } = service;
  if (build === undefined) return;
  const path = ['services', name, 'build'];
  if (build.dockerfile_inline !== undefined && build.dockerfile !== undefined) {
    const message = phrase('exclusive-dockerfile');
    reportPath(context, 'exclusive-dockerfile', [...path, 'dockerfile_inline'], message, { atKey: true });
  }
  for (const [key, source] of Object.entries(build.additional_contexts ?? {})) {
    if (!source.startsWith('service:')) continue;
    const target = source.slice('service:'.length);
    const service = own(context.project.services, target);
    const at = [...path, 'additional_contexts', key];
    if (service === undefined) {
      const message = phrase('undefined-context-service', { service: target, context: key });
      reportPath(context, 'undefined-context-service', at, message);
    } else if (service.build === undefined) {
      const message = phrase('unbuildable-context-service', { service: target, context: key });
      reportPath(context, 'unbuildable-context-service', at, message);
    }
  }
  const platforms = build.platforms ?? [];
  if (platforms.length > 0 && service.platform !== undefined && !platforms.includes(service.platform)) {
    const message = phrase('platform-not-built', { platform: service.platform });
    reportPath(context, 'platform-not-built', [...path, 'platforms'], message);
  }
}

function checkHealthcheck(name: string, service: Service, context: ConsistencyContext): void {
  const kind = service.healthcheck?.test?.[0];
  if (kind === undefined || ['CMD', 'CMD-SHELL', 'NONE'].includes(kind)) return;
  const message = phrase('invalid-healthcheck');
  reportPath(context, 'invalid-healthcheck', ['services', name, 'healthcheck', 'test'], message);
}

function checkWatch(name: string, service: Service, context: ConsistencyContext): void {
  (service.develop?.watch ?? []).forEach((trigger, index) => {
    // Without an action it is refused for that.
    if (trigger.action === '') return;
    if (trigger.target !== undefined || trigger.action === 'rebuild' || trigger.action === 'restart') return;
    const message = phrase('missing-watch-target', { action: trigger.action });
    reportPath(context, 'missing-watch-target', ['services', name, 'develop', 'watch', index], message);
  });
}

function checkSecrets(context: ConsistencyContext): void {
  for (const [name, secret] of Object.entries(context.project.secrets ?? {})) {
    if (secret.external || secret.file !== undefined || secret.environment !== undefined) continue;
    const message = phrase('secret-without-content', { name });
    reportPath(context, 'secret-without-content', ['secrets', name], message, { atKey: true });
  }
}

/** Two containers cannot have one name. Docker Compose looks at this last, when services are selected. */
export function checkContainerNames(context: ConsistencyContext): void {
  const owners = new Map<string, string>();
  for (const [name, service] of Object.entries(context.project.services)) {
    if (service.container_name === undefined) continue;
    const owner = owners.get(service.container_name);
    if (owner === undefined) {
      owners.set(service.container_name, name);
      continue;
    }
    const message = phrase('duplicate-container-name', { name: service.container_name, owner });
    reportPath(context, 'duplicate-container-name', ['services', name, 'container_name'], message, {
      related: [
        {
          span: spanAt(context.tree, ['services', owner, 'container_name'], false),
          message: phrase('the-other-one'),
        },
      ],
    });
  }
}
