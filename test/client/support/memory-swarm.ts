import { EngineError } from '#engine/api/engine-error.ts';
import type {
  FileKind,
  FileObjectOfSwarm,
  NodeObject,
  NodeSpec,
  ServiceObject,
  ServiceSpec,
  SwarmCalls,
  SwarmFilter,
  TaskObject,
} from '#engine/api/swarm-calls.ts';
import { stackLabel } from '#engine/swarm/stack-labels.ts';

/** Records a change, or rejects as a test told. */
type Does = (what: string, name: string) => void;

/** The swarm of an engine in memory. Updates are over at once and are not monitored. */
export class MemorySwarm {
  state: 'inactive' | 'active' = 'inactive';
  isManager = false;
  readonly address = '10.0.0.1:2377';
  readonly nodes = new Map<string, NodeObject>();
  readonly services = new Map<string, ServiceObject>();
  readonly files: { readonly kind: FileKind; readonly object: FileObjectOfSwarm }[] = [];
  /** Of the tasks of all services, where they do not run. */
  taskState = 'running';
  taskError = '';
  /** How the next update of a service ends. */
  nextUpdate: ServiceObject['UpdateStatus'] | undefined;
  /** The machine has several addresses: a swarm begins only where it is told which one counts. */
  needsAddress = false;
  #count = 0;

  /** The engine is the first node, and manager, of a swarm. */
  begins(): void {
    this.state = 'active';
    this.isManager = true;
    this.hasNode('one', { Role: 'manager', Availability: 'active' }, { Leader: true });
  }

  hasNode(name: string, spec: NodeSpec, manager?: NodeObject['ManagerStatus']): void {
    this.nodes.set(`id-of-${name}`, {
      ID: `id-of-${name}`,
      Version: { Index: 1 },
      Spec: spec,
      Description: { Hostname: name },
      Status: { State: 'ready' },
      ...(manager !== undefined && { ManagerStatus: manager }),
    });
  }

