/** Which form the paths of this machine have. */
export const systemPlatform = process.platform === 'win32' ? 'windows' : 'posix';
