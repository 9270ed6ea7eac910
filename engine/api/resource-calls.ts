import type { NetworkDetails, VolumeDetails } from './engine-objects.ts';

/** Networks and volumes. See `EnginePort` for what holds of all calls. */
export interface ResourceCalls {
  listNetworks(
    filter: { readonly labels: readonly string[] },
    signal: AbortSignal,
  ): Promise<readonly NetworkDetails[]>;
  inspectNetwork(name: string, signal: AbortSignal): Promise<NetworkDetails>;
  createNetwork(
    spec: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<{ readonly id: string }>;
  connectNetwork(
    network: string,
    container: string,
    endpoint: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<void>;
  disconnectNetwork(network: string, container: string, signal: AbortSignal): Promise<void>;
  removeNetwork(id: string, signal: AbortSignal): Promise<void>;
  listVolumes(
    filter: { readonly labels: readonly string[] },
    signal: AbortSignal,
  ): Promise<readonly VolumeDetails[]>;
  inspectVolume(name: string, signal: AbortSignal): Promise<VolumeDetails>;
  createVolume(spec: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<VolumeDetails>;
  removeVolume(name: string, signal: AbortSignal): Promise<void>;
}
