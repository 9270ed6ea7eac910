import { homedir } from 'node:os';
import * as vscode from 'vscode';
import * as configuration from '../shared/configuration.ts';
import type { ConnectOptions } from '#engine/connect/connect.ts';

/** How to reach the engine of that name; without one, as the settings say, else as the Docker CLI would. */
export function connectOptions(engine?: string): ConnectOptions {
  const context = configuration.context();
  const host = configuration.host();
  const chosen = context !== '' ? { context } : host !== '' ? { host } : {};
  return {
    ...(engine === undefined ? chosen : isAddress(engine) ? { host: engine } : { context: engine }),
    environment: process.env,
    home: homedir(),
    platform: process.platform,
    // Looking them up can start a program that the environment names.
    useCredentials: vscode.workspace.isTrusted,
  };
}

/** `ssh://…`, `unix:///…`: an address as in `DOCKER_HOST`; everything else is the name of a Docker context. */
export function isAddress(engine: string): boolean {
  return /^[a-z]+:\/\//i.test(engine);
}
