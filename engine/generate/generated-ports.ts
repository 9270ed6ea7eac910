import { objectOf, objectsOf, type Raw, textOf } from './raw-values.ts';

/** `ports` and `expose` of a container, without the ports that its image exposes. A port of the host that was left to the engine is left to it again. */
export function generatedPorts(
  host: Raw,
  config: Raw,
  image: Raw,
): { readonly ports: readonly string[]; readonly expose: readonly string[] } {
  const bindings = objectOf(host, 'PortBindings');
  const exposed = Object.keys(objectOf(config, 'ExposedPorts')).sort(byNumber);
  const published = Object.keys(bindings)
    .sort(byNumber)
    .flatMap((port) => {
      const list = objectsOf(bindings, port);
      return (list.length === 0 ? [{}] : list).map((binding) => publishedPort(port, binding));
    });
  const unpublished = exposed.filter((port) => bindings[port] === undefined);
  if (host.PublishAllPorts === true)
    return { ports: [...published, ...unpublished.map(shortPort)], expose: [] };
  const imagePorts = objectOf(image, 'ExposedPorts');
  return {
    ports: published,
    expose: unpublished.filter((port) => imagePorts[port] === undefined).map(shortPort),
  };
}

function publishedPort(port: string, binding: Raw): string {
  const address = textOf(binding, 'HostIp');
  const number = textOf(binding, 'HostPort').replace(/^0$/, '');
  const shown = address.includes(':') ? `[${address}]` : address;
  if (shown === '') return number === '' ? shortPort(port) : `${number}:${shortPort(port)}`;
  return `${shown}:${number}:${shortPort(port)}`;
}

/** TCP goes without saying. */
function shortPort(port: string): string {
  return port.replace(/\/tcp$/, '');
}

function byNumber(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1);
}
