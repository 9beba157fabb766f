import { createClient, type InteractionsClient } from 'rx-interactions';
import { createEmulator } from 'rx-interactions/emulator';
import { defer, finalize, from, type Observable, switchMap } from 'rxjs';

/** What a program talks to. */
export type Source = 'the live API' | 'the emulator';

export const source = (): Source =>
  [process.env['GEMINI_API_KEY'], process.env['GOOGLE_API_KEY']].some((key) => key?.trim())
    ? 'the live API'
    : 'the emulator';

/**
 * Runs a program with a client: of the live API where a key is set, of an emulator on this machine otherwise, with `pace`
 * ms between two of its events. The emulator is closed when the program ends or is left.
 */
export const withClient = <T>(
  program: (client: InteractionsClient) => Observable<T>,
  { pace = 0 }: { readonly pace?: number } = {},
): Observable<T> =>
  defer(() => {
    if (source() === 'the live API') return program(createClient());
    return from(createEmulator({ pace }).listen()).pipe(
      switchMap(({ url, close }) =>
        program(createClient({ apiKey: 'any', baseUrl: url })).pipe(finalize(() => void close())),
      ),
    );
  });
