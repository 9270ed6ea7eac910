/** Names in the cluster by names in the compose file. */
export interface ObjectNames {
  service(name: string): string;
  volume(name: string): string;
  file(section: 'secrets' | 'configs', name: string): string;
  network(name: string): string;
}
