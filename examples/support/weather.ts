import * as t from 'io-ts';
import { defineTool, described } from 'rx-interactions';
import { delay, of } from 'rxjs';

const REPORTS: Readonly<Record<string, { readonly celsius: number; readonly sky: string }>> = {
  paris: { celsius: 22, sky: 'sunny' },
  boston: { celsius: 14, sky: 'windy' },
  london: { celsius: 16, sky: 'rain' },
};

/** A weather service with three cities and a moment of network. Its arguments are decoded, and typed. */
export const weather = defineTool({
  name: 'get_weather',
  description: 'The current weather in a city.',
  parameters: t.type({ location: described(t.string, 'The name of a city, e.g. Paris') }),
  execute: ({ location }) => {
    const city = location.split(',')[0]?.trim() ?? location;
    const report = REPORTS[city.toLowerCase()];
    if (report === undefined) throw new Error(`There is no weather station in ${city}`);
    return of({ city, ...report }).pipe(delay(50));
  },
});
