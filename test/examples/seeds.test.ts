import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import type { Interaction } from 'rx-interactions';

import { isSame, isSameAnswer } from './support/is-same-answer.js';
import { isPrinted, printedDocuments, promptOf } from './support/printed-requests.js';
import { readAnswer } from './support/read-answer.js';
import { runTwin, type TwinOutcome, twins } from './support/run-twin.js';

jest.mock('../../examples/support/run.js', () => jest.requireActual<object>('./support/run-twin.js'));

const tested: string[] = [];

/** A test of what a twin printed, and of what it asked for. */
const twin = (name: string, check: (outcome: TwinOutcome) => void): void => {
  tested.push(name);
  it(name, async () => {
    check(await runTwin(name));
  });
};

/** The names of the events of a stream as it is on the wire; those that are repeated are said once. */
const eventNames = (wire: string): readonly string[] =>
  [...wire.matchAll(/^event: (\S+)$/gm)].map(([, name = '']) => name).filter((name, at, all) => name !== all[at - 1]);

const TEMPERATURE = `Called get_current_temperature({"location":"London"}) → { location: 'London', temperature: '22', unit: 'celsius' }
The temperature in London is currently 22°C.
`;

const DOGS = /^Response 1: .*\bdogs\b.*\nResponse 2: There are 8 paws in your house\. 2 dogs × 4 paws = 8 paws\.\n$/;

