import fc from 'fast-check';
import { from } from 'rxjs';
import {
  type Annotation,
  decodeEvent,
  decodeEvents,
  decodeFrames,
  encodeEvents,
  eventsOf,
  type Interaction,
  type InteractionEvent,
  isLive,
  reduceInteraction,
  type Step,
  throwIfUnsettled,
} from 'rx-interactions';
import { completed, created, stepDelta, stepStart, stepStop, textDelta } from 'rx-interactions/testing';

import { interactionOf } from '../../src/interaction/index.js';
import * as arbitrary from '../support/arbitrary.js';
import { deepFreeze } from '../support/freeze.js';
import { valuesOf } from '../support/outcome.js';

const reduced = (events: readonly InteractionEvent[]): Interaction =>
  valuesOf(from(events).pipe(reduceInteraction()))[0]!;

/** An interaction without what was noticed on the way, which no event says again. */
const plain = ({ diagnostics: _diagnostics, ...interaction }: Interaction) => interaction;

const rebuilt = (interaction: Interaction) => plain(reduced(eventsOf(interaction)));

const withSteps = (...steps: readonly Step[]): Interaction => interactionOf({ id: 'v1_a', status: 'completed', steps });

const text = { type: 'text', text: 'a' } as const;
const citation: Annotation = { type: 'url_citation', url: 'https://example.com' };
const image = { type: 'image', data: 'AAAA' } as const;
const sound = { type: 'audio', mime_type: 'audio/l16', data: 'AAAA' } as const;

