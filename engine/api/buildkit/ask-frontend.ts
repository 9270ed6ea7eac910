import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { recordOf } from '#compose/values/record.ts';
import { EngineError } from '../engine-error.ts';
import { say } from '../message.ts';
import { GrpcClient, serveGrpc } from './grpc.ts';
import { decode, encode, encodeMap, lookUp, text } from './protobuf.ts';
import { type Offer, sessionServices } from './session-services.ts';
import { type OpenBuildKit, type SolveRequest, translate } from './solve.ts';

const bridge = '/moby.buildkit.v1.frontend.LLBBridge';

/**
 * Asks BuildKit's Dockerfile frontend something (a subrequest: https://github.com/moby/buildkit/tree/master/frontend/subrequests) and resolves with its
 * answer's metadata. The client is the frontend of the build: it has the other one solve by the gateway, and returns nothing. Rejects with `EngineError`.
 * Nothing of the session is left when it settles.
 */
export async function askFrontend(
  open: OpenBuildKit,
  question: string,
  request: SolveRequest,
  offer: Offer,
  outer: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const ended = new AbortController();
  const signal = AbortSignal.any([outer, ended.signal]);
  const services = sessionServices(offer, signal);
  const [id, ref] = [randomUUID().replaceAll('-', ''), randomUUID().replaceAll('-', '')];
  const control = new GrpcClient(await open(undefined, signal));
  const inBuild = { 'buildkit-controlapi-buildid': ref };
  try {
    const session = { id, name: hostname(), sharedKey: request.sharedKey, methods: Object.keys(services) };
    const served = serveGrpc(await open(session, signal), services);
    const solving = control.unary(
      '/moby.buildkit.v1.Control/Solve',
      encode([[1, ref], [5, session.id], ...request.entitlements.map((each) => [9, each] as const)]),
      signal,
    );
    const attributes = {
      ...request.attributes,
      requestid: question,
      'frontend.caps': 'moby.buildkit.frontend.subrequests',
    };
    const asking = control.unary(
      `${bridge}/Solve`,
      encode([[2, 'dockerfile.v0'], ...encodeMap(3, attributes), [5, true], [6, true]]),
      signal,
      inBuild,
    );
    // A build that is refused has nobody to ask.
    const answer = await Promise.race([asking, solving.then(() => asking)]);
    await control.unary(`${bridge}/Return`, encode([[1, new Uint8Array()]]), signal, inBuild);
    await solving;
    ended.abort();
    await served;
    return metadataOf(answer);
  } catch (error) {
    throw outer.aborted ? new EngineError('cancelled', say`Canceled.`, { cause: error }) : translate(error);
  } finally {
    ended.abort();
    control.close();
  }
}

/** Of the result in a `moby.buildkit.v1.frontend.SolveResponse`. */
function metadataOf(response: Uint8Array): Readonly<Record<string, string>> {
  const result = lookUp(response, 3);
  if (!(result instanceof Uint8Array)) return {};
  return recordOf(
    [...decode(result)].flatMap(([field, entry]) =>
      field === 10 && entry instanceof Uint8Array ? [[text(lookUp(entry, 1)), text(lookUp(entry, 2))]] : [],
    ),
  );
}
