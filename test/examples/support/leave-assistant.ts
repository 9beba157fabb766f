/**
 * What becomes of an Angular service and of its requests. A program, because Angular comes as ES modules only, which
 * a test cannot load here; examples.test.ts reads what it prints.
 */
import { Injector, type Signal } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import { createClient } from 'rx-interactions';
import { createEmulator } from 'rx-interactions/emulator';
import { filter, firstValueFrom } from 'rxjs';

import { Assistant, INTERACTIONS, provideAssistant } from '../../../examples/angular/assistant.js';
import { createHeadlessApp } from '../../../examples/angular/headless-app.js';

const emulator = createEmulator();
emulator.script(
  { when: /first/, reply: ({ text, stall }) => [text('One'), stall()] },
  { when: /second/, reply: ({ text, error }) => [text('Two'), error('invalid_request', 'No.')] },
  { when: /third/, reply: ({ text, stall }) => [text('Three'), stall()] },
);
const { url, close } = await emulator.listen();

const client = createClient({ apiKey: 'any', baseUrl: url });
const app = createHeadlessApp([{ provide: INTERACTIONS, useValue: client }, provideAssistant()]);
const assistant = app.get(Assistant);

/** Waits until a signal says that, as an effect would hear it. */
const until = <T>(signal: Signal<T>, isWanted: (value: T) => boolean): Promise<T> =>
  firstValueFrom(toObservable(signal, { injector: app.get(Injector) }).pipe(filter(isWanted)));
const outcomeOf = async (at: number) => {
  const request = emulator.requests[at];
  await request?.ended;
  return request?.aborted === true ? 'aborted' : 'complete';
};

const print = (what: string, ...values: readonly unknown[]): void => {
  console.log(`${what}: ${JSON.stringify(values)}`);
};

print('before any prompt', assistant.text(), assistant.status() ?? null, emulator.requests.length);

assistant.ask('the first');
print('first', await until(assistant.text, (text) => text !== ''), assistant.status());

assistant.ask('the second');
print('left for the second', assistant.text(), await outcomeOf(0));
const error = await until(assistant.error, (failure) => failure !== undefined);
print('second', error?.name, assistant.text(), await outcomeOf(1));

assistant.ask('the third');
print('third', await until(assistant.text, (text) => text !== ''), assistant.error() ?? null);

app.destroy();
print('destroyed', await outcomeOf(2), emulator.requests.length);

await close();
