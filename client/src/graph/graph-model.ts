import type { Service } from '#compose/model/project.ts';
import { dependencyConditions } from '#engine/project/service-graph.ts';
import type { GraphDependency, GraphModel, GraphService } from '../../webview/graph/protocol.ts';
import type { Translate } from '../shared/translate.ts';
import { serviceText } from '../tree/row-text.ts';
import type { RowView } from '../tree/row-view.ts';
import { stateLooks } from '../tree/state-look.ts';
import type { Stack, StackService } from '../workspace/stacks.ts';

const dependsOnLabel = 'com.docker.compose.depends_on';

/** A stack as it is drawn: what its files say, with the state of what runs; without files what the containers and their labels say. */
export function graphModel(stack: Stack, view: RowView): GraphModel {
  const services = stack.services.map((service) => toGraphService(stack, service, view));
  const sorted = (names: readonly string[]) => [...new Set(names)].sort();
  return {
    title: stack.name,
    services,
    networks: sorted(services.flatMap(({ networks }) => networks)),
    volumes: sorted(services.flatMap(({ volumes }) => volumes)),
  };
}

function toGraphService(stack: Stack, service: StackService, view: RowView): GraphService {
  const { name, containers, declared } = service;
  const { description, state } = serviceText(stack, service, view);
  const loaded = stack.declared?.loaded;
  const model = loaded?.project.services[name] ?? loaded?.disabled[name];
  return {
    name,
    state,
    tone: stateLooks[state].tone,
    glyph: stateLooks[state].glyph,
    description,
    image: declared?.image ?? containers[0]?.image,
    profiles: model?.profiles ?? [],
    ...(model === undefined ? ofContainers(stack, service, view.t) : ofModel(model, view.t)),
    can: {
      file: declared !== undefined,
      logs: service.view.can.logs,
      shell: service.view.can.shell,
    },
  };
}

type Facts = Pick<GraphService, 'ports' | 'networks' | 'volumes' | 'dependencies'>;

function ofModel(service: Service, t: Translate): Facts {
  return {
    ports: (service.ports ?? []).map(({ published, target }) => portText(published, target)),
    networks: service.network_mode === undefined ? Object.keys(service.networks ?? {}) : [],
    volumes: (service.volumes ?? []).flatMap(({ type, source }) =>
      type === 'volume' && source !== undefined ? [source] : [],
    ),
    dependencies: Object.entries(dependencyConditions(service)).map(([on, { condition, required }]) => ({
      on,
      condition: conditionText(condition, t),
      required: required !== false,
    })),
  };
}

function ofContainers({ name }: Stack, { containers }: StackService, t: Translate): Facts {
  const own = (key: string) => (key.startsWith(`${name}_`) ? key.slice(name.length + 1) : key);
  const unique = (values: readonly string[]) => [...new Set(values)];
  return {
    ports: unique(
      containers.flatMap(({ ports }) =>
        ports.flatMap(({ hostPort, containerPort }) =>
          hostPort === undefined ? [] : [portText(String(hostPort), containerPort)],
        ),
      ),
    ),
    networks: unique(containers.flatMap(({ networks }) => Object.keys(networks).map(own))),
    volumes: unique(
      containers.flatMap(({ mounts }) =>
        mounts.flatMap((mount) =>
          mount.type === 'volume' && mount.name !== undefined ? [own(mount.name)] : [],
        ),
      ),
    ),
    dependencies: parseDependsOn(containers[0]?.labels[dependsOnLabel] ?? '', t),
  };
}

/** Docker Compose's label: `db:service_healthy:false,cache:service_started:true`; the last is about restarts. */
function parseDependsOn(label: string, t: Translate): readonly GraphDependency[] {
  return label
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const [on = '', condition = ''] = part.split(':');
      return { on, condition: conditionText(condition, t), required: true };
    });
}

function conditionText(condition: string, t: Translate): string {
  if (condition === 'service_healthy') return t('healthy');
  return condition === 'service_completed_successfully' ? t('completed') : '';
}

function portText(published: string | undefined, target: number): string {
  return published === undefined ? String(target) : `${published} → ${target}`;
}
