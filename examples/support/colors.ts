import { isatty } from 'node:tty';

import pc from 'picocolors';

/** Colours where there is a terminal that shows them, and plain text everywhere else: in a pipe, in a file, in CI. */
export const colors = pc.createColors(isatty(1) && pc.isColorSupported);
