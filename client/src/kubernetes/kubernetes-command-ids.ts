export const KubernetesCommands = {
  convertKubernetes: 'composure.convertKubernetes',
  writeManifests: 'composure.writeManifests',
  discardManifests: 'composure.discardManifests',
  applyKubernetes: 'composure.applyKubernetes',
  undoKubernetes: 'composure.undoKubernetes',
} as const;
