import fc from 'fast-check';
import {
  catchError,
  concatMap,
  delay,
  EMPTY,
  from,
  last,
  map,
  mergeMap,
  type Observable,
  of,
  toArray,
  VirtualTimeScheduler,
} from 'rxjs';
import {
  coalesce,
  type Content,
  type Delta,
  groupByStep,
  type Interaction,
  type InteractionEvent,
  type MediaChunk,
  type MediaModality,
  type Modalities,
  reduceInteraction,
  reduceStep,
  reduceText,
  scanStep,
  scanText,
  splitModalities,
  type Step,
  type StepObservable,
  type TextPiece,
} from 'rx-interactions';
import { completed } from 'rx-interactions/testing';

import * as arbitrary from '../support/arbitrary.js';
import { valuesOf } from '../support/outcome.js';
import { streams } from '../support/streams.js';

type Events = readonly InteractionEvent[];

const holds = (some: fc.Arbitrary<Events>, property: (events: Events) => void, numRuns = 300): void => {
  fc.assert(fc.property(some, property), { numRuns });
};

const interactionOf = (events: Events): Interaction => valuesOf(from(events).pipe(reduceInteraction()))[0]!;

/** Any events in any order, but that none says what all the steps are: those were not streamed. */
const anything: fc.Arbitrary<Events> = fc
  .array(arbitrary.canonical.event as fc.Arbitrary<InteractionEvent>, { maxLength: 30 })
  .map((events) =>
    events.map((event) =>
      event.event_type === 'interaction.completed'
        ? { ...event, interaction: { ...event.interaction, steps: undefined } }
        : event,
    ),
  );

/** What is told of each place, the latest last, in the order of the places. */
const byPlace = <T>(told: readonly (readonly [number, T])[]): ReadonlyMap<number, readonly T[]> => {
  const places = new Map<number, readonly T[]>();
  for (const [place, value] of told) places.set(place, [...(places.get(place) ?? []), value]);
  return new Map([...places].sort(([a], [b]) => a - b));
};

/** The lines of values, sorted: equal where the same is told in another order. */
const inAnyOrder = (values: readonly unknown[]): readonly string[] =>
  values.map((value) => JSON.stringify(value)).sort();

const contentOf = (step: Step | undefined): readonly Content[] =>
  step?.type === 'model_output' ? (step.content ?? []) : [];
const textIn = (contents: readonly Content[]): string =>
  contents.map((content) => (content.type === 'text' ? content.text : '')).join('');

const strand = <T>(events: Events, select: (strands: Modalities) => Observable<T>): readonly T[] =>
  valuesOf(from(events).pipe(splitModalities(select)));

describe('coalesce', () => {
  const gaps = fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 40 });

  it.each([
    ['plausible streams', streams({ unstopped: true, cut: true, replays: true })],
    ['any events', fc.array(arbitrary.canonical.event as fc.Arbitrary<InteractionEvent>, { maxLength: 30 })],
  ])('changes no interaction, however its events are spread in time: %s', (_name, some) => {
    fc.assert(
      fc.property(some, gaps, fc.integer({ min: 1, max: 30 }), (events, waits, ms) => {
        const scheduler = new VirtualTimeScheduler();
        let fewer: Events = [];
        from(events)
          .pipe(
            concatMap((event, at) => of(event).pipe(delay(waits[at % waits.length] ?? 0, scheduler))),
            coalesce({ ms, maxDelay: 20, scheduler }),
            toArray(),
          )
          .subscribe((all) => (fewer = all));
        scheduler.flush();

        expect(fewer.length).toBeLessThanOrEqual(events.length);
        expect(interactionOf(fewer)).toEqual(interactionOf(events));
        const idsOf = (told: Events) => told.flatMap((event) => ('event_id' in event ? (event.event_id ?? []) : []));
        expect(idsOf(fewer).at(-1)).toBe(idsOf(events).at(-1));
        expect(valuesOf(from(fewer).pipe(reduceText()))).toEqual(valuesOf(from(events).pipe(reduceText())));
      }),
      { numRuns: 300 },
    );
  });
});

