import { deploy } from './descriptions/deploy.ts';
import { resources } from './descriptions/resources.ts';
import { service } from './descriptions/service.ts';

/** What the schema says about each attribute, in French: by its English text, which the schema itself has. */
export const descriptions: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...service, ...deploy, ...resources }),
);
