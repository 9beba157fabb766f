/** Handles each element of a list as soon as it is complete, while the model still writes the others. */
import { elementsAt, textDeltas } from 'rx-interactions';
import { tap } from 'rxjs';

import { recipeRequest } from './support/recipe.js';
import { run } from './support/run.js';

run((client) =>
  client.stream(recipeRequest).pipe(
    textDeltas(),
    elementsAt('ingredients[*]'),
    tap((ingredient) => {
      console.log(`☐ ${String(ingredient)}`);
    }),
  ),
);
