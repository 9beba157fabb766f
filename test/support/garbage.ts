import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Collects what nothing refers to any more, now. Needs no flag on the command line. */
export const collectGarbage = runInNewContext('gc') as () => void; // Safe: with that flag, it is there.
