/** Saves the images of an answer, each as soon as it is there. */
import { reduceMedia } from 'rx-interactions';
import { concatMap, map, switchMap, tap } from 'rxjs';

import { run } from './support/run.js';
import { makeFolder, saveMedia } from './support/save-media.js';

run((client) =>
  makeFolder().pipe(
    switchMap((folder) =>
      client
        .stream({
          model: 'gemini-3.1-flash-image',
          input: 'Generate an image of a futuristic city skyline at sunset',
        })
        .pipe(
          reduceMedia('image'),
          concatMap((image) =>
            saveMedia(folder, image).pipe(
              map((file) => `${file}  ${image.mimeType ?? 'unknown type'}  ${image.bytes?.byteLength ?? '?'} bytes`),
            ),
          ),
          tap((line) => {
            console.log(line);
          }),
        ),
    ),
  ),
);
