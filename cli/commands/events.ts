import type { EngineEvent } from '#engine/api/engine-objects.ts';
import type { Command } from '../frame/command.ts';
import { engineTime } from '../frame/engine-time.ts';
import { goJson } from '../frame/go-json.ts';
import { recordOf } from '#compose/values/record.ts';

export const events: Command = {
  name: 'events',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'Receive real time events from containers',
  options: [
    { name: 'json', type: 'flag', description: 'Output events as a stream of json objects' },
    { name: 'since', type: 'text', description: 'Show all events created since timestamp' },
    { name: 'until', type: 'text', description: 'Stream events until this timestamp' },
  ],

  async run(context) {
    const { options, output, signal } = context;
    const services = context.arguments;
    const target = await context.target();
    const engine = await context.engine();
    const [since, until] = [engineTime(options.text('since')), engineTime(options.text('until'))];
    const stream = await engine.events(
      {
        labels: [`com.docker.compose.project=${target.name}`],
        types: ['container'],
        ...(since === undefined ? {} : { since }),
        ...(until === undefined ? {} : { until }),
      },
      signal,
    );
    for await (const event of stream) {
      const service = event.attributes['com.docker.compose.service'];
      // What belongs to no service, or ran once, is none of the project's events.
      if (service === undefined || event.attributes['com.docker.compose.oneoff'] === 'True') continue;
      if (services.length > 0 && !services.includes(service)) continue;
      output.write(`${options.flag('json') ? formatJson(event, service) : formatText(event)}\n`);
      await output.drained();
    }
    return 0;
  },
};

function formatText({ type, action, id, attributes, ...when }: EngineEvent): string {
  const shown = Object.entries(ownAttributes(attributes)).map(([key, value]) => `${key}=${value}`);
  return `${localSeconds(when)}.${fraction(when).slice(0, 6)} ${type} ${action} ${id} (${shown.sort().join(', ')})`;
}

function formatJson({ type, action, id, attributes, ...when }: EngineEvent, service: string): string {
  return goJson({
    action,
    attributes: ownAttributes(attributes),
    id,
    service,
    time: isoTime(when),
    type,
  });
}

/** Without the labels that Docker Compose puts on everything. */
function ownAttributes(attributes: EngineEvent['attributes']): Record<string, string> {
  return recordOf(Object.entries(attributes).filter(([key]) => !key.startsWith('com.docker.compose.')));
}

type Moment = Pick<EngineEvent, 'time' | 'nanoseconds'>;

function localSeconds({ time }: Moment): string {
  const date = new Date(time);
  const pad = (value: number) => String(value).padStart(2, '0');
  return (
    `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())} ` +
    `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`
  );
}

/** The nine digits after the second. */
function fraction({ time, nanoseconds }: Moment): string {
  return nanoseconds ?? `${String(Math.floor((time % 1000) * 1000)).padStart(6, '0')}000`;
}

/** RFC 3339, as Go writes it: no zeros at the end, and the zone's offset. */
function isoTime(when: Moment): string {
  const digits = fraction(when).replace(/0+$/, '');
  const text = `${localSeconds(when).replace(' ', 'T')}${digits === '' ? '' : `.${digits}`}`;
  const offset = -new Date(when.time).getTimezoneOffset();
  if (offset === 0) return `${text}Z`;
  const pad = (value: number) => String(Math.trunc(value)).padStart(2, '0');
  return `${text}${offset < 0 ? '-' : '+'}${pad(Math.abs(offset) / 60)}:${pad(Math.abs(offset) % 60)}`;
}
