import type { Build } from '#compose/model/project.ts';

/** Of the command line, for all services: before the file's own. */
export interface AttestationOptions {
  /** `true`, `false`, or what is to be in it: `mode=max`. */
  readonly provenance?: string;
  readonly sbom?: string;
}

/** Which attestations are asked for, with their settings (empty: the usual ones), by the name that the frontend has for them. */
export function attestationsOf(
  build: Build,
  options: AttestationOptions,
): Readonly<Record<'attest:provenance' | 'attest:sbom', string | undefined>> {
  return {
    'attest:provenance': settingOf(options.provenance ?? build.provenance),
    'attest:sbom': settingOf(options.sbom ?? build.sbom),
  };
}

/** Attestations can be asked for in many words, and refused in a few. */
function settingOf(text: string | undefined): string | undefined {
  if (text === undefined || text === '' || /^(?:0|f|false)$/i.test(text)) return undefined;
  return /^(?:1|t|true)$/i.test(text) ? '' : text;
}

/** The provenance that an image gets when nobody says anything about it, as with the Docker CLI: where it can be in the image itself. */
export function usualProvenance(
  build: Build,
  options: AttestationOptions,
  environment: Readonly<Record<string, string>>,
): string | undefined {
  const said = options.provenance ?? build.provenance ?? '';
  return said === '' && !/^(?:1|t|true)$/i.test(environment.BUILDX_NO_DEFAULT_ATTESTATIONS ?? '')
    ? 'mode=min,inline-only=true'
    : undefined;
}