  hasService(
    name: string,
    { stack, replicas = 1, image = 'nginx:1' }: { stack?: string; replicas?: number; image?: string } = {},
    change: Partial<ServiceObject> = {},
  ): ServiceObject {
    return this.#make(
      {
        Name: name,
        Labels: stack === undefined ? {} : { [stackLabel]: stack },
        TaskTemplate: { ContainerSpec: { Image: image } },
        Mode: { Replicated: { Replicas: replicas } },
      },
      change,
    );
  }

  hasFile(kind: FileKind, name: string, stack: string): void {
    const Spec = { Name: name, Labels: { [stackLabel]: stack } };
    this.files.push({ kind, object: { ID: `id-of-${name}`, Version: { Index: 1 }, Spec } });
  }

  calls(does: Does): Partial<SwarmCalls> {
    return {
      inspectSwarmMembership: async () => ({
        state: this.state,
        nodeId: this.state === 'active' ? 'id-of-one' : '',
        isManager: this.isManager,
        address: this.isManager ? this.address : '',
      }),
      initSwarm: async ({ AdvertiseAddr }) => {
        const address = String(AdvertiseAddr);
        if (this.needsAddress && address === '')
          throw new EngineError(
            'invalid',
            'could not choose an IP address to advertise: specify --advertise',
          );
        does('begin swarm', address);
        this.begins();
        return 'id-of-one';
      },
      leaveSwarm: async () => {
        does('leave swarm', '');
        this.state = 'inactive';
        this.isManager = false;
      },
      getJoinTokens: async () => ({ Worker: 'token-of-workers', Manager: 'token-of-managers' }),
      listSwarmNodes: async () => [...this.#managed(this.nodes).values()],
      inspectSwarmNode: async (id) => found(this.nodes, id),
      updateSwarmNode: async (id, _version, spec) => {
        does('update node', `${id} ${JSON.stringify(spec)}`);
        this.nodes.set(id, { ...found(this.nodes, id), Spec: spec });
      },
      removeSwarmNode: async (id) => {
        does('remove node', id);
        this.nodes.delete(id);
      },
      listServices: async (filter) =>
        [...this.#managed(this.services).values()]
          .filter((service) => fits(filter, service))
          .map((service) => this.#counted(service)),
      inspectService: async (id) => this.#counted(found(this.services, id)),
      createService: async (spec) => {
        does('create service', spec.Name);
        return { ID: this.#make(spec).ID };
      },
      updateService: async (id, version, spec, { rollback = false }) => {
        const old = found(this.services, id);
        if (version !== old.Version.Index)
          throw new EngineError('conflict', 'update out of sequence', { subject: id });
        does(rollback ? 'roll back' : 'update service', old.Spec.Name);
        const { PreviousSpec: previous = old.Spec } = old;
        this.services.set(id, {
          ...old,
          Version: { Index: version + 1 },
          Spec: rollback ? previous : unmonitored(spec),
          PreviousSpec: old.Spec,
          ...(this.nextUpdate !== undefined && { UpdateStatus: this.nextUpdate }),
        });
        return {};
      },
      removeService: async (id) => {
        does('remove service', found(this.services, id).Spec.Name);
        this.services.delete(id);
      },
      listTasks: async ({ service, label }) =>
        [...this.services.values()]
          .filter((each) => fits({ ...(service && { id: service }), ...(label && { label }) }, each))
          .flatMap((each) => this.#tasks(each)),
      listSwarmFiles: async (kind, filter) =>
        this.files.flatMap((each) => (each.kind === kind && fits(filter, each.object) ? [each.object] : [])),
      createSwarmFile: async (kind, spec) => {
        does(`create ${kind}`, String(spec.Name));
        const object = { ID: `id-of-${String(spec.Name)}`, Version: { Index: 1 }, Spec: spec as never };
        this.files.push({ kind, object });
        return object.ID;
      },
      updateSwarmFile: async (kind, id, _version, spec) => {
        const { object } = this.files.find((each) => each.kind === kind && each.object.ID === id) ?? {};
        if (object?.Spec.Data !== spec.Data)
          throw new EngineError('invalid', 'only updates to Labels are allowed');
      },
      removeSwarmFile: async (kind, id) => {
        does(`remove ${kind}`, id);
        const at = this.files.findIndex((each) => each.kind === kind && each.object.ID === id);
        this.files.splice(at, 1);
      },
      getServiceLogs: async () => (async function* () {})(),
    };
  }

  #make(spec: ServiceSpec, change: Partial<ServiceObject> = {}): ServiceObject {
    const ID = `service-${++this.#count}`;
    const made = { ID, Version: { Index: 1 }, Spec: unmonitored(spec), ...change };
    this.services.set(ID, made);
    return made;
  }

  #managed<T>(objects: T): T {
    if (!this.isManager) throw new EngineError('unsupported', 'This node is not a swarm manager.');
    return objects;
  }

  #counted(service: ServiceObject): ServiceObject {
    const wanted = this.#tasks(service);
    const running = wanted.filter(({ Status }) => Status.State === 'running');
    return { ...service, ServiceStatus: { RunningTasks: running.length, DesiredTasks: wanted.length } };
  }

  #tasks({ ID, Spec }: ServiceObject): readonly TaskObject[] {
    return Array.from({ length: Spec.Mode?.Replicated?.Replicas ?? 1 }, (_, at) => ({
      ID: `${ID}.${at + 1}`,
      Version: { Index: 1 },
      ServiceID: ID,
      NodeID: 'id-of-one',
      Slot: at + 1,
      DesiredState: 'running',
      Status: { State: this.taskState, ...(this.taskError !== '' && { Err: this.taskError }) },
    }));
  }
}

function unmonitored(spec: ServiceSpec): ServiceSpec {
  return { ...spec, UpdateConfig: { ...spec.UpdateConfig, Monitor: 0 } };
}

function fits(
  { label = [], name = [], id = [] }: SwarmFilter,
  { ID, Spec }: { readonly ID: string; readonly Spec: Pick<ServiceSpec, 'Name' | 'Labels'> },
): boolean {
  return (
    label.every((each) => {
      const [key = '', value] = each.split('=');
      return Spec.Labels?.[key] === value;
    }) &&
    (name.length === 0 || name.includes(Spec.Name)) &&
    (id.length === 0 || id.includes(ID))
  );
}

function found<T>(objects: ReadonlyMap<string, T>, id: string): T {
  const known = objects.get(id);
  if (known === undefined) throw new EngineError('not-found', `No such object: ${id}`);
  return known;
}
