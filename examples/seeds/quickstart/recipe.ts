/** 7. Structured output: one type asks for the JSON, checks it, and gives it its type. */
import * as t from 'io-ts';
import { described, reduceOutput, responseFormat } from 'rx-interactions';
import { tap } from 'rxjs';

import { run } from '../../support/run.js';

const Recipe = t.intersection([
  t.type({
    recipe_name: described(t.string, 'Name of the recipe.'),
    ingredients: described(t.array(t.string), 'List of ingredients.'),
  }),
  t.partial({ prep_time_minutes: described(t.Int, 'Prep time in minutes.') }),
]);

run((client) =>
  client
    .stream({
      model: 'gemini-3.5-flash',
      input: 'Give me a recipe for banana bread',
      response_format: responseFormat(Recipe),
    })
    .pipe(reduceOutput(Recipe), tap(console.log)),
);
