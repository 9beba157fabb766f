import { computed, inject, InjectionToken, type Provider } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import {
  attempt,
  coalesce,
  createClient,
  type Interaction,
  type InteractionError,
  type InteractionsClient,
  outputText,
  scanInteraction,
} from 'rx-interactions';
import { map, type Observable, startWith, Subject, switchMap } from 'rxjs';

/**
 * The client that the services of an app share. A key does not belong in a browser: by default none is sent, and requests
 * go to a relay on the app's own server, which adds one.
 */
export const INTERACTIONS = new InjectionToken<InteractionsClient>('INTERACTIONS', {
  providedIn: 'root',
  factory: () => createClient({ apiKey: null, baseUrl: '/api/gemini' }),
});

/** What is there of an answer; what had arrived stays there when it goes wrong. */
interface Answer {
  readonly interaction?: Interaction | undefined;
  readonly error?: InteractionError | undefined;
}

const NOTHING: Answer = {};

/**
 * Prompts go in, signals of the latest answer come out.
 *
 * A new prompt closes the request of the one before, and so does the end of the injector that the service lives in: the
 * root's with the app, a component's with the component.
 */
export class Assistant {
  readonly #client = inject(INTERACTIONS);
  readonly #prompts$ = new Subject<string>();
  readonly #answer = toSignal(this.#prompts$.pipe(switchMap((prompt) => this.#answerTo(prompt))), {
    initialValue: NOTHING,
  });

  /** The text so far. */
  readonly text = computed(() => {
    const { interaction } = this.#answer();
    return (interaction && outputText(interaction)) ?? '';
  });
  /** The server's: `in_progress`, `completed`, …; `undefined` before there is any. */
  readonly status = computed(() => this.#answer().interaction?.status);
  /** Why there will be no more. The next prompt begins anew. */
  readonly error = computed(() => this.#answer().error);

  ask(prompt: string): void {
    this.#prompts$.next(prompt);
  }

  #answerTo(input: string): Observable<Answer> {
    return this.#client.stream({ model: 'gemini-3-flash-preview', input }).pipe(
      coalesce(), // one snapshot per frame is enough for a view
      scanInteraction(),
      attempt(), // a signal that has heard an error throws it wherever it is read, and hears no more
      map((result): Answer =>
        result._tag === 'Right'
          ? { interaction: result.right }
          : { interaction: result.left.partial, error: result.left },
      ),
      startWith(NOTHING),
    );
  }
}

/**
 * Makes the service available: to an app among its providers, to a component among its own.
 *
 * Where Angular's compiler runs, `@Injectable({ providedIn: 'root' })` above the class says the same. It needs
 * `experimentalDecorators`, which this project does without; a factory provider with `inject()` asks for no decorator and
 * no compiler, and is right in every build.
 */
export const provideAssistant = (): Provider => ({ provide: Assistant, useFactory: () => new Assistant() });
