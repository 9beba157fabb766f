/** Asks for JSON that fits a schema: shows it while it is written, and has it typed and checked when it is complete. */
import { reduceJson, scanJson, textDeltas } from 'rx-interactions';
import { connect, merge, tap } from 'rxjs';

import { endLiveLine, liveLine } from './support/live-line.js';
import { Recipe, recipeRequest } from './support/recipe.js';
import { run } from './support/run.js';

run((client) =>
  client.stream(recipeRequest).pipe(
    textDeltas(),
    connect((pieces$) =>
      merge(
        pieces$.pipe(
          scanJson(),
          tap(({ value }) => {
            liveLine(JSON.stringify(value));
          }),
        ),
        pieces$.pipe(
          reduceJson(Recipe),
          tap(({ recipe_name, ingredients, prep_time_minutes }) => {
            endLiveLine();
            console.log(`${recipe_name}: ${ingredients.length} ingredients, ${prep_time_minutes ?? '?'} minutes`);
          }),
        ),
      ),
    ),
  ),
);