describe('groupByStep', () => {
  const steps = (events: Events, of$: (step$: StepObservable) => Observable<Step>) =>
    byPlace(
      valuesOf(
        from(events).pipe(
          groupByStep(),
          mergeMap((step$) =>
            of$(step$).pipe(
              map((step) => [step$.position, step] as const),
              catchError(() => EMPTY), // cut
            ),
          ),
        ),
      ),
    );
  const lastOf = (told: ReturnType<typeof steps>): readonly (Step | undefined)[] =>
    [...told.values()].map((values) => values.at(-1));

  it.each([
    ['whatever their steps', streams()],
    ['without stops, told again', streams({ unstopped: true, replays: true })],
  ])('and reduceStep give the steps of the interaction, in their places: %s', (_name, some) => {
    holds(some, (events) => {
      const told = steps(events, (step$) => step$.pipe(reduceStep()));
      const { steps: all } = interactionOf(events);
      expect([...told.keys()]).toEqual(all.map((_step, position) => position));
      expect(lastOf(told)).toEqual(all);
    });
  });

  it('and reduceStep give the steps of the interaction for any events, once they settle', () => {
    holds(anything, (events) => {
      const settled = [...events, completed()];
      const told = steps(settled, (step$) => step$.pipe(reduceStep()));
      const cut = interactionOf(settled)
        .diagnostics.filter(({ code }) => code === 'step_truncated')
        .map(({ position }) => position);
      interactionOf(settled).steps.forEach((step, position) => {
        if (!cut.includes(position)) expect(told.get(position)?.at(-1)).toEqual(step);
      });
    });
  });

  it('loses nothing where its groups wait for each other', () => {
    holds(streams(), (events) => {
      const inTurn = from(events).pipe(
        groupByStep(),
        concatMap((step$) => step$.pipe(reduceStep())),
      );
      expect(valuesOf(inTurn)).toEqual(interactionOf(events).steps);
    });
  });

  it.each([
    ['plausible streams', streams({ unstopped: true, replays: true })],
    ['any events', anything],
  ])('and scanStep end with what reduceStep gives: %s', (_name, some) => {
    holds(some, (events) => {
      const settled = [...events, completed({ id: 'v1_end' })];
      const finished = valuesOf(
        from(settled).pipe(
          groupByStep(),
          mergeMap((step$) =>
            step$.pipe(
              reduceStep(),
              catchError(() => EMPTY),
            ),
          ),
        ),
      );
      const shown = valuesOf(
        from(settled).pipe(
          groupByStep(),
          mergeMap((step$) => step$.pipe(scanStep(), last()).pipe(catchError(() => EMPTY))),
        ),
      );
      expect(shown).toEqual(finished);
    });
  });
});

describe('scanText and reduceText', () => {
  it.each([
    ['plausible streams', streams({ unstopped: true, cut: true, replays: true })],
    ['any events', anything],
  ])('give the text of the steps, whatever order it came in: %s', (_name, some) => {
    holds(some, (events) => {
      const whole = interactionOf(events)
        .steps.map((step) => textIn(contentOf(step)))
        .join('');
      expect(valuesOf(from(events).pipe(reduceText()))).toEqual([whole]);
      expect(valuesOf(from(events).pipe(scanText())).at(-1) ?? '').toBe(whole);
    });
  });
});

