/** A recipe for chocolate chip cookies, by the names that its members usually go by. */
export const CHOCOLATE_CHIP_COOKIES: Readonly<Record<string, unknown>> = {
  recipe_name: 'Chocolate Chip Cookies',
  name: 'Chocolate Chip Cookies',
  title: 'Chocolate Chip Cookies',
  ingredients: ['1 cup butter', '1 cup sugar', '2 cups flour', '1 cup chocolate chips'],
  instructions: [
    'Heat the oven to 180°C and line a baking sheet.',
    'Beat the butter with the sugar, then stir in the flour and the chocolate chips.',
    'Set spoonfuls of the dough on the sheet, well apart.',
    'Bake for 12 minutes, and let them cool.',
  ],
  prep_time_minutes: 20,
  cook_time_minutes: 12,
  servings: 24,
};
