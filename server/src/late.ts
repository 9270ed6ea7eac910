import { composeActions, envActions, resolvedAction } from './actions/code-actions.ts';
import { complete, withDocumentation } from './completion/complete.ts';
import { completionInEnv } from './env/env-completion.ts';
import { hoverInCompose, hoverInEnvFile } from './hover/hover.ts';
import { manifestsOf } from './kubernetes/manifests.ts';

/**
 * What is asked for once a file is open and diagnosed. It is loaded after the server has started, and in one piece: each file more would take time of its
 * own. Nothing that is loaded at the start imports these modules but by `late()` of `load-late.ts`.
 */
export const parts = {
  composeActions,
  envActions,
  resolvedAction,
  complete,
  withDocumentation,
  completionInEnv,
  hoverInCompose,
  hoverInEnvFile,
  manifestsOf,
};
