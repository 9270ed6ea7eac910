/** What `docker stack` marks its objects with, and finds them by. */
export const stackLabel = 'com.docker.stack.namespace';
/** The image as the file has it: the service's own is pinned to a digest. */
export const imageLabel = 'com.docker.stack.image';
/** Every engine has these, for itself. */
export const engineNetworks: readonly string[] = ['host', 'none', 'bridge', 'default'];
