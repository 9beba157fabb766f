/** A recipe, by the names that its members usually go by. */
export const BANANA_BREAD: Readonly<Record<string, unknown>> = {
  recipe_name: 'Classic Banana Bread',
  name: 'Classic Banana Bread',
  title: 'Classic Banana Bread',
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
  instructions: [
    'Heat the oven to 175°C and butter a loaf pan.',
    'Stir the butter into the bananas, then the sugar, the egg and the vanilla.',
    'Mix in the baking soda and the salt, then the flour.',
    'Bake for 60 minutes, and let it cool.',
  ],
  prep_time_minutes: 15,
  cook_time_minutes: 60,
  servings: 8,
};
