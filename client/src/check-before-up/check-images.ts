import type { Project, Service } from '#compose/model/project.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import { pullFailureWords } from '#engine/api/pull-failure.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import type { ImageDetails } from '#engine/api/engine-objects.ts';
import { architectureOf } from '#engine/project/architectures.ts';
import { messageText, type Translate } from '../shared/translate.ts';
import type { Finding } from './finding.ts';

/** Whether every image is there, can be pulled or is built, and runs on this engine's processor. */
export async function checkImages(
  { services }: Project,
  engine: EnginePort,
  t: Translate,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const own = `${engine.info.os}/${await engine.architecture(signal)}`;
  const entries = Object.entries(services).filter(([, service]) => service.image !== undefined);
  const findings = await Promise.all(
    entries.map(([name, service]) => checkOne(name, service, own, engine, t, signal)),
  );
  return findings.flat();
}

async function checkOne(
  name: string,
  service: Service,
  own: string,
  engine: EnginePort,
  t: Translate,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { image: reference = '' } = service;
  const place = { subject: 'images', path: ['services', name, 'image'] } as const;
  const wanted = service.platform ?? own;
  const local = await engine.inspectImage(reference, signal).catch((error: unknown) => {
    if (error instanceof EngineError && (error.kind === 'not-found' || error.kind === 'image-missing'))
      return;
    throw error;
  });
  if (local !== undefined) {
    if (fits(local, wanted))
      return [{ ...place, severity: 'ok', message: t('{0} is on the engine', reference) }];
    return [wrongPlatform(name, reference, [local], wanted, t)];
  }
  if (service.build !== undefined)
    return [{ ...place, severity: 'ok', message: t('{0} will be built by Up', reference) }];
  try {
    const { platforms } = await engine.inspectRemoteImage(reference, signal);
    if (platforms.length > 0 && !platforms.some((platform) => fits(platform, wanted)))
      return [wrongPlatform(name, reference, platforms, wanted, t)];
    return [
      {
        ...place,
        severity: 'ok',
        message: t('{0} is not on the engine; its registry has it', reference),
        fix: {
          kind: 'pull',
          reference,
          ...(service.platform !== undefined && { platform: service.platform }),
        },
      },
    ];
  } catch (error) {
    if (!(error instanceof EngineError) || error.kind === 'cancelled') throw error;
    const pull = error.pull === undefined ? undefined : pullFailureWords(error.pull, reference);
    const said = pull?.what ?? error.said;
    const why = said === undefined ? error.message : messageText(said, t);
    return [
      {
        ...place,
        severity: 'error',
        message: t(
          '{0} is not on the engine, and cannot be pulled: {1}',
          reference,
          why.split('\n')[0] ?? '',
        ),
        advice:
          pull === undefined
            ? t('Correct the name or tag, sign in with "docker login", or build the image.')
            : messageText(pull.advice, t),
      },
    ];
  }
}

function wrongPlatform(
  name: string,
  reference: string,
  platforms: readonly Pick<ImageDetails, 'os' | 'architecture'>[],
  wanted: string,
  t: Translate,
): Finding {
  const has = platforms.map(({ os, architecture }) => `${os}/${architecture}`).join(', ');
  return {
    subject: 'images',
    path: ['services', name, 'image'],
    severity: 'warning',
    message: t('{0} is for {1}, not for {2}', reference, has, wanted),
    advice: t(
      'The image runs only with emulation, which is slow. Use an image for this processor, or set "platform".',
    ),
  };
}

function fits({ os, architecture }: Pick<ImageDetails, 'os' | 'architecture'>, wanted: string): boolean {
  const [wantedOs = '', wantedArchitecture = ''] = wanted.split('/');
  return os === wantedOs && architectureOf(architecture) === architectureOf(wantedArchitecture);
}
