import { apiAtLeast } from '../api/api-version.ts';
import { EngineError } from '../api/engine-error.ts';
import type { EngineInfo } from '../api/engine-objects.ts';
import { say } from '../api/message.ts';

/**
 * The engine as `DOCKER_API_VERSION` wants it spoken to: with that version, as by the Docker CLI. Rejects with kind `unsupported` what is no version, one
 * newer than the engine's, and one older than `oldest` (the minor number).
 */
export function withChosenVersion(info: EngineInfo, wanted: string | undefined, oldest: number): EngineInfo {
  if (wanted === undefined || wanted === '') return info;
  const version = wanted.replace(/^v/, '');
  if (!/^\d+\.\d+$/.test(version))
    throw new EngineError(
      'unsupported',
      say`DOCKER_API_VERSION is ${wanted}, which isn't a version of the API.`,
    );
  if (!apiAtLeast(info, version))
    throw new EngineError(
      'unsupported',
      say`client version ${version} is too new. Maximum supported API version is ${info.apiVersion}`,
    );
  const least = `1.${oldest}`;
  if (!apiAtLeast({ apiVersion: version }, least))
    throw new EngineError(
      'unsupported',
      say`client version ${version} is too old. Minimum supported API version is ${least}`,
    );
  return { ...info, apiVersion: version };
}
