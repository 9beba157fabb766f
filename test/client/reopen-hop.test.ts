import {
  createClient,
  type InteractionEvent,
  type InteractionRequest,
  outputText,
  reduceInteraction,
} from 'rx-interactions';
import { completed, created, errorEvent, statusUpdate, stepStart, stepStop, textDelta } from 'rx-interactions/testing';
import { TestScheduler } from 'rxjs/testing';

import { bodyOf, eventStream, fakeTransport } from './support/fake-transport.js';

const REQUEST = { model: 'm', input: 'Hi', store: false } as const;

const said = (text: string): readonly InteractionEvent[] => [
  stepStart(0, 'model_output'),
  textDelta(0, text),
  stepStop(0),
];
const firstHop = [
  created({ id: '' }),
  ...said('One '),
  completed({ id: '', status: 'requires_continuation', continuation_token: 't1' }),
];
const lastHop = [created({ id: '' }), ...said('two'), completed({ id: '' })];

/** What a client gets whose requests are answered with these streams, one after the other; the last one again and again. */
const run = (streams: readonly (readonly InteractionEvent[] | number)[], resend = true) => {
  const scheduler = new TestScheduler(() => undefined);
  const { transport, requests } = fakeTransport((_request, place) => {
    const answer = streams[Math.min(place, streams.length - 1)]!;
    return typeof answer === 'number'
      ? { status: answer, body: { error: { code: 'x', message: 'no' } } }
      : eventStream(...answer);
  });
  let text: string | undefined;
  let error: unknown;
  scheduler.run(() => {
    createClient({ apiKey: 'k', transport, scheduler, random: () => 0, retry: { count: 0, resend } })
      .stream(REQUEST)
      .pipe(reduceInteraction())
      .subscribe({ next: (whole) => (text = outputText(whole)), error: (reason: unknown) => (error = reason) });
  });
  const tokens = requests.map((request) => (bodyOf(request) as InteractionRequest).continuation_token);
  return { text, error, tokens, ms: scheduler.now() };
};

const cut = [created({ id: '' }), statusUpdate('in_progress')];

describe('a hop that breaks off', () => {
  it('is asked for again where nothing of it has been told', () => {
    expect(run([firstHop, cut, cut, lastHop])).toMatchObject({
      text: 'One two',
      error: undefined,
      tokens: [undefined, 't1', 't1', 't1'],
      ms: 500 + 1000,
    });
  });

  it('is asked for three times without another token', () => {
    const { error, tokens } = run([firstHop, cut]);
    expect(tokens).toEqual([undefined, 't1', 't1', 't1', 't1']);
    expect(error).toMatchObject({
      name: 'ContinuationError',
      continuationToken: 't1',
      cause: { name: 'UnsettledError' },
    });
  });

  it('is asked for at its latest checkpoint', () => {
    const told = [created({ id: '' }), ...said('One '), statusUpdate('in_progress', { continuation_token: 't2' })];
    expect(run([told, lastHop])).toMatchObject({ text: 'One two', tokens: [undefined, 't2'] });
  });

  it.each<[string, readonly (readonly InteractionEvent[] | number)[]]>([
    ['where something has been told since', [firstHop, [created({ id: '' }), stepStart(0, 'model_output')]]],
    ['after an error', [firstHop, [...cut, errorEvent()]]],
    ['where its status is final', [firstHop, [created({ id: '' }), statusUpdate('cancelled')]]],
    ['where the server refuses it', [firstHop, 500]],
  ])('is not asked for again %s', (_name, streams) => {
    const { error, tokens } = run(streams);
    expect(tokens).toEqual([undefined, 't1']);
    expect(error).toMatchObject({ name: 'ContinuationError' });
  });

  it('is not asked for again without a checkpoint', () => {
    expect(run([cut])).toMatchObject({ tokens: [undefined], error: { name: 'UnsettledError' } });
  });

  it('may have been accepted: without resend it is not asked for again', () => {
    expect(run([firstHop, cut], false)).toMatchObject({
      tokens: [undefined, 't1'],
      error: { name: 'ContinuationError' },
    });
  });
});
