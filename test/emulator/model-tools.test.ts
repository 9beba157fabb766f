import fc from 'fast-check';

import { annotate } from '../../src/emulator/model/cite-text.js';
import { evaluate } from '../../src/emulator/model/evaluate.js';
import { ENTERPRISE } from './scenarios.js';
import { callsIn, closeAll, inProcess, type Json, like, MODEL, textIn, WEATHER } from './support/api.js';

afterEach(closeAll);

const ask = async (input: unknown, tools: readonly Json[], more: Json = {}) => {
  const api = await inProcess({ pace: 0 });
  const answer = await api.create({ model: MODEL, input, tools, ...more });
  const steps = answer['steps'] as readonly Json[];
  const stepOf = (type: string) => steps.find((step) => step['type'] === type);
  return { ...api, answer, steps, stepOf, text: textIn(steps), types: steps.map(({ type }) => type) };
};

const SEARCH = { type: 'google_search' };
const CODE = { type: 'code_execution' };
const FILES = { type: 'file_search', file_search_store_names: ['fileSearchStores/a'] };
const MAPS = { type: 'google_maps' };
const PAGES = { type: 'url_context' };
const SERVER = { type: 'mcp_server', name: 'tickets', url: 'https://mcp.example.com' };
const COMPUTER = { type: 'computer_use', environment: 'browser' };

/** What each annotation of an answer is about: the bytes that it points to, as text. */
const citedIn = (steps: readonly Json[]) => {
  const blocks = steps.flatMap(({ content }) => (content ?? []) as readonly Json[]);
  return blocks.flatMap(({ text, annotations }) =>
    ((annotations ?? []) as readonly { readonly start_index: number; readonly end_index: number }[]).map(
      ({ start_index, end_index }) => Buffer.from(String(text)).subarray(start_index, end_index).toString(),
    ),
  );
};

describe('citations', () => {
  it.each<[string, string, readonly Json[], readonly string[]]>([
    ['a fact', 'Who won the euro 2024?', [SEARCH], ['Spain won Euro 2024, defeating England 2-1 in the final.']],
    [
      'a fact with letters of two to four bytes',
      'What is the highest mountain in Europe?',
      [SEARCH],
      ['Mount Elbrus – Эльбрус – in Russia is the highest mountain in Europe: 5,642 m.', ' (4,806 m).'],
    ],
    ['anything', 'Search for 中文 🙂', [SEARCH], ['the first page about it agrees with the second.']],
    ['a page', 'See https://example.com/a.', [PAGES], ['example.com – a page – can be read.']],
    ['a file', 'What does the handbook say?', [FILES], ['“Every question is answered within two working days.”']],
    ['a place', 'A café nearby?', [MAPS], ['Café Müller, where people like the cakes.']],
  ])('of %s point to what they are about', async (_what, prompt, tools, cited) => {
    expect(citedIn((await ask(prompt, tools)).steps)).toEqual(cited);
  });

  it('point to the right bytes, whatever the text', () => {
    const source = { type: 'url_citation', url: 'https://example.com/' } as const;
    const text = fc.string({ unit: 'grapheme' });

    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), (parts) => {
        const passages = parts.flatMap(([plain, cited]) => [plain, { text: [cited, '|'], sources: [source] }]);
        const annotated = annotate(passages);

        expect(citedIn([{ content: [annotated] }])).toEqual(parts.map(([, cited]) => `${cited}|`));
      }),
    );
  });

  it('of a transcript give every word its place, its time and its speaker', async () => {
    const { steps } = await ask([{ type: 'audio', data: 'UklGRg==', mime_type: 'audio/wav' }], [], {
      model: 'gemini-3.5-transcribe',
      generation_config: {
        transcription_config: { mode: { type: 'verbatim', diarization_mode: 'x', timestamp_granularities: ['word'] } },
      },
    });
    const [{ annotations = [] } = {}] = (
      steps[0] as { readonly content: readonly { readonly annotations?: readonly Json[] }[] }
    ).content;
    const words = annotations.filter(({ type }) => type === 'word_info');
    const speakers = annotations.filter(({ type }) => type === 'speech_metadata');
    const cited = citedIn(steps);

    expect(words.map(({ text }) => text)).toEqual(cited.filter((text) => !text.includes(' ')));
    expect(words.map(({ start_offset }) => start_offset).slice(1)).toEqual(
      words.map(({ end_offset }) => end_offset).slice(0, -1),
    );
    expect(speakers.map(({ speaker, style }) => [speaker, style])).toEqual([
      ['spk_1', 'cheerful'],
      ['spk_2', 'calm'],
    ]);
    expect(cited.filter((text) => text.includes(' '))).toEqual(textIn(steps).split('\n'));
  });
});

