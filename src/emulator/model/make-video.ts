import { reply } from '../reply.js';
import { type Behaviour, think } from './behaviour.js';
import { asksFor, formatFor } from './formats.js';

const NAME = 'skyline.mp4';

/** A video, where one is asked for: by reference, for a model this small makes none. */
export const makeVideo: Behaviour = (turn) => {
  if (!asksFor(turn, 'video')) return undefined;
  const folder = formatFor(turn, 'video')?.gcs_uri?.replace(/\/$/, '') ?? 'https://example.com/videos';
  return [
    think(turn, 'Planning the shots', 'One shot will do.'),
    reply.step({ type: 'model_output' }, { mime_type: 'video/mp4', uri: `${folder}/${NAME}`, type: 'video' }),
  ];
};
