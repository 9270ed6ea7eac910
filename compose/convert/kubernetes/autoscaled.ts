import type { Service } from '../../model/project.ts';
import { allLabels } from './labels.ts';
import { labelText } from './labels.ts';
export function isAutoscaled(service: Service): boolean {
  const labels = allLabels(service);
  return (['hpa.cpu', 'hpa.memory', 'hpa.replicas.max', 'hpa.replicas.min'] as const).some(
    (label) => labelText(labels, label) !== undefined,
  );
}
