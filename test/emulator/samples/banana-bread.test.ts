import { generateText, Output } from 'ai';
import { z } from 'zod';

import {
  closeAll,
  type Json,
  jsonOf,
  lastRequest,
  like,
  openClients,
  said,
  settled,
  SIGNATURE_ONLY,
  textIn,
} from './support.js';

afterEach(closeAll);

const MODEL = 'gemini-3.5-flash';
const PROMPT = 'Give me a recipe for banana bread';

const RECIPE_SCHEMA = {
  type: 'object' as const,
  properties: {
    recipe_name: { type: 'string' as const, description: 'Name of the recipe.' },
    ingredients: { type: 'array' as const, items: { type: 'string' as const }, description: 'List of ingredients.' },
    prep_time_minutes: { type: 'integer' as const, description: 'Prep time in minutes.' },
  },
  required: ['recipe_name', 'ingredients'],
};

const RECIPE = {
  recipe_name: 'Classic Banana Bread',
  ingredients: [
    '3 ripe bananas, mashed',
    '1/3 cup melted butter',
    '3/4 cup sugar',
    '1 egg, beaten',
    '1 teaspoon vanilla extract',
    '1 teaspoon baking soda',
    'Pinch of salt',
    '1.5 cups all-purpose flour',
  ],
  prep_time_minutes: 15,
};

const TEXT = JSON.stringify(RECIPE, undefined, 2);

describe('banana bread, as JSON of a schema', () => {
  it('with the official SDK', async () => {
    const { official: ai, log, printed, emulator } = await openClients();
    const recipeSchema = z.fromJSONSchema(RECIPE_SCHEMA);
    const interaction = await ai.interactions.create({
      model: MODEL,
      input: PROMPT,
      response_format: { type: 'text', mime_type: 'application/json', schema: RECIPE_SCHEMA },
    });
    const recipe = recipeSchema.parse(JSON.parse(interaction.output_text!));
    log(recipe);

    expect(recipe).toEqual(RECIPE);
    expect(printed()).toMatch(/^\{\n {2}recipe_name: 'Classic Banana Bread',\n {2}ingredients: \[\n/);
    expect(interaction.output_text).toBe(TEXT);
    expect(lastRequest(emulator).body).toEqual({
      model: MODEL,
      input: PROMPT,
      response_format: { type: 'text', mime_type: 'application/json', schema: RECIPE_SCHEMA },
    });
  });

  it('with Vercel’s provider', async () => {
    const { vercel, emulator } = await openClients();
    const schema = z.object({
      recipe_name: z.string().describe('Name of the recipe.'),
      ingredients: z.array(z.string()).describe('List of ingredients.'),
      prep_time_minutes: z.int().optional().describe('Prep time in minutes.'),
    });
    const result = await generateText({
      model: vercel.interactions(MODEL),
      prompt: PROMPT,
      output: Output.object({ schema }),
    });

    expect(result.output).toEqual(RECIPE);
    expect(result.finishReason).toBe('stop');
    expect(lastRequest(emulator).body).toMatchObject({
      response_format: [
        {
          type: 'text',
          mime_type: 'application/json',
          schema: { type: 'object', required: ['recipe_name', 'ingredients'], properties: like.anything },
        },
      ],
    });
  });

  it('with fetch, as curl sends it', async () => {
    const { curl } = await openClients();
    const answer = await jsonOf(
      curl(`{
        "model": "gemini-3.5-flash",
        "input": "Give me a recipe for banana bread",
        "response_format": {
          "type": "text",
          "mime_type": "application/json",
          "schema": {
            "type": "object",
            "properties": {
              "recipe_name": { "type": "string", "description": "Name of the recipe." },
              "ingredients": {
                "type": "array",
                "items": { "type": "string" },
                "description": "List of ingredients."
              },
              "prep_time_minutes": {
                "type": "integer",
                "description": "Prep time in minutes."
              }
            },
            "required": ["recipe_name", "ingredients"]
          }
        }
      }`),
    );

    expect(answer).toMatchObject({
      ...settled('completed', { model: MODEL }),
      steps: [SIGNATURE_ONLY, said(TEXT)],
    });
    expect(JSON.parse(textIn((answer['steps'] as readonly Json[]).at(-1)))).toEqual(RECIPE);
  });
});
