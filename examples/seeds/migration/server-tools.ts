/** Server-side tools in the stream: steps that come whole, without deltas, in the spelling of the guide. */
import { groupByStep, reduceStep } from 'rx-interactions';
import { fromWire } from 'rx-interactions/testing';
import { mergeMap, tap } from 'rxjs';

import { run } from '../../support/run.js';

const WIRE = `
data: {"type":"step.start","index":4,"step":{"type":"google_search_call","id":"gs_2","query":"Alphabet Q4 2025 earnings"}}

data: {"type":"step.stop","index":4,"status":"done"}

data: {"type":"step.start","index":5,"step":{"type":"google_search_result","call_id":"gs_2","rendered_content":"<div>Alphabet Q4 2025 Revenue: $105.6B</div>","signature":"abc123..."}}

data: {"type":"step.stop","index":5,"status":"done"}

`;

run(() =>
  fromWire(WIRE).pipe(
    groupByStep(),
    mergeMap((step$) => step$.pipe(reduceStep())),
    tap((step) => {
      console.log(JSON.stringify(step));
    }),
  ),
);
