import fc from 'fast-check';

import { compileReply } from '../../src/emulator/compile-reply.js';
import { createMint } from '../../src/emulator/mint.js';
import { modelReply } from '../../src/emulator/model/index.js';
import { turnOf } from '../../src/emulator/turn.js';
import type { InteractionRequest, Step } from '../../src/protocol/index.js';
import { seeded, WEATHER } from './support/api.js';

/** Words that some behaviour looks for, and anything else. */
const word = fc.oneof(
  fc.constantFrom(
    ...[
      'count',
      'to',
      '25',
      '-3',
      'gcd',
      'of',
      '1071',
      'paws',
      'how many',
      '2',
      'dogs',
      'I have',
      'no',
      'spiders',
      'in my house',
    ],
    ...[
      'story',
      'about',
      'Colosseum',
      'named',
      'Ada',
      'draw',
      'picture',
      'explain how AI works',
      'impact of',
      'on',
      'euro 2024',
    ],
    ...[
      'largest mountain in Europe',
      'weather',
      'Paris',
      'fibonacci',
      'primes',
      '3 * (4',
      ') - 1',
      '1 / 0',
      '9 ** 9',
      'x.txt',
    ],
    ...[
      'https://example.com/',
      'https://',
      'near',
      'handbook',
      'tickets',
      'search',
      'research',
      'transcribe',
      'banana bread',
      'joke',
    ],
    ...['?', '.', ',', ':', '“', '”', '\n'],
  ),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);

const tool = fc.constantFrom<NonNullable<InteractionRequest['tools']>[number]>(
  { ...WEATHER, type: 'function' },
  { type: 'function', name: 'count', parameters: { properties: { a: { type: 'integer' }, b: { pattern: '^x+$' } } } },
  { type: 'google_search' },
  { type: 'google_maps' },
  { type: 'url_context' },
  { type: 'code_execution' },
  { type: 'file_search', file_search_store_names: [] },
  { type: 'retrieval' },
  { type: 'mcp_server', name: 'tickets', url: 'https://mcp.example.com' },
  { type: 'computer_use' },
);

const format = fc.constantFrom<NonNullable<InteractionRequest['response_format']>>(
  { type: 'text' },
  { type: 'image' },
  { type: 'audio', mime_type: 'audio/mulaw' },
  { type: 'audio', mime_type: 'audio/mp3' },
  { type: 'video' },
  { type: 'text', mime_type: 'application/json' },
  [{ type: 'text', mime_type: 'application/json', schema: { items: { enum: [1, 2] } } }, { type: 'image' }],
);

const request: fc.Arbitrary<InteractionRequest> = fc.record(
  {
    model: fc.constantFrom(
      'gemini-3-flash-preview',
      'gemini-3.1-flash-image',
      'gemini-3.5-flash-tts',
      'gemini-3.5-transcribe',
    ),
    agent: fc.constantFrom('deep-research-preview-04-2026', 'antigravity-preview-05-2026', 'my-agent'),
    tools: fc.array(tool, { maxLength: 4 }),
    response_format: format,
    generation_config: fc.record(
      {
        thinking_summaries: fc.constantFrom('auto', 'none'),
        tool_choice: fc.constantFrom('auto', 'any', 'none'),
        max_output_tokens: fc.nat({ max: 50 }),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

const prompt = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));

const image: Step = { type: 'user_input', content: [{ type: 'image', data: 'not base64!', mime_type: 'image/png' }] };
const said = (text: string): Step => ({ type: 'user_input', content: [{ type: 'text', text }] });

it('the model answers anything, and the same way every time', () => {
  fc.assert(
    fc.property(request, prompt, prompt, fc.boolean(), (asked, earlier, last, hasImage) => {
      const answer = () => {
        const turn = turnOf(asked, hasImage ? [said(last), image] : [said(last)], [said(earlier)]);
        const frame = { id: 'v1_a', created: {}, queued: 0, mint: createMint(seeded(), () => 0) };
        return compileReply(modelReply(turn), frame);
      };
      const entries = answer();
      const indices = entries.flatMap((entry) =>
        entry.kind === 'event' && typeof entry.event === 'object' && 'step' in entry.event && 'index' in entry.event
          ? entry.event.index
          : [],
      );

      expect(indices).toEqual(indices.map((_, at) => at));
      expect(indices.length).toBeGreaterThan(0);
      expect(entries.at(-1)).toEqual({ kind: 'done' });
      expect(answer()).toEqual(entries);
    }),
    { numRuns: 300 },
  );
}, 30_000);
