import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { createEmulator, reply } from 'rx-interactions/emulator';

import { assemble } from '../../src/emulator/assemble.js';
import { costRatio } from '../support/cost.js';
import { closeAll, eventsOf, inProcess, KEY, listen, messagesOf, MODEL, textIn } from './support/api.js';

afterEach(closeAll);

/** Collects garbage until it is gone, a few times at most: a weak reference lives as long as the turn it was read in. */
const collected = async (isGone: () => boolean): Promise<void> => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let tries = 0; tries < 20 && !isGone(); tries += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
};

const STREAMS = 500;

const countedTo = (last: number): string => Array.from({ length: last }, (_, at) => at + 1).join(', ');

it.each([
  ['at full pace', { pace: 0 }],
  ['at the pace of every other test', {}],
])(
  'five hundred streams at once are all complete and right, %s',
  async (_pace, config) => {
    const emulator = createEmulator(config);
    const { url } = await listen(emulator);
    const ask = async (last: number): Promise<string> => {
      const body = JSON.stringify({
        model: MODEL,
        input: `Count to ${String(last)}`,
        stream: true,
        store: last % 2 === 0,
      });
      const response = await fetch(`${url}/v1beta/interactions`, { method: 'POST', headers: KEY, body });
      return textIn(eventsOf(await messagesOf(response)));
    };
    const lengths = Array.from({ length: STREAMS }, (_, at) => 10 + (at % 90));

    expect(await Promise.all(lengths.map(ask))).toEqual(lengths.map(countedTo));
    await Promise.all(emulator.requests.map(({ ended }) => ended));
    expect(emulator.requests).toHaveLength(STREAMS);
    expect(
      emulator.requests.every(({ status, open, aborted, bytes }) => status === 200 && !open && !aborted && bytes > 0),
    ).toBe(true);
  },
  60_000,
);

it('a stream of ten thousand events is one answer in all its forms', async () => {
  const { emulator, create, stream, get } = await inProcess({ pace: 0 });
  const words = Array.from({ length: 10_000 }, (_, at) => `${String(at)} `);
  emulator.script({ reply: [reply.text(...words)], times: 2 });
  const events = await stream({ model: MODEL, input: 'Much' });
  const answer = await create({ model: MODEL, input: 'Much' });

  expect(events).toHaveLength(10_005);
  expect([textIn(events), textIn(answer['steps'])]).toEqual([words.join(''), words.join('')]);
  expect(eventsOf(await messagesOf(await get(answer['id'], '?stream=true')))).toHaveLength(10_005);
});

describe('an answer is put together in a time that grows as it does:', () => {
  const run = (deltas: readonly object[], type = 'model_output') => [
    { event_type: 'step.start', index: 0, step: { type } },
    ...deltas.map((delta) => ({ event_type: 'step.delta', index: 0, delta })),
    { event_type: 'step.stop', index: 0 },
  ];
  const many = (count: number, ...deltas: readonly object[]) => Array.from({ length: count }, () => deltas).flat();
  const text = { type: 'text', text: 'word ' };

  it.each<[string, (count: number) => readonly object[]]>([
    ['text', (count) => run(many(count, text))],
    ['text between images', (count) => run(many(count, text, { type: 'image', data: 'AAAA' }))],
    [
      'text and what it cites',
      (count) => run(many(count, text, { type: 'text_annotation_delta', annotations: [{ type: 'url_citation' }] })),
    ],
    ['sound', (count) => run(many(count, { type: 'audio', mime_type: 'audio/l16', data: 'AAAAAAAA' }))],
    [
      'summaries',
      (count) => run(many(count, { type: 'thought_summary', content: { type: 'text', text: 'Hm' } }), 'thought'),
    ],
    ['arguments', (count) => run(many(count, { type: 'arguments_delta', arguments: '[1,2,3]' }), 'function_call')],
  ])('%s', (_kind, events) => {
    const [short, long] = [events(10_000), events(20_000)];

    expect(
      costRatio(
        () => assemble(short),
        () => assemble(long),
      ),
    ).toBeLessThan(3);
  });
});

describe('what is not stored', () => {
  it('is not kept, and neither is a request that nobody wants to see', async () => {
    const { emulator, create, stream } = await inProcess({ pace: 0, keptRequests: 2 });
    const held: WeakRef<object>[] = [];
    emulator.script({
      times: Infinity,
      reply: (words, turn) => {
        held.push(new WeakRef(turn));
        return [words.text('Yes.')];
      },
    });
    for (let at = 0; at < 10; at += 1) {
      await create({ model: MODEL, input: 'Hi', store: false });
      await stream({ model: MODEL, input: 'Hi', store: false });
    }
    await collected(() => held.every((ref) => ref.deref() === undefined));

    expect(emulator.requests).toHaveLength(2);
    expect(held.filter((ref) => ref.deref() !== undefined)).toEqual([]);
  });
});
