import * as t from 'io-ts';
import type { InteractionRequest } from 'rx-interactions';

/** What is asked for: a recipe, as JSON that fits a schema. */
export const recipeRequest: InteractionRequest = {
  model: 'gemini-3.5-flash',
  input: 'Give me a recipe for banana bread',
  response_format: {
    type: 'text',
    mime_type: 'application/json',
    schema: {
      type: 'object',
      properties: {
        recipe_name: { type: 'string', description: 'Name of the recipe.' },
        ingredients: { type: 'array', items: { type: 'string' }, description: 'List of ingredients.' },
        prep_time_minutes: { type: 'integer', description: 'Prep time in minutes.' },
      },
      required: ['recipe_name', 'ingredients'],
    },
  },
};

/** The same, as a codec: it checks what came, and gives it a type. */
export const Recipe = t.intersection([
  t.type({ recipe_name: t.string, ingredients: t.array(t.string) }),
  t.partial({ prep_time_minutes: t.number }),
]);
