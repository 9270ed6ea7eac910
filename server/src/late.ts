/**
 * What is asked for once a file is open and diagnosed. It is loaded after the server has started, and in one piece: each file more would take time of its
 * own. Nothing that is loaded at the start imports these modules but by `late()` of `load-late.ts`.
 */
export { composeActions, envActions } from './actions/code-actions.ts';
export { complete, withDocumentation } from './completion/complete.ts';
export { completionInEnv } from './env/env-completion.ts';
export { hoverInCompose, hoverInEnvFile } from './hover/hover.ts';
export { manifestsOf } from './kubernetes/manifests.ts';
