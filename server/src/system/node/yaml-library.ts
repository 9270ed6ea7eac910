/** Whether there is a library that formats. */
export const formats = true;

/** Of yaml-language-server what formats, loaded when first used: not what checks and completes, which is four fifths of it. */
export async function loadYaml() {
  const services = await Promise.all([
    import('yaml-language-server/out/server/src/languageservice/services/yamlFormatter.js'),
    import('yaml-language-server/out/server/src/languageservice/services/yamlOnTypeFormatting.js'),
  ]);
  // CommonJS modules: what they export is the default of theirs, bundled or not.
  const [{ YAMLFormatter }, { doDocumentOnTypeFormatting }] = [services[0].default, services[1].default];
  const formatter = new YAMLFormatter();
  return { doFormat: formatter.format.bind(formatter), doDocumentOnTypeFormatting };
}
