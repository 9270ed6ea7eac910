import type { EngineInfo } from './engine-objects.ts';

/** Whether the negotiated API is `version` (`"1.44"`) or newer. */
export function apiAtLeast(info: Pick<EngineInfo, 'apiVersion'>, version: string): boolean {
  const [major = 0, minor = 0] = info.apiVersion.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = version.split('.').map(Number);
  return major !== wantedMajor ? major > wantedMajor : minor >= wantedMinor;
}
