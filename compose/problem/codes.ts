import type { Severity } from './problem.ts';

/**
 * Every code a loaded project can be reported with, and how bad it is. An error is what Docker Compose refuses;
 * a warning is what it warns of. Codes are stable: settings, quick fixes and documentation refer to them.
 */
const severities = {
  // Files
  'broken-file': 'error',
  'file-not-found': 'error',
  'file-unreadable': 'error',
  'file-too-large': 'error',
  'wrong-encoding': 'error',
  'lossy-encoding': 'warning',
  'outside-workspace': 'error',
  'no-compose-file': 'error',
  'several-compose-files': 'warning',
  'empty-file': 'error',
  'not-a-mapping': 'error',
  'too-many-nodes': 'error',
  'remote-file': 'error',
  'remote-file-stale': 'warning',
  // Name and environment
  'project-name': 'error',
  'env-file': 'error',
  'label-file': 'error',
  'environment-setting': 'error',
  // Putting files together
  'include-invalid': 'error',
  'include-cycle': 'error',
  'include-conflict': 'warning',
  'too-many-includes': 'error',
  'extends-invalid': 'error',
  'extends-not-found': 'error',
  'extends-cycle': 'error',
  'extends-too-deep': 'error',
  'cannot-override': 'error',
  'too-many-items': 'error',
  'list-entry-invalid': 'error',
  'obsolete-version': 'warning',
  // Variables
  'invalid-interpolation': 'error',
  'required-variable': 'error',
  'unset-variable': 'warning',
  'invalid-cast': 'error',
  'legacy-boolean': 'warning',
  // Values
  'invalid-type': 'error',
  'invalid-value': 'error',
  'invalid-port': 'error',
  'invalid-volume': 'error',
  'invalid-device': 'error',
  'invalid-command': 'error',
  'invalid-size': 'error',
  'invalid-duration': 'error',
  'invalid-host': 'error',
  'invalid-ssh-key': 'error',
  'external-name-conflict': 'error',
  'external-name-deprecated': 'warning',
  'trailing-space': 'error',
  // Rules about one value
  'external-conflict': 'error',
  'exclusive-content': 'error',
  'missing-content': 'error',
  'invalid-ip-address': 'error',
  'blank-path': 'error',
  'exclusive-device-request': 'error',
  // Rules about the whole project
  'no-image-or-build': 'error',
  'exclusive-dockerfile': 'error',
  'undefined-context-service': 'error',
  'unbuildable-context-service': 'error',
  'platform-not-built': 'error',
  'exclusive-network-mode': 'error',
  'undefined-network': 'error',
  'invalid-healthcheck': 'error',
  'undefined-dependency': 'error',
  'disabled-dependency': 'error',
  'undefined-network-mode-service': 'error',
  'undefined-volume': 'error',
  'undefined-secret': 'error',
  'undefined-config': 'error',
  'undefined-model': 'error',
  'distinct-values': 'error',
  'negative-scale': 'error',
  'scaled-container-name': 'error',
  'duplicate-container-name': 'error',
  'missing-watch-target': 'error',
  'duplicate-mount': 'error',
  'secret-without-content': 'error',
  'dependency-cycle': 'error',
  'no-such-service': 'error',
  // Jobs
  'experimental-jobs': 'information',
  'job-name': 'error',
  'job-triggers': 'error',
  'job-never-runs': 'warning',
  'job-schedule': 'error',
  'job-dependency': 'error',
} as const satisfies Record<string, Severity>;

export type ProblemCode = keyof typeof severities;

export const problemCodes: readonly ProblemCode[] = Object.keys(severities) as ProblemCode[];

export function severityOf(code: ProblemCode): Severity {
  return severities[code];
}
