/** 6. Multimodal generation: an image, written to a file. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { reduceMedia } from 'rx-interactions';
import { switchMap, tap } from 'rxjs';

import { run } from '../../support/run.js';
import { makeFolder } from '../../support/save-media.js';

run((client) =>
  makeFolder().pipe(
    switchMap((folder) =>
      client
        .stream({ model: 'gemini-3.1-flash-image', input: 'Generate an image of a futuristic city skyline at sunset' })
        .pipe(
          reduceMedia('image'),
          switchMap(async ({ bytes = new Uint8Array() }) => {
            const file = path.join(folder, 'generated_image.png');
            await writeFile(file, bytes);
            return file;
          }),
        ),
    ),
    tap(console.log),
  ),
);
