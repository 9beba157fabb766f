import {
  createClient,
  cursorOf,
  defineTool,
  type InteractionEvent,
  type InteractionsClient,
  isLive,
  outputText,
  runTools,
  scanInteraction,
  type TurnEvent,
} from 'rx-interactions';
import { type Emulator, reply } from 'rx-interactions/emulator';
import * as t from 'io-ts';
import { firstValueFrom, from, last, lastValueFrom, map, mergeMap, type Observable, take } from 'rxjs';

type Call = (client: InteractionsClient) => Observable<string>;

/** A call of the client that faults are to hit. */
export interface FaultedCall {
  /** After how many messages of its first answer most of what is to come is still to come. */
  readonly middle: number;
  /** All that it is to give, if it succeeds. */
  readonly whole: string;
  /** Lets there be on the server what the call is about; gives what it emits, as text. */
  readonly begin: (emulator: Emulator, baseUrl: string) => Call | Promise<Call>;
}

const REQUEST = { model: 'gemini-3-flash-preview', input: 'Say it.' };
const PIECES = ['Ünder ', 'the ', 'same ', 'sky 🌌'];
const TEXT = PIECES.join('');

/** What is put there before anything goes wrong. */
const plainClient = (baseUrl: string): InteractionsClient => createClient({ apiKey: 'k', baseUrl });

/** The output that an event brings: a piece of a text or of arguments, or what a tool said. */
const textsIn = (event: InteractionEvent | TurnEvent): readonly string[] => {
  if (event.event_type === 'tool.result') return [String(event.result.result)];
  if (event.event_type !== 'step.delta') return [];
  if (event.delta.type === 'text') return [event.delta.text];
  return event.delta.type === 'arguments_delta' ? [event.delta.arguments ?? ''] : [];
};

const texts = (events$: Observable<InteractionEvent>): Observable<string> => events$.pipe(mergeMap(textsIn));

const script = (emulator: Emulator): void => {
  emulator.script({ reply: [reply.text(...PIECES)] });
};

const weather = defineTool({
  name: 'get_weather',
  description: 'The weather.',
  parameters: t.type({ city: t.string }),
  execute: ({ city }) => `[${city}]`,
});

/** Its first four messages are not text: `created`, the status, the start of the step, and the first piece. */
export const CALLS = {
  stream: {
    middle: 5,
    whole: TEXT,
    begin: (emulator) => {
      script(emulator);
      return (client) => texts(client.stream(REQUEST));
    },
  },
  create: {
    middle: 5,
    whole: TEXT,
    begin: (emulator) => {
      script(emulator);
      return (client) => client.create(REQUEST).pipe(map((interaction) => outputText(interaction) ?? ''));
    },
  },
  resumeById: {
    middle: 5,
    whole: TEXT,
    begin: async (emulator, baseUrl) => {
      script(emulator);
      const { id = '' } = await lastValueFrom(plainClient(baseUrl).create({ ...REQUEST, background: true }));
      return (client) => texts(client.resume(id));
    },
  },
  resumeByCursor: {
    middle: 2,
    whole: PIECES.slice(2).join(''),
    begin: async (emulator, baseUrl) => {
      script(emulator);
      const run$ = plainClient(baseUrl).stream({ ...REQUEST, background: true });
      const snapshot = await lastValueFrom(run$.pipe(take(5), scanInteraction(), last()));
      const cursor = cursorOf(snapshot);
      if (!cursor) throw new Error('There is a cursor of what is stored');
      return (client) => texts(client.resume(cursor));
    },
  },
  poll: {
    middle: 5,
    whole: TEXT,
    begin: async (emulator, baseUrl) => {
      emulator.script({ reply: [reply.pause(2500), reply.text(...PIECES)] });
      const { id = '' } = await firstValueFrom(plainClient(baseUrl).create({ ...REQUEST, background: true }));
      return (client) =>
        client.poll(id).pipe(mergeMap((seen) => from(isLive(seen.status) ? [] : [outputText(seen) ?? ''])));
    },
  },
  runTools: {
    middle: 5,
    whole: `{"city":"Ünder"}[Ünder]${TEXT}`,
    begin: (emulator) => {
      const call = reply.call('get_weather', {}, { pieces: ['{"ci', 'ty":"Ü', 'nde', 'r"}'] });
      emulator.script({ reply: [call] }, { reply: [reply.text(...PIECES)] });
      return (client) => runTools(client, { ...REQUEST, tools: [weather] }).pipe(mergeMap(textsIn));
    },
  },
} satisfies Readonly<Record<string, FaultedCall>>;
