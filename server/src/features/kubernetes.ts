import type { ServerCapabilities } from 'vscode-languageserver';
import type { FeatureContext } from '../context.ts';
import { late } from '../load-late.ts';
import { ConvertToKubernetes, type FileParams, type KubernetesResult } from '../protocol.ts';

/** A document's project as manifests of Kubernetes, for clients that cannot load a project: in the browser. */
export function register(context: FeatureContext): Partial<ServerCapabilities> {
  context.connection.onRequest(
    ConvertToKubernetes,
    async ({ uri }: FileParams): Promise<KubernetesResult> => (await late()).manifestsOf(context, uri),
  );
  return {};
}