describe('the tool that is used', () => {
  const ALL = [SERVER, FILES, MAPS, PAGES, SEARCH, CODE];

  it.each([
    ['Read https://example.com/', 'url_context_call'],
    ['A restaurant near the river', 'google_maps_call'],
    ['According to the manual?', 'file_search_call'],
    ['Ask tickets about lamps', 'mcp_server_tool_call'],
    ['The latest about lamps', 'google_search_call'],
    ['What is 3 * 4?', 'code_execution_call'],
    ['Hm', 'mcp_server_tool_call'],
  ])('%s: %s', async (prompt, type) => {
    expect((await ask(prompt, ALL)).types).toContain(type);
  });

  it('is none where the model knows better, or none is of use', async () => {
    expect((await ask('Tell me a joke.', ALL)).types).toEqual(['thought', 'model_output']);
    expect((await ask('Hello', [PAGES, CODE])).types).toEqual(['thought', 'model_output']);
  });

  it('is a function of the client, if there is one for it', async () => {
    expect((await ask('The latest weather in Oslo?', [SEARCH, WEATHER])).types).toEqual(['thought', 'function_call']);
  });

  it('is a search only, where calls are not allowed', async () => {
    const { types } = await ask('The weather at the largest mountain in Europe?', [SEARCH, WEATHER], {
      generation_config: { tool_choice: 'none' },
    });
    expect(types).toEqual(['thought', 'google_search_call', 'google_search_result', 'model_output']);
  });
});

it('finds the place first, then asks for the weather there, and answers with it', async () => {
  const { create, answer, stepOf, types } = await ask(
    'Search what it the largest mountain in Europe and what the weather is there right now?',
    [SEARCH, WEATHER],
  );
  expect(types).toEqual(['google_search_call', 'google_search_result', 'thought', 'function_call']);
  expect(stepOf('google_search_call')?.['arguments']).toEqual({ queries: ['largest mountain in Europe'] });
  expect(stepOf('google_search_result')).toEqual({
    type: 'google_search_result',
    call_id: stepOf('google_search_call')?.['id'],
    is_error: false,
    signature: like.string,
  });
  expect(stepOf('function_call')?.['arguments']).toEqual({ location: 'Mount Elbrus, Russia' });

  const input = callsIn(answer['steps']).map(({ id }) => ({ type: 'function_result', call_id: id, result: 'Snow' }));
  const { steps } = await create({ model: MODEL, previous_interaction_id: answer['id'], input });
  expect(textIn(steps)).toContain('The weather in Mount Elbrus, Russia right now: Snow.');
});

describe('tools of the server', () => {
  it('show the widget, and where they look, only if they are told to', async () => {
    const { stepOf, text } = await ask('A café?', [{ ...MAPS, enable_widget: true, latitude: 1, longitude: -2.5 }]);
    const plain = await ask('A café?', [MAPS]);

    expect(stepOf('google_maps_result')).toMatchObject({ result: [{ widget_context_token: like.string }] });
    expect(text).toContain('around 1, -2.5');
    expect(JSON.stringify(plain.steps)).not.toMatch(/widget|around/);
  });

  it('call a tool of an MCP server that is allowed', async () => {
    const { stepOf } = await ask('Hm', [{ ...SERVER, allowed_tools: [{ mode: 'auto' }, { tools: ['list', 'read'] }] }]);

    expect(stepOf('mcp_server_tool_call')).toEqual({
      type: 'mcp_server_tool_call',
      id: like.string,
      name: 'list',
      server_name: 'tickets',
      arguments: { query: 'Hm' },
    });
    expect((await ask('Hm', [SERVER])).stepOf('mcp_server_tool_result')).toMatchObject({ name: 'lookup' });
  });

  it('retrieve from the store that is named', async () => {
    const { send } = await inProcess({ pace: 0 });
    const tools = [{ type: 'retrieval', retrieval_types: ['exa_ai_search'] }];
    const { steps } = (await (await send('POST', ENTERPRISE, { model: MODEL, input: 'Lamps?', tools })).json()) as {
      readonly steps: readonly Json[];
    };

    expect(steps[1]).toMatchObject({
      type: 'retrieval_call',
      retrieval_type: 'exa_ai_search',
      arguments: { queries: ['Lamps?'] },
    });
  });
});

