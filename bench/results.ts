import type { Compared } from './compare.js';
import type { Grown } from './growth.js';
import type { LoopbackFigure } from './loopback/measure.js';
import type { Taken } from './memory-of.js';
import type { Profiled } from './profile-of.js';

/** All that one run has measured. */
export interface Results {
  readonly compared: Compared[];
  readonly grown: Grown[];
  readonly taken: Taken[];
  readonly profiled: Profiled[];
  readonly loopback: LoopbackFigure[];
}
