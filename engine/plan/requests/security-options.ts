import { EngineError } from '../../api/engine-error.ts';
import { say } from '../../api/message.ts';

/** Reads a file that a service names, such as a seccomp profile; rejects if it cannot be read. */
export type ReadText = (path: string) => string;

/**
 * `HostConfig.SecurityOpt`, and the masks that `systempaths=unconfined` takes away. A seccomp profile's text goes to the engine, compacted:
 * the engine may run elsewhere and cannot read the file.
 */
export function securitySpec(
  options: readonly string[] | undefined,
  readText: ReadText,
): Record<string, unknown> {
  if (options === undefined) return {};
  const parsed: string[] = [];
  let unconfined = false;
  for (const option of options) {
    if (option === 'systempaths=unconfined') {
      unconfined = true;
      continue;
    }
    const separator = option.includes('=') ? '=' : ':';
    const [name = '', value] = splitOnce(option, separator);
    if (value === undefined && name !== 'no-new-privileges') {
      throw new EngineError('invalid', say`security_opt: "${option}" is not of the form name=value`);
    }
    const isProfile = name === 'seccomp' && value !== undefined && !['unconfined', 'builtin'].includes(value);
    parsed.push(isProfile ? `seccomp=${compactProfile(value, readText)}` : option);
  }
  return { SecurityOpt: parsed, ...(unconfined && { MaskedPaths: [], ReadonlyPaths: [] }) };
}

function compactProfile(path: string, readText: ReadText): string {
  try {
    return JSON.stringify(JSON.parse(readText(path)));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EngineError(
      'invalid',
      say`security_opt: the seccomp profile ${path} cannot be used: ${reason}`,
      {
        subject: path,
        cause,
      },
    );
  }
}

function splitOnce(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
