/** Streaming, REST: the stream that the guide prints, in the spelling of the guide. */
import { fromWire } from 'rx-interactions/testing';
import { tap } from 'rxjs';

import { run } from '../../support/run.js';
import { tellInteraction } from '../support/tell-interaction.js';

const WIRE = `
data: {"type":"interaction.created","interaction":{"id":"int_xyz","status":"created"}}

data: {"type":"interaction.status_update","status":"in_progress"}

data: {"type":"step.start","index":0,"step":{"type":"thought"}}

data: {"type":"step.delta","index":0,"delta":{"type":"thought","text":"User wants an explanation."}}

data: {"type":"step.stop","index":0,"status":"done"}

data: {"type":"step.start","index":1,"step":{"type":"model_output"}}

data: {"type":"step.delta","index":1,"delta":{"type":"text","text":"Hello"}}

data: {"type":"step.stop","index":1,"status":"done"}

data: {"type":"interaction.complete","interaction":{"id":"int_xyz","status":"completed","usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}}

`;

run(() => fromWire(WIRE).pipe(tellInteraction(), tap(console.log)));
