/**
 * The library as something that a harness can drive which knows nothing of it: by its public functions, from the build.
 *
 * The build is named by its path: this folder has a package.json of its own, so that the package's name leads nowhere here.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { from, identity, pipe, Subject, tap } from 'rxjs';

const BUILD = new URL('../dist/esm/index.js', import.meta.url);
if (!existsSync(BUILD)) throw new Error('There is no build to measure: npm run build first');

const {
  createClient,
  decodeEvent,
  decodeEvents,
  decodeFrames,
  fetchTransport,
  reduceInteraction,
  scanArguments,
  scanInteraction,
  scanJson,
} = await import(BUILD.href);

/** Sorts the pieces that deltas bring: text, summaries of thoughts, arguments, base64. */
const pieceOf = (delta) => {
  switch (delta.type) {
    case 'text':
      return ['text', delta.text];
    case 'thought_summary':
      return ['thought', delta.content?.text];
    case 'arguments_delta':
      return ['args', delta.arguments];
    default:
      return ['data', delta.data];
  }
};

/** Hands the pieces of an event to a probe. */
const probing = (probe) => (event) => {
  if (event.event_type !== 'step.delta') return;
  const [kind, piece] = pieceOf(event.delta);
  if (typeof piece === 'string') probe.delta(kind, piece);
};

/** The characters of an interaction, by what they are. */
const charsOf = ({ steps }) => {
  const lengthOf = (items, member) => items.reduce((sum, item) => sum + (item[member]?.length ?? 0), 0);
  const blocks = steps.filter(({ type }) => type === 'model_output').flatMap(({ content = [] }) => content);
  const thoughts = steps.filter(({ type }) => type === 'thought').flatMap(({ summary = [] }) => summary);
  return {
    textChars: lengthOf(blocks, 'text'),
    thoughtChars: lengthOf(thoughts, 'text'),
    dataChars: lengthOf(blocks, 'data'),
  };
};

const counting = (seen) => tap(() => (seen.events += 1));

/** Keeps the last interaction there is. */
const lastOf = (seen, operator) => {
  let interaction = { steps: [] };
  return {
    through: pipe(counting(seen), operator),
    next: (whole) => (interaction = whole),
    result: () => ({ ...charsOf(interaction), interaction }),
  };
};

/** What is done with the events, and what there is to say in the end */
const modes = {
  events: (seen) => {
    const chars = { textChars: 0, thoughtChars: 0, argsChars: 0, dataChars: 0 };
    return {
      through: identity,
      next: ({ event_type, delta }) => {
        seen.events += 1;
        if (event_type !== 'step.delta') return;
        if (delta.type === 'text') chars.textChars += delta.text.length;
        else if (delta.type === 'thought_summary') chars.thoughtChars += delta.content?.text?.length ?? 0;
        else if (delta.type === 'arguments_delta') chars.argsChars += delta.arguments?.length ?? 0;
        else chars.dataChars += delta.data?.length ?? 0;
      },
      result: () => chars,
    };
  },
  assembled: (seen) => lastOf(seen, reduceInteraction()),
  snapshots: (seen) => lastOf(seen, scanInteraction()),
  args: (seen, probe) => {
    let args;
    let text = '';
    return {
      through: pipe(counting(seen), scanArguments()),
      next: (snapshot) => {
        args = snapshot.value; // made when it is read
        text = snapshot.text;
        probe?.partial(args);
      },
      result: () => ({ textChars: 0, argsChars: text.length, args }),
    };
  },
};

/**
 * An SSE body in transport chunks, to the end, through our public operators. `probe` only when output is checked, never
 * when timed: it sees each piece of a delta, and with `args` the value after each.
 *
 * Rejects as the operators error. With `args`, `args` and `argsChars` are the last call's.
 *
 * @param {Uint8Array[]} chunks
 * @param {'events' | 'assembled' | 'snapshots' | 'args'} mode - Decoded and validated; `reduceInteraction`;
 * `scanInteraction`; `scanArguments`, its value read each time.
 * @param {{ delta(kind: 'text' | 'thought' | 'args' | 'data', piece: string): void; partial(value: unknown): void }} [probe]
 * @returns {Promise<{ events: number; textChars: number; thoughtChars?: number; argsChars?: number; dataChars?: number;
 *   interaction?: { steps: object[] }; args?: unknown }>}
 */
export async function drain(chunks, mode, probe) {
  if (!Object.hasOwn(modes, mode))
    throw new TypeError(`There is no mode ${mode}, but ${Object.keys(modes).join(', ')}`);
  const seen = { events: 0 };
  const { through, next, result } = modes[mode](seen, probe);
  const look = probe ? tap(probing(probe)) : identity;
  await new Promise((resolve, reject) => {
    from(chunks)
      .pipe(decodeFrames(), decodeEvents(), look, through)
      .subscribe({ next, error: reject, complete: resolve });
  });
  return { ...seen, ...result() };
}

/**
 * One stream over HTTP, by `createClient`: calls the sink as events arrive, and resolves when it is over.
 *
 * @param {{ baseUrl: string; fetch?: typeof fetch }} o - Everything before the version; what sends the request, instead of
 * what Node gets by default.
 * @param {{ event(): void; text(s: string): void; thought(s: string): void; args(s: string): void; data(s: string): void }} sink
 * @returns {Promise<void>}
 */
export async function stream({ baseUrl, fetch }, sink) {
  const client = createClient({ apiKey: 'any', baseUrl, ...(fetch && { transport: fetchTransport({ fetch }) }) });
  const tell = probing({ delta: (kind, piece) => sink[kind](piece) });
  await new Promise((resolve, reject) => {
    client.stream({ model: 'gemini-3-flash-preview', input: 'Count to 100.' }).subscribe({
      next: (event) => {
        sink.event();
        tell(event);
      },
      error: reject,
      complete: resolve,
    });
  });
}

/**
 * The incremental JSON reader alone: `push` gives the value so far, after the piece, and `end` the whole. Both throw where
 * the text is no JSON, `end` also where it is cut.
 *
 * @returns {{ push(piece: string): unknown; end(): unknown }}
 */
export function partial() {
  const pieces = new Subject();
  let snapshot;
  let failure;
  pieces.pipe(scanJson()).subscribe({ next: (one) => (snapshot = one), error: (error) => (failure = { error }) });
  const read = () => {
    if (failure) throw failure.error;
    return snapshot?.value;
  };
  return {
    push: (piece) => {
      pieces.next(piece);
      return read();
    },
    end: () => {
      pieces.complete();
      return read();
    },
  };
}

/**
 * Validated decoding of one parsed event: true if it is one (unknown kinds are, malformed known kinds are not).
 *
 * @param {unknown} event
 * @returns {boolean}
 */
export function decode(event) {
  return decodeEvent(event)._tag === 'Right';
}

/** Path of an ES module that imports what an app would, to bundle for a browser. */
export const bundle = fileURLToPath(new URL('bundle-entry.mjs', import.meta.url));
