import * as t from 'io-ts';
import { defineTool, described } from 'rx-interactions';

/** What the temperature is, wherever one asks. */
export const temperature = defineTool({
  name: 'get_current_temperature',
  description: 'Gets the current temperature for a given location.',
  parameters: t.type({ location: described(t.string, 'The city name, e.g. San Francisco') }),
  execute: ({ location }) => ({ location, temperature: '22', unit: 'celsius' }),
});
