/** Structured output: the format is a member of the request, the answer is the text of it. */
import { outputText } from 'rx-interactions';
import { map, tap } from 'rxjs';

import { run } from '../../support/run.js';

run((client) =>
  client
    .create({
      model: 'gemini-3-flash-preview',
      input: 'Give me a recipe for chocolate chip cookies.',
      response_format: [
        {
          type: 'text',
          mime_type: 'application/json',
          schema: {
            type: 'object',
            properties: { recipe_name: { type: 'string' }, ingredients: { type: 'array', items: { type: 'string' } } },
            required: ['recipe_name', 'ingredients'],
          },
        },
      ],
    })
    .pipe(map(outputText), tap(console.log)),
);
