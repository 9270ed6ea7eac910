/** Names of variables whose values are nobody's business. */
const secretName = String.raw`[\w.-]*(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|PRIVATE_KEY|API_?KEY|ACCESS_KEY)[\w.-]*`;
const assignment = new RegExp(
  String.raw`(\b${secretName}["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;}"']+)`,
  'gi',
);
const inUrl = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+(@)/gi;
const bearer = /(\b(?:Bearer|Basic)\s+)[A-Za-z0-9._~+/=-]{8,}/g;

const wholeName = new RegExp(`^${secretName}$`, 'i');

/** Whether what is called so is nobody's business; the path of a file that holds a secret is no secret. */
export function isSecretName(name: string): boolean {
  return wholeName.test(name) && !/_FILE$/i.test(name);
}

/** The text without the values of variables that are called like secrets, passwords in URLs, and authorisation headers. */
export function maskSecrets(text: string): string {
  return text.replace(assignment, '$1***').replace(inUrl, '$1***$2').replace(bearer, '$1***');
}
