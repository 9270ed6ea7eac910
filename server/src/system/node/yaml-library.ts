/** Whether there is a library that formats. */
export const formats = true;

/** yaml-language-server, loaded when first used. */
export async function loadYaml() {
  // A CommonJS package: what it exports is the default of its module, bundled or not.
  const { default: yaml } = await import('yaml-language-server');
  const service = yaml.getLanguageService({
    schemaRequestService: () => Promise.reject(new Error('The YAML service reads no schemas.')),
    workspaceContext: { resolveRelativePath: (relative) => relative },
  });
  service.configure({ validate: false, hover: false, completion: false, format: true });
  return service;
}