describe('eventsOf', () => {
  it('is undone by reducing, for any JSON answer', () => {
    fc.assert(
      fc.property(arbitrary.canonical.resource, (resource) => {
        const interaction = interactionOf(deepFreeze(resource));
        expect(rebuilt(interaction)).toEqual(plain(interaction));
      }),
      { numRuns: 500 },
    );
  });

  it('is undone by reducing, for anything that was ever reduced', () => {
    fc.assert(
      fc.property(fc.array(arbitrary.canonical.event, { maxLength: 25 }), (events) => {
        const interaction = reduced(events as readonly InteractionEvent[]);
        // A stream that goes back to an earlier hop is no stream of the server's; its last id says which hop is meant.
        fc.pre(interaction.id === interaction.ids.at(-1));
        expect(rebuilt(interaction)).toEqual(plain(interaction));
      }),
      { numRuns: 500 },
    );
  });

  it('is undone by reducing, for any ids', () => {
    const ids = fc.uniqueArray(fc.constantFrom('v1_1', 'v1_2', 'v1_3', 'v1_4'), { minLength: 1 });
    fc.assert(
      fc.property(arbitrary.canonical.resource, ids, (resource, all) => {
        const interaction = { ...interactionOf({ ...resource, id: all.at(-1) }), ids: all };
        expect(rebuilt(interaction)).toEqual(plain(interaction));
      }),
      { numRuns: 200 },
    );
  });

  it('is undone by reducing after a way over bytes', () => {
    fc.assert(
      fc.property(arbitrary.canonical.resource, (resource) => {
        const interaction = interactionOf({ ...resource, status: 'completed' });
        const events$ = from(eventsOf(interaction)).pipe(encodeEvents(), decodeFrames(), decodeEvents());
        expect(plain(valuesOf(events$.pipe(reduceInteraction()))[0]!)).toEqual(plain(interaction));
      }),
      { numRuns: 100 },
    );
  });

  it.each<readonly [string, readonly Step[]]>([
    ['adjacent text blocks', [{ type: 'model_output', content: [text, text] }]],
    ['empty text', [{ type: 'model_output', content: [{ type: 'text', text: '' }] }]],
    ['empty content', [{ type: 'model_output', content: [] }]],
    ['no content', [{ type: 'model_output' }]],
    ['annotations', [{ type: 'model_output', content: [{ ...text, annotations: [citation] }] }]],
    [
      'an annotation that is there twice',
      [{ type: 'model_output', content: [{ ...text, annotations: [citation, citation] }] }],
    ],
    ['no annotations', [{ type: 'model_output', content: [{ ...text, annotations: [] }] }]],
    [
      'annotations of an earlier block',
      [{ type: 'model_output', content: [{ ...text, annotations: [citation] }, image, text] }],
    ],
    ['media', [{ type: 'model_output', content: [image, image, text, sound, { type: 'video', uri: 'u' }] }]],
    ['adjacent sounds', [{ type: 'model_output', content: [sound, sound] }]],
    ['media without bytes', [{ type: 'model_output', content: [{ type: 'image' }, image] }]],
    [
      'a block of an unknown kind',
      [{ type: 'model_output', content: [text, { type: 'unknown', received: { type: 'x' } }] }],
    ],
    ['an error', [{ type: 'model_output', error: { code: 8, message: 'exhausted' } }]],
    ['what the user said', [{ type: 'user_input', content: [text, text] }]],
    ['a summary and a signature', [{ type: 'thought', summary: [text, image], signature: 's' }]],
    ['an empty summary', [{ type: 'thought', summary: [] }]],
    ['a call', [{ type: 'function_call', id: 'c', name: 'f', arguments: { a: [1, { b: null }] }, signature: 's' }]],
    ['a call without arguments', [{ type: 'function_call', id: 'c', name: 'f' }]],
    ['a result', [{ type: 'function_result', call_id: 'c', result: null, is_error: true }]],
    [
      'a server-side call',
      [{ type: 'google_search_call', id: 'q', arguments: { queries: ['x'] }, search_type: 'web_search' }],
    ],
    ['a step of an unknown kind', [{ type: 'unknown', received: { type: 'x', signature: 's' } }, { type: 'thought' }]],
  ])('is undone by reducing: %s', (_name, steps) => {
    const interaction = withSteps(...steps);
    expect(rebuilt(interaction)).toEqual(plain(interaction));
  });

  it('gives text, media, summaries and arguments as deltas', () => {
    const call: Step = { type: 'function_call', id: 'c', name: 'f', arguments: { a: 1 } };
    const interaction = withSteps(
      { type: 'thought', summary: [text], signature: 's' },
      { type: 'model_output', content: [{ ...text, annotations: [citation] }, image] },
      call,
    );
    expect(eventsOf(interaction)).toEqual([
      { event_type: 'interaction.created', interaction: { id: 'v1_a', status: 'in_progress' } },
      stepStart(0, 'thought'),
      stepDelta(0, { type: 'thought_summary', content: text }),
      stepDelta(0, { type: 'thought_signature', signature: 's' }),
      stepStop(0),
      stepStart(1, 'model_output'),
      textDelta(1, 'a'),
      stepDelta(1, { type: 'text_annotation_delta', annotations: [citation] }),
      stepDelta(1, image),
      stepStop(1),
      stepStart(2, { ...call, arguments: {} }),
      stepDelta(2, { type: 'arguments_delta', arguments: '{"a":1}' }),
      stepStop(2),
      { event_type: 'interaction.completed', interaction: { id: 'v1_a', status: 'completed' } },
    ]);
  });

  it('gives events that a server could have sent', () => {
    fc.assert(
      fc.property(arbitrary.canonical.resource, (resource) => {
        for (const event of eventsOf(interactionOf(resource))) {
          const decoded = decodeEvent(event);
          expect(decoded._tag === 'Right' && decoded.right).toBe(event);
        }
      }),
    );
  });

  it('settles where the interaction has, and does not where it has not', () => {
    fc.assert(
      fc.property(arbitrary.canonical.resource, (resource) => {
        const interaction = interactionOf(resource);
        const events = eventsOf(interaction);
        expect(events.some((event) => event.event_type === 'interaction.completed')).toBe(!isLive(interaction.status));
        if (!isLive(interaction.status)) {
          expect(valuesOf(from(events).pipe(throwIfUnsettled()))).toEqual(events);
        }
      }),
    );
  });

  it('tells the usage once', () => {
    const usage = { total_tokens: 7, total_input_tokens: 3 };
    const hops = { ...interactionOf({ id: 'v1_b', status: 'completed', usage }), ids: ['v1_a', 'v1_b'] };
    expect(reduced(eventsOf(hops)).usage).toEqual(usage);
    expect(reduced(eventsOf(interactionOf({ status: 'queued', usage }))).usage).toEqual(usage);
  });

  it('gives back a stream of one step as it was', () => {
    const events = [created(), stepStart(0, 'model_output'), textDelta(0, 'a'), stepStop(0), completed()];
    expect(eventsOf(reduced(events))).toEqual(events);
  });
});
