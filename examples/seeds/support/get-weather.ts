import type { FunctionTool } from 'rx-interactions';

/** A function that the model may call, as it is told of it. */
export const getWeather: FunctionTool = {
  type: 'function',
  name: 'get_weather',
  description: 'Get the current weather in a given location',
  parameters: {
    type: 'object',
    properties: { location: { type: 'string', description: 'The city and state, e.g. San Francisco, CA' } },
    required: ['location'],
  },
};
