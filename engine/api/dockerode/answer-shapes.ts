import {
  anything,
  array,
  boolean,
  needed,
  number,
  object,
  record,
  type Shape,
  string,
} from './answer-shape.ts';

const texts = array(string);
const labels = record(string);

const mount = object({
  Type: string,
  Name: string,
  Source: string,
  Destination: string,
  RW: boolean,
});

const endpoint = object({ NetworkID: string, Aliases: texts, IPAddress: string });

const containerSummary = object({
  Id: needed(string),
  Names: texts,
  Image: string,
  ImageID: string,
  Command: string,
  Created: number,
  State: string,
  Status: string,
  Labels: labels,
  Ports: array(object({ IP: string, PublicPort: number, PrivatePort: number, Type: string })),
  NetworkSettings: object({ Networks: record(needed(endpoint)) }),
  Mounts: array(mount),
});

const containerDetails = object({
  Id: needed(string),
  Name: string,
  Image: string,
  RestartCount: number,
  State: object({
    Status: string,
    ExitCode: number,
    Error: string,
    StartedAt: string,
    FinishedAt: string,
    Health: object({ Status: string, Log: array(object({ End: anything, Output: string })) }),
  }),
  Config: object({
    Image: string,
    Tty: boolean,
    Labels: labels,
    Env: texts,
    Healthcheck: object({ Test: texts }),
  }),
  HostConfig: object({}),
  NetworkSettings: object({ Networks: record(needed(endpoint)) }),
  Mounts: array(mount),
});

const network = object({
  Id: string,
  Name: needed(string),
  Driver: string,
  Scope: string,
  Labels: labels,
  Containers: record(anything),
});

const volume = object({ Name: needed(string), Driver: string, Mountpoint: string, Labels: labels });

const image = object({
  Id: needed(string),
  Os: string,
  Architecture: string,
  Variant: string,
  Size: number,
  RepoTags: texts,
  RepoDigests: texts,
  Config: object({ Volumes: record(anything), Healthcheck: object({ Test: texts }), Labels: labels }),
  Metadata: object({ LastTagTime: string }),
  Manifests: array(
    object({
      ID: string,
      Kind: string,
      Available: boolean,
      Descriptor: object({ digest: string }),
      ImageData: object({ Platform: object({ os: string, architecture: string }) }),
    }),
  ),
});

const listedImage = object({ Id: needed(string), Labels: labels, RepoTags: texts, RepoDigests: texts });

const pruned = object({
  ContainersDeleted: texts,
  NetworksDeleted: texts,
  ImagesDeleted: array(object({ Untagged: string, Deleted: string })),
  CachesDeleted: texts,
  SpaceReclaimed: number,
});

const version = needed(object({ Index: needed(number) }));
const port = object({ Protocol: string, TargetPort: number, PublishedPort: number, PublishMode: string });
const containerSpec = object({ Image: string, Labels: labels });

const node = object({
  ID: needed(string),
  Version: version,
  Spec: object({ Availability: string, Role: string, Labels: labels }),
  Description: object({ Hostname: string, Engine: object({ EngineVersion: string }) }),
  Status: object({ State: string, Addr: string }),
  ManagerStatus: object({ Leader: boolean, Reachability: string }),
});

const serviceSpec = object({
  Name: needed(string),
  Labels: labels,
  TaskTemplate: needed(object({ ContainerSpec: containerSpec, ForceUpdate: number })),
  Mode: object({
    Replicated: object({ Replicas: number }),
    ReplicatedJob: object({ MaxConcurrent: number, TotalCompletions: number }),
  }),
});

const service = object({
  ID: needed(string),
  Version: version,
  Spec: needed(serviceSpec),
  PreviousSpec: serviceSpec,
  Endpoint: object({ Ports: array(port) }),
  UpdateStatus: object({ State: string, StartedAt: string, Message: string }),
  ServiceStatus: object({ RunningTasks: number, DesiredTasks: number, CompletedTasks: number }),
  JobStatus: object({ JobIteration: object({ Index: number }) }),
});