describe('the strands of partitionByModality', () => {
  const well = streams({ unstopped: true });
  const cut = streams({ unstopped: true, cut: true });

  const joined = (pieces: readonly TextPiece[]) =>
    [...byPlace(pieces.map(({ position, text }) => [position, text] as const))].map(
      ([position, texts]) => [position, texts.join('')] as const,
    );
  const places = (steps: readonly Step[], textOf: (step: Step) => string) =>
    steps.map((step, position) => [position, textOf(step)] as const).filter(([, text]) => text !== '');

  it('give the text of each step, be it cut or not', () => {
    holds(cut, (events) => {
      const pieces = strand(events, ({ text$ }) => text$);
      expect(joined(pieces)).toEqual(places(interactionOf(events).steps, (step) => textIn(contentOf(step))));
    });
  });

  it('give the summary of each thought, be it cut or not', () => {
    holds(cut, (events) => {
      const pieces = strand(events, ({ thoughts$ }) => thoughts$);
      const summaryOf = (step: Step) => (step.type === 'thought' ? textIn(step.summary ?? []) : '');
      expect(joined(pieces)).toEqual(places(interactionOf(events).steps, summaryOf));
    });
  });

  it.each<readonly [MediaModality, (strands: Modalities) => Observable<MediaChunk>]>([
    ['image', ({ images$ }) => images$],
    ['audio', ({ audio$ }) => audio$],
    ['video', ({ video$ }) => video$],
    ['document', ({ documents$ }) => documents$],
  ])('give the bytes of each %s', (modality, select) => {
    holds(well, (events) => {
      const blocks = interactionOf(events).steps.flatMap((step, position) =>
        contentOf(step).flatMap((content, block) => {
          if (content.type !== modality || (content.data === undefined && content.uri === undefined)) return [];
          const { mime_type: mimeType, data = '', uri } = content;
          return [{ position, block, mimeType, uri, bytes: Buffer.from(data, 'base64').toString('hex') }];
        }),
      );
      const told = new Map<string, Readonly<Record<string, unknown>> & { readonly bytes: string }>();
      const ended: string[] = [];
      for (const { position, block, mimeType, uri, bytes = [], first, last: isLast } of strand(events, select)) {
        const place = `${position}/${block}`;
        expect(first).toBe(!told.has(place));
        const before = told.get(place)?.bytes ?? '';
        told.set(place, { position, block, mimeType, uri, bytes: before + Buffer.from(bytes).toString('hex') });
        if (isLast) ended.push(place);
      }
      expect(inAnyOrder([...told.values()])).toEqual(inAnyOrder(blocks));
      expect(ended.sort()).toEqual([...told.keys()].sort());
    });
  });

  it('give the calls whose steps have stopped, each once', () => {
    holds(streams(), (events) => {
      const calls = interactionOf(events).steps.flatMap((step, position) => {
        if (step.type !== 'function_call') return [];
        return [{ position, id: step.id ?? `call_${position}`, name: step.name ?? '', arguments: step.arguments }];
      });
      const told = strand(events, ({ functionCalls$ }) => functionCalls$).map(({ index: _index, ...call }) => call);
      expect([...told].sort((a, b) => a.position - b.position)).toEqual(calls);
    });
  });

  it('give the steps of tools that the server runs', () => {
    holds(well, (events) => {
      const tools = interactionOf(events).steps.filter(
        ({ type }) => /_(call|result)$/.test(type) && !type.startsWith('function_'),
      );
      expect(inAnyOrder(strand(events, ({ serverTools$ }) => serverTools$))).toEqual(inAnyOrder(tools));
    });
  });

  it('give the annotations of each block, each once', () => {
    holds(well, (events) => {
      const said = interactionOf(events).steps.flatMap((step, position) =>
        contentOf(step).flatMap((content, block) =>
          content.type === 'text'
            ? (content.annotations ?? []).map((annotation) => ({ position, block, annotation }))
            : [],
        ),
      );
      const told = strand(events, ({ citations$ }) => citations$);
      expect(inAnyOrder(told.map(({ position, block, annotation }) => ({ position, block, annotation })))).toEqual(
        inAnyOrder(said),
      );
    });
  });

  it('give what this version does not know', () => {
    holds(well, (events) => {
      const isUnknown = ({ type }: { readonly type: string }) => type === 'unknown';
      const { steps } = interactionOf(events);
      const shown = steps.flatMap((step): readonly (Step | Content)[] => {
        if (isUnknown(step)) return [step];
        return step.type === 'thought' ? (step.summary ?? []).filter(isUnknown) : contentOf(step).filter(isUnknown);
      });
      // What a snapshot cannot hold: events, and deltas that no step takes.
      const passing = events.flatMap((event): readonly (InteractionEvent | Delta)[] => {
        if (event.event_type === 'unknown') return [event];
        const isLost = event.event_type === 'step.delta' && JSON.stringify(event.delta).includes('"type":"x_delta"');
        return isLost ? [event.delta] : [];
      });
      expect(inAnyOrder(strand(events, ({ unknown$ }) => unknown$))).toEqual(inAnyOrder([...shown, ...passing]));
    });
  });
});
