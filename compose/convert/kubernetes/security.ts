import type { Service } from '../../model/project.ts';
import { allLabels, labelNumber } from './labels.ts';
import { type JsonObject, unlessEmpty } from './manifest.ts';
import type { Scope } from './scope.ts';
import { phrase } from '../../problem/phrase.ts';
import { recordOf } from '../../values/record.ts';

/** The security context of the container. */
export function containerSecurity(scope: Scope, name: string, service: Service): JsonObject | undefined {
  const { privileged, cap_add, cap_drop, read_only } = service;
  const capabilities = unlessEmpty({
    ...(cap_add !== undefined && cap_add.length > 0 && { add: cap_add.map(capability) }),
    ...(cap_drop !== undefined && cap_drop.length > 0 && { drop: cap_drop.map(capability) }),
  });
  return unlessEmpty({
    ...userOf(scope, name, service.user),
    ...(privileged === true && { privileged }),
    ...(read_only === true && { readOnlyRootFilesystem: true }),
    ...(capabilities !== undefined && { capabilities }),
    ...optionsOf(scope, name, service),
  });
}

/** Those that nodes allow without being told to. */
const safeSysctls: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]);

/** The security context of the pod: what containers have in common there. */
export function podSecurity(
  scope: Scope,
  name: string,
  service: Service,
  hasClaim: boolean,
): JsonObject | undefined {
  const groups = (service.group_add ?? []).filter((group, at) => {
    if (/^\d+$/.test(group)) return true;
    scope.remark(`services.${name}.group_add[${at}]`, phrase('kubernetes.group-number'));
    return false;
  });
  const sysctls = Object.entries(service.sysctls ?? {});
  for (const [key] of sysctls) {
    if (safeSysctls.has(key)) continue;
    scope.remark(`services.${name}.sysctls.${key}`, phrase('kubernetes.unsafe-sysctl'));
  }
  const labelled = labelNumber(allLabels(service), 'security-context.fsgroup');
  // A new volume belongs to root: a user of its own could not write there.
  const fsGroup = labelled ?? (hasClaim ? groupOf(service.user) : undefined);
  return unlessEmpty({
    ...(groups.length > 0 && { supplementalGroups: groups.map(Number) }),
    ...(sysctls.length > 0 && {
      sysctls: sysctls.map(([key, value]) => ({ name: key, value: String(value) })),
    }),
    ...(fsGroup !== undefined && { fsGroup }),
    ...(fsGroup !== undefined && labelled === undefined && { fsGroupChangePolicy: 'OnRootMismatch' }),
  });
}

function userOf(scope: Scope, name: string, user: string | undefined): JsonObject {
  if (user === undefined || user === '') return {};
  const [, uid, gid] = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(user) ?? [];
  if (uid === undefined) {
    scope.remark(`services.${name}.user`, phrase('kubernetes.user-number', { user }));
    return {};
  }
  return { runAsUser: Number(uid), ...(gid !== undefined && { runAsGroup: Number(gid) }) };
}

/** The group that files of a volume are to have for this user; `undefined` for root and for names. */
function groupOf(user: string | undefined): number | undefined {
  const [, uid, gid = uid] = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(user ?? '') ?? [];
  return gid === undefined || Number(gid) === 0 ? undefined : Number(gid);
}

function capability(name: string): string {
  return name.toUpperCase().replace(/^CAP_/, '');
}

function optionsOf(scope: Scope, name: string, { security_opt, privileged }: Service): JsonObject {
  const context: Record<string, JsonObject[string]> = recordOf();
  for (const [at, option] of (security_opt ?? []).entries()) {
    const [key, value] = option.split(/[:=](.*)/s);
    if (key === 'no-new-privileges' && value !== 'false') {
      if (privileged !== true) context.allowPrivilegeEscalation = false;
      else {
        scope.remark(`services.${name}.security_opt[${at}]`, phrase('kubernetes.refused-when-privileged'));
      }
    } else if (key === 'seccomp' && value === 'unconfined') context.seccompProfile = { type: 'Unconfined' };
    else if (key === 'apparmor' && value !== undefined) {
      context.appArmorProfile =
        value === 'unconfined' ? { type: 'Unconfined' } : { type: 'Localhost', localhostProfile: value };
    } else if (key !== 'no-new-privileges') {
      scope.remark(`services.${name}.security_opt[${at}]`, phrase('kubernetes.depends-on-nodes'));
    }
  }
  return context;
}