describe('the streaming guide', () => {
  twin('streaming/count', ({ printed }) => {
    expect(printed).toBe(Array.from({ length: 25 }, (_, at) => at + 1).join(', '));
  });

  twin('streaming/raw', ({ printed }) => {
    const thought = ['step.start', 'step.delta', 'step.stop'];
    const text = thought;
    expect(eventNames(printed)).toEqual([
      'interaction.created',
      'interaction.status_update',
      ...thought,
      ...text,
      'interaction.completed',
      'done',
    ]);
    expect(printed).toContain('data: {"index":0,"step":{"type":"thought"},"event_type":"step.start"}\n');
    expect(printed).toMatch(/event: done\ndata: \[DONE\]\n\n$/);
  });

  twin('streaming/event-types', ({ printed }) => {
    expect(printed).toBe(`interaction.created: in_progress
interaction.status_update: in_progress
step.start: model_output
step.start: function_call
step.delta: text: Hello, my name is Phil
step.delta: image: image/jpeg
step.delta: thought_summary: I need to find the GCD...
step.delta: arguments_delta: {"location": "San Francisco, CA"}
step.stop: 0
interaction.completed: completed
error: gateway_timeout
`);
  });

  for (const name of ['streaming/function-calling', 'streaming/two-turns']) {
    twin(name, ({ printed, bodies }) => {
      expect(printed).toContain('Sunny and 22°C');
      expect(bodies[1]).toMatchObject({
        previous_interaction_id: expect.stringMatching(/^v1_/),
        input: [{ type: 'function_result', name: 'get_weather', result: { weather: 'Sunny and 22°C' } }],
      });
    });
  }

  twin('streaming/several-tools', ({ printed }) => {
    const ids = [...printed.matchAll(/(?:Search ID|Result for): (\w+)\n/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(1);
    expect(printed.replaceAll(ids[0]!, 'mkutnkgn').replaceAll('  Args chunk: ', '')).toBe(`
--- Step 0: google_search_call ---
  Search ID: mkutnkgn
  Queries: ["largest mountain in Europe"]

--- Step 1: google_search_result ---
  Result for: mkutnkgn

--- Step 2: thought ---

--- Step 3: function_call ---
  Function: get_weather({})
{"location":"Mount Elbrus, Russia"}

Status: requires_action
Action required: provide function call results to continue.
`);
  });

  twin('streaming/thinking', ({ printed }) => {
    expect(printed).toContain(`
--- Step: thought ---
**Implementing Euclidean Algorithm**

I've just worked through a detailed example applying the Euclidean algorithm to find the GCD of 1071 and 462, confirming its step-by-step nature. The calculations went smoothly, tracking the remainders until zero. My focus is now solidifying the implementation logic, ensuring accuracy and considering potential edge cases. I'll translate this example into code.



--- Step: model_output ---
The greatest common divisor of 1071 and 462 is **21**.
`);
  });

  twin('streaming/deep-research', ({ printed }) => {
    expect(printed).toContain(`
--- Step: thought ---
***Generating research plan***

To best answer your request, I'm starting by constructing a comprehensive research plan. This will outline the key areas I need to investigate and the strategy I'll use to connect them.
`);
    expect(printed).toContain(`
--- Step: model_output ---
# The Quantum Inflection Point: Exhaustive Analysis of Hardware, Algorithms, and Market Dynamics in 2026

## Executive Summary
`);
    expect(printed).toMatch(/\n\nTotal Tokens: [1-9]\d*\n$/);
  });

  twin('streaming/illustrated-story', ({ printed }) => {
    expect(printed).toMatch(
      /^Here is a short illustrated story about the Colosseum.*### Part 1: The New Flavian Amphitheater\n.*\n\[Image chunk: [1-9]\d* bytes\]\n### Part 2: The Hypogeum and the Wait\n.*\n\[Image chunk: [1-9]\d* bytes\]\n### Part 3: The Moment of Spectacle\n/s,
    );
  });

  twin('streaming/unknown-events', ({ printed }) => {
    expect(printed).toBe(`Hello, my name is Phil
[not known yet: {"mood":"cheerful","event_type":"interaction.mood_update"}]
, and I live in Germany.`);
  });
});

describe('the quickstart', () => {
  twin('quickstart/first-call', ({ printed }) => {
    expect(printed).toBe(
      'AI learns patterns from data, then uses those patterns to make predictions or decisions on new data.\n',
    );
  });

  twin('quickstart/whole-answer', ({ printed }) => {
    expect(JSON.parse(printed)).toMatchObject({
      id: expect.stringMatching(/^v1_/),
      status: 'completed',
      usage: { total_tokens: expect.any(Number) },
      created: expect.any(String),
      steps: [
        { type: 'thought', signature: expect.any(String) },
        {
          type: 'model_output',
          content: [
            {
              type: 'text',
              text: 'AI learns patterns from data, then uses those patterns to make predictions or decisions on new data.',
            },
          ],
        },
      ],
      object: 'interaction',
      model: 'gemini-3.5-flash',
    });
  });

  twin('quickstart/every-event', ({ printed }) => {
    expect(printed).toContain("{ index: 0, step: { type: 'thought' }, event_type: 'step.start' }\n");
    expect(printed).toContain("delta: { text: 'AI works by', type: 'text' }");
    expect(printed).toMatch(/event_type: 'interaction\.completed'\n\}\n$/);
  });

  twin('quickstart/stateful', ({ printed, bodies }) => {
    expect(printed).toMatch(DOGS);
    expect(bodies.map((body) => 'previous_interaction_id' in body)).toEqual([false, true]);
  });

  twin('quickstart/stateless', ({ printed, bodies }) => {
    expect(printed).toMatch(DOGS);
    const [, second] = bodies;
    expect((second!['input'] as readonly { type: string }[]).map(({ type }) => type)).toEqual([
      'user_input',
      'thought',
      'model_output',
      'user_input',
    ]);
  });

  twin('quickstart/image-and-audio', ({ printed }) => {
    expect(printed).toMatch(/^The local image displays a pipe organ while the remote audio file is a sample MP3 clip/);
  });

  twin('quickstart/image', ({ printed }) => {
    const file = printed.trim();
    expect(path.basename(file)).toBe('generated_image.png');
    expect(readFileSync(file).subarray(1, 4).toString()).toBe('PNG');
    rmSync(path.dirname(file), { recursive: true });
  });

  twin('quickstart/recipe', ({ printed }) => {
    expect(printed).toBe(`{
  recipe_name: 'Classic Banana Bread',
  ingredients: [
    '3 ripe bananas, mashed',
    '1/3 cup melted butter',
    '3/4 cup sugar',
    '1 egg, beaten',
    '1 teaspoon vanilla extract',
    '1 teaspoon baking soda',
    'Pinch of salt',
    '1.5 cups all-purpose flour'
  ],
  prep_time_minutes: 15
}
`);
  });

  twin('quickstart/search', ({ printed }) => {
    expect(printed).toBe(
      'Spain won Euro 2024, defeating England 2-1 in the final.\n\nCitations:\n  [uefa.com](https://www.uefa.com/euro2024)\n',
    );
  });

  twin('quickstart/function-calling', ({ printed, bodies }) => {
    expect(printed).toBe(TEMPERATURE);
    const [, second] = bodies;
    expect(second).toMatchObject({ previous_interaction_id: expect.stringMatching(/^v1_/) });
  });

  twin('quickstart/function-calling-stateless', ({ printed, bodies }) => {
    expect(printed).toBe(TEMPERATURE);
    const [, second] = bodies;
    expect(second).not.toHaveProperty('previous_interaction_id');
    expect((second!['input'] as readonly { type: string }[]).map(({ type }) => type)).toEqual([
      'user_input',
      'thought',
      'function_call',
      'function_result',
    ]);
  });

  twin('quickstart/two-requests', ({ printed, bodies }) => {
    expect(printed).toMatch(
      /^(?:Function: get_current_temperature, Call ID: \w+\nThe temperature in London is currently 22°C\.\n){2}$/,
    );
    const [, stateful, , stateless] = bodies;
    expect(stateful).toMatchObject({
      previous_interaction_id: expect.stringMatching(/^v1_/),
      input: [{ type: 'function_result', name: 'get_current_temperature' }],
    });
    expect(stateless).toMatchObject({
      store: false,
      input: [{ type: 'user_input' }, { type: 'thought' }, { type: 'function_call' }, { type: 'function_result' }],
    });
  });

  twin('quickstart/managed-agent', ({ printed }) => {
    expect(printed).toMatch(
      /^Environment: [\da-f-]{36}\n.*fibonacci\.txt.*\n0, 1, 1, 2, 3, 5, .* 1597, 2584, 4181\n$/s,
    );
  });

  twin('quickstart/background', ({ printed }) => {
    expect(printed).toMatch(
      /^Started background task: v1_[\w-]+\nStatus: in_progress\n(?:Status: in_progress\n)*Status: completed\n\nResult:\nArtificial intelligence has transformed modern healthcare in several/,
    );
  });
});

describe('the migration guide', () => {
  twin('migration/joke', ({ printed }) => {
    expect(printed).toBe('Why did the chicken cross the road?\n');
  });

  twin('migration/name', ({ printed, bodies }) => {
    expect(printed).toBe('Hello Phil! How can I help you today?\nYour name is Phil.\n');
    const [, second] = bodies;
    expect(second).toMatchObject({ previous_interaction_id: expect.stringMatching(/^v1_/) });
  });

  twin('migration/describe-image', ({ printed }) => {
    expect(printed).toBe('This is a picture of a beautiful sunset over the mountains.\n');
  });

  twin('migration/cookies', ({ printed }) => {
    expect(JSON.parse(printed)).toEqual({
      recipe_name: 'Chocolate Chip Cookies',
      ingredients: ['1 cup butter', '1 cup sugar', '2 cups flour', '1 cup chocolate chips'],
    });
  });

  twin('migration/image', ({ printed }) => {
    expect(printed).toMatch(/^Here is your generated image:\n\[image\/jpeg, [1-9]\d* letters of base64\]\n$/);
  });

  twin('migration/search', ({ printed }) => {
    expect(printed).toMatch(
      /^Search Suggestions: <.*>\nAnswer: Spain won Euro 2024, defeating England 2-1\.\nCitation: aljazeera\.com \(https:\/\/vertexaisearch\.\S+\)\n$/,
    );
  });

  twin('migration/weather', ({ printed }) => {
    expect(printed).toBe(`Executing get_weather for {"location":"Boston, MA"}
It's 52°F with rain in Boston.
`);
  });

  twin('migration/story', ({ printed }) => {
    expect(printed).toMatch(/^Here is a story about .*### Part 1: .*### Part 3: .*\S\n\n--- Stream Finished ---\n$/s);
  });

  twin('migration/story-stream', ({ printed }) => {
    expect(printed).toBe(`thought: {"summary":[{"type":"text","text":"User wants an explanation."}]}
model_output: {"content":[{"type":"text","text":"Hello"}]}
completed: {"total_tokens":15,"total_input_tokens":10,"total_output_tokens":5}
`);
  });

  twin('migration/streamed-call', ({ printed }) => {
    expect(printed.replaceAll('\n  args: ', '')).toBe(
      'Calling: get_weather{"location":"Boston, MA"}\n\n--- Done ---\n',
    );
    expect(printed).toMatch(/^Calling: get_weather\n {2}args: \{"loc/);
  });

  twin('migration/printed-stream', ({ printed }) => {
    expect(printed)
      .toBe(`thought: {"summary":[{"type":"text","text":"The user wants weather data for Boston. I'll call the get_weather tool."}]}
function_call: {"id":"fc_1","name":"get_weather","arguments":{"location":"Boston, MA"}}
function_result: {"call_id":"fc_1","name":"get_weather","result":[{"type":"text","text":"52°F, rain"}]}
thought: {"summary":[{"type":"text","text":"Got weather data. Composing the final response."}]}
model_output: {"content":[{"type":"text","text":"It's currently 52°F and rainy in Boston."}]}
completed: {"total_tokens":384,"total_input_tokens":256,"total_output_tokens":128}
`);
  });

  twin('migration/server-tools', ({ printed }) => {
    expect(
      printed
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { type: 'google_search_call', id: 'gs_2', arguments: { queries: ['Alphabet Q4 2025 earnings'] } },
      {
        type: 'google_search_result',
        call_id: 'gs_2',
        signature: 'abc123...',
        result: [{ rendered_content: '<div>Alphabet Q4 2025 Revenue: $105.6B</div>' }],
      },
    ]);
  });
});

const SERVERLESS =
  'Serverless computing is a cloud execution model where the cloud provider dynamically manages the allocation and ' +
  'provisioning of servers, charging customers based on actual usage rather than pre-purchased capacity.';

describe('the enterprise skill', () => {
  for (const name of ['enterprise/client', 'enterprise/client-from-environment']) {
    twin(name, ({ printed }) => {
      expect(printed).toBe(`POST /v1beta1/projects/your-project-id/locations/global/interactions\n${SERVERLESS}\n`);
    });
  }

  twin('enterprise/single-turn', ({ printed }) => {
    expect(printed).toBe(`${SERVERLESS}\n`);
  });

  twin('enterprise/stateful', ({ printed, bodies }) => {
    expect(printed).toBe('Turn 1: Hello John! How can I help you today?\nTurn 2: Your name is John.\n');
    expect(bodies).toMatchObject([{ store: true }, { previous_interaction_id: expect.stringMatching(/^v1_/) }]);
  });

  twin('enterprise/poem', ({ printed }) => {
    expect(printed).toMatch(/^I read the code from end to end,\n(?:.*\n){8}$/);
  });

  twin('enterprise/book', ({ printed }) => {
    expect(printed).toBe("{ title: 'Dune', author: 'Frank Herbert', year_published: 1965 }\n");
  });

  twin('enterprise/stock-price', ({ printed }) => {
    expect(printed).toBe('The stock price of GOOG is $175.50.\n');
  });

  twin('enterprise/agent', ({ printed, bodies }) => {
    const [first, ...more] = printed.trim().split('\n');
    expect(first).toBe(SERVERLESS);
    expect(more.join('\n')).toMatch(/functions or containers/);
    expect(bodies).toMatchObject([
      { agent: 'your-agent-id' },
      { agent: 'your-agent-id', previous_interaction_id: expect.stringMatching(/^v1_/) },
    ]);
  });

  twin('enterprise/agent-stream', ({ printed }) => {
    expect(eventNames(printed).slice(-2)).toEqual(['interaction.completed', 'done']);
    expect(printed).toContain('Here is a story about space travel.');
  });
});

/** How many answers and streams each document prints, so that none is overlooked. */
const PRINTED: Readonly<Record<string, number>> = { streaming: 6, quickstart: 11, migration: 10, enterprise: 1 };

/** What all twins of a document came to, one after the other. */
const outcomesIn = async (folder: string): Promise<readonly TwinOutcome[]> => {
  const outcomes: TwinOutcome[] = [];
  for (const name of twins.filter((each) => each.startsWith(`${folder}/`))) outcomes.push(await runTwin(name));
  return outcomes;
};

/** The answers that the twins of a document were given. */
const answersTo = async (folder: string): Promise<readonly Interaction[]> =>
  Promise.all((await outcomesIn(folder)).flatMap(({ answers }) => answers.map(readAnswer)));

/** The events that are written in the twins of a document: those that a document only prints. */
const eventsWrittenIn = (folder: string): readonly unknown[] =>
  twins
    .filter((each) => each.startsWith(`${folder}/`))
    .map((name) => readFileSync(path.resolve(__dirname, `../../examples/seeds/${name}.ts`), 'utf8'))
    .flatMap((program) => [...program.matchAll(/^data: (\{.*\})$/gm)])
    .map(([, data = '']) => JSON.parse(data.replaceAll('\\\\', '\\')) as unknown);

describe('the documents', () => {
  if (printedDocuments.length === 0) {
    console.warn('The documents are not beside this checkout; that every sample has a twin is not checked.');
    it.skip('are not beside this checkout', () => undefined);
    return;
  }

  it.each(printedDocuments)('ask for what the twins ask for: $folder', async ({ folder, bodies, prompts }) => {
    const sent = (await outcomesIn(folder)).flatMap((outcome) => outcome.bodies);
    expect(bodies.length).toBeGreaterThan(0);
    expect(bodies.filter((printed) => !sent.some((body) => isPrinted(printed, body)))).toEqual([]);
    expect(prompts.length).toBeGreaterThan(0);
    expect(prompts.filter((prompt) => !sent.some(({ input }) => promptOf(input) === prompt))).toEqual([]);
  });

  it.each(printedDocuments)('print what the twins are answered: $folder', async ({ folder, answers, streams }) => {
    const told = await answersTo(folder);
    const written = eventsWrittenIn(folder);
    const isWritten = (stream: readonly string[]): boolean =>
      stream.every((data) => written.some((event) => isSame(JSON.parse(data), event)));
    const isTold = async (body: string, isWhole: boolean): Promise<boolean> => {
      const printed = await readAnswer(body);
      return told.some((answer) => isSameAnswer(printed, answer, isWhole));
    };
    const missing: unknown[] = [];
    for (const json of answers) if (!(await isTold(json, true))) missing.push(JSON.parse(json));
    for (const stream of streams) {
      const wire = stream.map((data) => `data: ${data}\n\n`).join('');
      if (!isWritten(stream) && !(await isTold(wire, false))) missing.push(stream);
    }
    expect(missing).toEqual([]);
    expect(answers.length + streams.length).toBe(PRINTED[folder]);
  });
});

it('tests every twin', () => {
  expect(tested.sort()).toEqual(twins);
});

it('lists every twin, and no others', () => {
  const list = readFileSync(path.resolve(__dirname, '../../examples/seeds/README.md'), 'utf8');
  const linked = [...list.matchAll(/\]\(([\w/-]+)\.ts\)/g)].map(([, name = '']) => name);
  expect([...new Set(linked)].sort()).toEqual(twins);
});
