/** Structured output: a book, from a schema of zod. */
import { reduceOutput, responseFormat } from 'rx-interactions';
import { tap } from 'rxjs';
import * as z from 'zod';

import { run } from '../../support/run.js';

const Book = z.object({
  title: z.string().describe('The title of the book'),
  author: z.string().describe("The book's author"),
  year_published: z.int(),
});

run((client) =>
  client
    .stream({
      model: 'gemini-3-flash-preview',
      input: 'Recommend one famous sci-fi book.',
      response_format: responseFormat(Book),
    })
    .pipe(reduceOutput(Book), tap(console.log)),
);
