/* eslint-disable @typescript-eslint/no-deprecated -- what undici's own request() still speaks to a dispatcher */
import { InteractionError, type TransportResponse } from 'rx-interactions';
import { undiciTransport } from 'rx-interactions/node';
import { firstValueFrom, type Observable, switchMap, tap } from 'rxjs';
import { Dispatcher, MockAgent } from 'undici';

import { errorOf } from './support/observe.js';

/** A dispatcher that takes one request and answers as the test says. */
class TestDispatcher extends Dispatcher {
  options: Dispatcher.DispatchOptions | undefined;
  handler: Dispatcher.DispatchHandler | undefined;
  aborted = false;

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    this.options = options;
    this.handler = handler;
    handler.onConnect?.(() => {
      this.aborted = true;
    });
    return true;
  }

  /** The head of an answer arrives. */
  begin(): void {
    this.handler?.onHeaders?.(
      200,
      [Buffer.from('content-type'), Buffer.from('text/event-stream')],
      () => undefined,
      '',
    );
  }
}

/** Until Node streams have told everybody of what happened to them. */
const ticks = async (): Promise<void> => {
  for (let count = 0; count < 3; count += 1) await new Promise(setImmediate);
};

const request = { method: 'GET', url: 'http://127.0.0.1:1/', headers: {} } as const;

describe('undiciTransport', () => {
  it('sends through the dispatcher it is given', async () => {
    const dispatcher = new MockAgent();
    dispatcher.disableNetConnect();
    dispatcher.get('https://api.invalid').intercept({ path: '/v1beta/interactions/v1_a' }).reply(200, 'mocked');
    const answer$ = undiciTransport({ dispatcher })({
      method: 'GET',
      url: 'https://api.invalid/v1beta/interactions/v1_a',
      headers: {},
    }).pipe(switchMap(({ body }) => body));
    expect(Buffer.from(await firstValueFrom(answer$)).toString()).toBe('mocked');
  });

  it('sets no time limit, neither for the head nor between two pieces', () => {
    const dispatcher = new TestDispatcher();
    undiciTransport({ dispatcher })(request).subscribe().unsubscribe();
    expect(dispatcher.options).toMatchObject({ headersTimeout: 0, bodyTimeout: 0 });
  });

  it('has aborted before unsubscribe() returns, while it waits for the head', () => {
    const dispatcher = new TestDispatcher();
    const subscription = undiciTransport({ dispatcher })(request).subscribe();
    expect(dispatcher.aborted).toBe(false);
    subscription.unsubscribe();
    expect(dispatcher.aborted).toBe(true);
  });

  it.each<[string, (answer$: Observable<TransportResponse>, errors: unknown[]) => Observable<unknown>]>([
    ['the body', (answer$) => answer$.pipe(switchMap(({ body }) => body))],
    [
      'the answer, and not the body,',
      (answer$, errors) =>
        answer$.pipe(tap(({ body }) => body.subscribe({ error: (error: unknown) => errors.push(error) }))),
    ],
  ])('has aborted in the middle of the body when %s is left', async (what, read) => {
    const dispatcher = new TestDispatcher();
    const errors: unknown[] = [];
    let begun: () => void = () => undefined;
    const begins = new Promise<void>((resolve) => (begun = resolve));
    const answer$ = undiciTransport({ dispatcher })(request).pipe(tap(() => setImmediate(begun)));
    const subscription = read(answer$, errors).subscribe();
    dispatcher.begin();
    await begins;
    expect(dispatcher.aborted).toBe(false);
    subscription.unsubscribe();
    expect(dispatcher.aborted).toBe(true);
    await ticks();
    // who still reads the body is told that there is no more of it
    expect(errors).toEqual(
      what === 'the body' ? [] : [expect.objectContaining({ name: 'TransportError', code: 'connection_lost' })],
    );
  });

  it('tells a reader who comes late that the connection has broken', async () => {
    const dispatcher = new TestDispatcher();
    const head = new Promise<TransportResponse>((resolve) => {
      undiciTransport({ dispatcher })(request).subscribe(resolve);
    });
    dispatcher.begin();
    const { body } = await head;
    dispatcher.handler?.onError?.(new Error('other side closed'));
    await ticks();
    expect(await errorOf(body)).toMatchObject({ name: 'TransportError', code: 'connection_lost' });
  });

  it('says what happened where several addresses were tried', async () => {
    const dispatcher = new TestDispatcher();
    const failed = errorOf(undiciTransport({ dispatcher })(request));
    // what Node gives for `localhost` where nobody listens: the message is empty
    const refused = [new Error('connect ECONNREFUSED ::1:1'), new Error('connect ECONNREFUSED 127.0.0.1:1')];
    dispatcher.handler?.onError?.(Object.assign(new AggregateError(refused), { code: 'ECONNREFUSED' }));
    const error = await failed;
    expect(InteractionError.is(error) && error.message).toContain('ECONNREFUSED');
  });
});
