/** An Angular service with signals of a live answer, and something like a component that shows it. */
import { effect, Injector, untracked } from '@angular/core';
import { Observable } from 'rxjs';

import { Assistant, INTERACTIONS, provideAssistant } from './angular/assistant.js';
import { createHeadlessApp } from './angular/headless-app.js';
import { run } from './support/run.js';

run(
  (client) =>
    new Observable((subscriber) => {
      const app = createHeadlessApp([{ provide: INTERACTIONS, useValue: client }, provideAssistant()]);
      subscriber.add(() => {
        app.destroy(); // which closes the request
      });
      const assistant = app.get(Assistant);
      const ask = (prompt: string): void => {
        console.log(`> ${prompt}`);
        assistant.ask(prompt);
      };

      // What a component would be: a view of the signals, and a user who changes their mind.
      let asked = 1;
      const render = (): void => {
        const [text, status, error] = [assistant.text(), assistant.status(), assistant.error()];
        if (text !== '') console.log(`${status ?? ''}: ${text.replaceAll('\n', ' ')}`);
        untracked(() => {
          if (error) {
            subscriber.error(error);
          } else if (asked === 1 && text.includes('7')) {
            asked += 1;
            ask('Tell me a joke.');
          } else if (asked === 2 && status === 'completed') {
            subscriber.complete();
          }
        });
      };
      effect(render, { injector: app.get(Injector) });
      ask('Count from 1 to 25.');
    }),
  { pace: 20 }, // or the emulator has said everything before the first frame
);
