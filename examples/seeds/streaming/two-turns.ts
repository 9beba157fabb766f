/** Streaming with function calling, REST: the two requests, one after the other. */
import {
  followUp,
  functionCallsOf,
  functionResult,
  type InteractionRequest,
  reduceInteraction,
  textDeltas,
} from 'rx-interactions';
import { switchMap, tap } from 'rxjs';

import { run } from '../../support/run.js';
import { getWeather } from '../support/get-weather.js';

const request: InteractionRequest = {
  model: 'gemini-3-flash-preview',
  input: 'What is the weather in Paris right now?',
  tools: [getWeather],
};

run((client) =>
  client.stream(request).pipe(
    reduceInteraction(),
    switchMap((settled) => {
      const results = functionCallsOf(settled).map((call) => functionResult(call, { weather: 'Sunny and 22°C' }));
      return client.stream(followUp(request, settled, results));
    }),
    textDeltas(),
    tap((text) => process.stdout.write(text)),
  ),
);
