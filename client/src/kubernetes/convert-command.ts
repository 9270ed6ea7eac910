import { basename } from 'node:path';
import * as vscode from 'vscode';
import { catalogueFor } from '#compose/problem/catalogues.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import { loadToRun, type LoadToRunContext } from '../stack/load-to-run.ts';
import { convertProject, type OverlayProject } from '#engine/kubernetes/conversion.ts';
import { imagePorts } from '#engine/kubernetes/image-ports.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import { declaredOnEngine } from '../environments/declared-of.ts';
import { applyChoice } from '../environments/environment.ts';
import type { SelectContext } from '../stack/selection.ts';
import type { ExtensionScope } from '../workspace/contexts.ts';
import type { DeclaredProject } from '../workspace/declared.ts';
import { discover, type ProjectReference } from '../workspace/discover.ts';
import {
  askConversion,
  type ConversionChoice,
  environmentsOf,
  rememberConversion,
} from './ask-conversion.ts';
import { reportText } from './report-text.ts';
import { reviewConversion } from './review.ts';

const { l10n } = vscode;

/** ms. What an engine does not say until then is left out of the report. */
const answerTime = 3000;

/** Converts a project, shows what would change in the output folder and what does not go over, and writes it when that is agreed to. */
export async function convertKubernetesCommand(
  workbench: LoadToRunContext & SelectContext & ExtensionScope,
  args: readonly unknown[],
): Promise<void> {
  const chosen = await declaredOnEngine(workbench, args);
  if (chosen === undefined) return;
  const { declared } = chosen;
  const choice = await askConversion(workbench, declared);
  if (choice === undefined) return;
  const projects = await loadAll(workbench, declared, choice);
  if (projects === undefined) return;
  const { base, overlays } = projects;
  const engine = workbench.engines.of(chosen).current;
  const conversion = await convertProject(
    base,
    overlays,
    nodeHost({}).files,
    { hashNames: choice.hashNames === true },
    engine && ((project) => imagePorts(project, engine, AbortSignal.timeout(answerTime))),
  );
  await rememberConversion(workbench, declared.reference.id, choice);
  const title = l10n.t('{0}: differences between Kubernetes and the Compose files', base.project.name);
  const report = reportText(
    title,
    conversion.remarks,
    [base, ...(overlays ?? []).map(({ loaded }) => loaded)],
    {
      t: l10n.t,
      phrases: catalogueFor(vscode.env.language),
      nameOf: (uri) => basename(vscode.Uri.parse(uri).fsPath),
    },
  );
  await reviewConversion(workbench, {
    name: base.project.name,
    id: declared.reference.id,
    directory: choice.directory,
    files: conversion.files,
    remarks: conversion.remarks.length,
    report,
  });
}

/** The project, and for Kustomize each environment. `undefined` if one has errors, which are then shown. */
async function loadAll(
  workbench: LoadToRunContext,
  { reference, loaded }: DeclaredProject,
  { overlays }: ConversionChoice,
): Promise<{ readonly base: LoadedProject; readonly overlays?: readonly OverlayProject[] } | undefined> {
  const own = overlays === undefined ? reference : standardOf(reference);
  const base = await loadToRun(workbench, { reference: own, services: [] }, loaded);
  if (base === undefined || overlays === undefined) return base === undefined ? undefined : { base };
  const result: OverlayProject[] = [];
  for (const { name, files, envFiles } of await environmentsOf(reference.directory)) {
    if (!overlays.includes(name)) continue;
    const environment = applyChoice(own, {
      name,
      files,
      projectName: base.project.name,
      ...(envFiles.length > 0 && { envFiles }),
    });
    const project = await loadToRun(workbench, { reference: environment, services: [] }, undefined);
    if (project === undefined) return undefined;
    result.push({ name, loaded: project });
  }
  return { base, overlays: result };
}

/** What `docker compose up` takes, whatever environment is chosen: the base of all of them. */
function standardOf(reference: ProjectReference): ProjectReference {
  const { projectName, profiles } = reference;
  const plain = discover([reference.mainFile])[0] ?? reference;
  return {
    ...plain,
    id: reference.id,
    ...(projectName !== undefined && { projectName }),
    ...(profiles !== undefined && { profiles }),
  };
}