describe('a computer', () => {
  it.each<[string, Json, string, Json]>([
    ['Go to https://example.com/x, please', {}, 'navigate', { url: 'https://example.com/x' }],
    ['Look at the screen', {}, 'open_web_browser', {}],
    ['Open https://example.com/', { excluded_predefined_functions: ['navigate', 'open_web_browser'] }, 'search', {}],
  ])('%s', async (prompt, more, name, args) => {
    const { answer, steps } = await ask(prompt, [{ ...COMPUTER, ...more }]);

    expect(answer['status']).toBe('requires_action');
    expect(callsIn(steps)).toMatchObject([{ name, arguments: args }]);
  });

  it('is left alone where everything is excluded, and looked at after a call', async () => {
    const excluded_predefined_functions = ['navigate', 'open_web_browser', 'search', 'wait_5_seconds'];
    expect((await ask('Look', [{ ...COMPUTER, excluded_predefined_functions }])).answer['status']).toBe('completed');

    const { create, answer, steps } = await ask('Look', [COMPUTER]);
    const screenshot = [{ type: 'image', data: 'iVBORw0KGgo=', mime_type: 'image/png' }];
    const input = callsIn(steps).map(({ id }) => ({ type: 'function_result', call_id: id, result: screenshot }));
    const next = await create({ model: MODEL, tools: [COMPUTER], previous_interaction_id: answer['id'], input });
    expect(next['status']).toBe('completed');
  });
});

describe('code', () => {
  const printed = async (prompt: string) => {
    const { stepOf, text } = await ask(prompt, [CODE]);
    const call = stepOf('code_execution_call') as {
      readonly arguments: { readonly code: string; readonly language: string };
    };
    return {
      ...call.arguments,
      output: stepOf('code_execution_result')?.['result'],
      result: stepOf('code_execution_result'),
      text,
    };
  };

  it('prints Fibonacci numbers, through a file if one is named', async () => {
    const { code, language, output, text } = await printed('Save the first 8 Fibonacci numbers to out.csv');

    expect(language).toBe('python');
    expect(code).toContain('open("out.csv", "w")');
    expect(output).toBe('0\n1\n1\n2\n3\n5\n8\n13\n');
    expect(text).toMatch(/first 8 Fibonacci numbers.*`out\.csv`.*0, 1, 1, 2, 3, 5, 8, 13$/s);
    expect((await printed('1 fibonacci number')).output).toBe('0\n');
    expect((await printed('The first 101 fibonacci numbers')).output).toMatch(/\n354224848179261915075\n$/);
  });

  it('prints primes', async () => {
    expect((await printed('The first 10 primes')).output).toBe('2\n3\n5\n7\n11\n13\n17\n19\n23\n29\n');
    expect(String((await printed('Give me 999999 primes')).output).split('\n')).toHaveLength(1001);
  });

  it('prints what an expression is worth', async () => {
    expect(await printed('How much is 3 × (4 + 5)^2 ÷ 2?')).toMatchObject({
      code: 'print(3 * (4 + 5)**2 / 2)\n',
      output: '121.5\n',
      text: '3 × (4 + 5)^2 ÷ 2 = **121.5**',
    });
  });

  it('says so when it fails', async () => {
    expect(await printed('How much is 1 / (2 - 2)?')).toMatchObject({
      result: { is_error: true },
      text: like.containing('division by zero'),
    });
  });

  it.each([
    ['2 + 3 * 4', '14'],
    ['(2 + 3) * 4', '20'],
    ['-2 ** 2', '-4'],
    ['2 ** 3 ** 2', '512'],
    ['2 ** -1', '0.5'],
    ['7 - 2 - 1', '4'],
    ['8 / 2', '4.0'],
    ['8 / 2 / 2', '2.0'],
    ['1.5 * 2', '3.0'],
    ['0.1 + 0.2', '0.30000000000000004'],
    ['2 ** 100', '1267650600228229401496703205376'],
    ['- - 3', '3'],
  ])('%s is %s, as Python has it', (expression, value) => {
    expect(evaluate(expression)).toBe(value);
  });

  it.each(['', '2 +', '(2', '2)', '2 3', '* 2', '2 % 3', '1 / 0', '9 ** 9 ** 9 ** 9', '2 / 0.0'])(
    '%j has no value',
    (expression) => {
      expect(() => evaluate(expression)).toThrow(/^(SyntaxError|ZeroDivisionError|OverflowError): /);
    },
  );

  it('adds and multiplies whole numbers of any size', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), fc.bigInt(), (a, b, c) => {
        expect(evaluate(`${a} + ${b} * (${c} - ${a})`)).toBe(String(a + b * (c - a)));
      }),
    );
  });
});
