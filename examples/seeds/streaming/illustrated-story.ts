/** Streaming image generation: text and images, as they come. */
import { splitModalities } from 'rx-interactions';
import { map, merge, tap } from 'rxjs';

import { run } from '../../support/run.js';

run((client) =>
  client
    .stream({
      model: 'gemini-3.1-flash-image-preview',
      tools: [{ type: 'google_search', search_types: ['web_search', 'image_search'] }],
      input:
        'Search for the history of the Colosseum and write a short illustrated story about a gladiator named Marcus. ' +
        'Interleave text and generated images.',
      generation_config: { thinking_summaries: 'auto' },
      response_format: [{ type: 'text' }, { type: 'image' }],
    })
    .pipe(
      splitModalities(({ text$, images$ }) =>
        merge(
          text$.pipe(map(({ text }) => text)),
          images$.pipe(map(({ bytes }) => `\n[Image chunk: ${bytes?.byteLength ?? 0} bytes]\n`)),
        ),
      ),
      tap((text) => process.stdout.write(text)),
    ),
);
