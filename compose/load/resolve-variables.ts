import { mapItems, mapValues, stringOf, textAt, valueIn, withValue } from '../syntax/edit.ts';
import type { MapNode, Node } from '../syntax/node.ts';
import type { Variables } from './variables.ts';

/**
 * Variables that a model only names take their value from its own group of files, before it becomes part of another: environment lists
 * of services, and the content of configs.
 */
export function resolveNamedVariables(model: MapNode, variables: Variables): MapNode {
  let result = model;
  const services = valueIn(result, 'services');
  if (services?.kind === 'map') {
    const resolved = mapValues(services, (service) => resolveService(service, variables));
    result = withValue(result, 'services', resolved);
  }
  const configs = valueIn(result, 'configs');
  if (configs?.kind === 'map') {
    const resolved = mapValues(configs, (config) => {
      const variable = valueIn(config, 'environment');
      const value = variables.get(stringOf(variable) ?? '');
      if (config.kind !== 'map' || variable === undefined || value === undefined) return config;
      return withValue(config, 'content', { ...textAt(variable, value), implied: true });
    });
    result = withValue(result, 'configs', resolved);
  }
  return result;
}

function resolveService(service: Node, variables: Variables): Node {
  const environment = valueIn(service, 'environment');
  if (service.kind !== 'map' || environment?.kind !== 'seq') return service;
  const resolved = mapItems(environment, (item) => {
    const name = stringOf(item);
    const value = name === undefined ? undefined : variables.get(name);
    return value === undefined ? item : textAt(item, `${name}=${value}`);
  });
  return withValue(service, 'environment', resolved);
}