const task = object({
  ID: needed(string),
  Version: version,
  ServiceID: string,
  NodeID: string,
  Slot: number,
  DesiredState: needed(string),
  Spec: object({ ContainerSpec: containerSpec }),
  Status: needed(
    object({
      State: needed(string),
      Timestamp: string,
      Message: string,
      Err: string,
      PortStatus: object({ Ports: array(port) }),
    }),
  ),
  JobIteration: object({ Index: number }),
});

const swarmFile = object({
  ID: needed(string),
  Version: version,
  Spec: needed(object({ Name: needed(string), Labels: labels, Data: string })),
});

const swarm = object({
  Version: version,
  Spec: needed(object({})),
  JoinTokens: needed(object({ Worker: needed(string), Manager: needed(string) })),
});

const info = object({
  Swarm: object({
    LocalNodeState: string,
    NodeID: string,
    NodeAddr: string,
    ControlAvailable: boolean,
    RemoteManagers: array(object({ NodeID: string, Addr: string })),
  }),
});

/** What the answers that are read have to be, by the call; in a path, `*` is one part of it, `**` some. */
const shapes: readonly (readonly [string, Shape])[] = [
  ['GET /containers/json', array(containerSummary)],
  ['GET /containers/*/json', needed(containerDetails)],
  ['GET /containers/*/top', needed(object({ Titles: texts, Processes: array(texts) }))],
  ['POST /containers/create', needed(object({ Id: needed(string), Warnings: texts }))],
  ['POST /containers/*/wait', needed(object({ StatusCode: needed(number) }))],
  ['POST /containers/*/exec', needed(object({ Id: needed(string) }))],
  ['GET /exec/*/json', needed(object({ Running: boolean, ExitCode: number }))],
  ['POST /commit', needed(object({ Id: needed(string) }))],
  ['GET /networks', array(network)],
  ['GET /networks/*', needed(network)],
  ['POST /networks/create', needed(object({ Id: needed(string) }))],
  ['GET /volumes', needed(object({ Volumes: array(volume) }))],
  ['GET /volumes/*', needed(volume)],
  ['POST /volumes/create', needed(volume)],
  ['GET /images/json', array(listedImage)],
  ['GET /images/**/json', needed(image)],
  [
    'GET /distribution/**/json',
    needed(
      object({
        Descriptor: needed(object({ digest: needed(string) })),
        Platforms: array(object({ os: string, architecture: string })),
      }),
    ),
  ],
  ['POST /*/prune', needed(pruned)],
  ['GET /version', needed(object({ Arch: string }))],
  ['GET /info', needed(info)],
  ['GET /swarm', needed(swarm)],
  ['POST /swarm/init', needed(string)],
  ['GET /nodes', array(node)],
  ['GET /nodes/*', needed(node)],
  ['GET /services', array(service)],
  ['GET /services/*', needed(service)],
  ['POST /services/create', needed(object({ ID: needed(string), Warnings: texts }))],
  ['POST /services/*/update', needed(object({ Warnings: texts }))],
  ['GET /tasks', array(task)],
  ['GET /secrets', array(swarmFile)],
  ['GET /configs', array(swarmFile)],
  ['POST /secrets/create', needed(object({ ID: needed(string) }))],
  ['POST /configs/create', needed(object({ ID: needed(string) }))],
];

const patterns = shapes.map(
  ([call, shape]) =>
    [new RegExp(`^${call.replace(/\*+/g, (stars) => (stars === '**' ? '.+' : '[^/]+'))}$`), shape] as const,
);

/** `GET /containers/json`, without the version of the API. `undefined` where nothing is read of the answer. */
export function shapeOfAnswer(call: string): Shape | undefined {
  return patterns.find(([pattern]) => pattern.test(call))?.[1];
}
