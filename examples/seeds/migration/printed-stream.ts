/** Streaming tools and function calls, REST: the stream that the guide prints, in the spelling of the guide. */
import { fromWire } from 'rx-interactions/testing';
import { tap } from 'rxjs';

import { run } from '../../support/run.js';
import { tellInteraction } from '../support/tell-interaction.js';

const WIRE = `
data: {"type":"interaction.created","interaction":{"id":"int_xyz","status":"created"}}

data: {"type":"interaction.status_update","status":"in_progress"}

data: {"type":"step.start","index":0,"step":{"type":"thought"}}

data: {"type":"step.delta","index":0,"delta":{"type":"thought","text":"The user wants weather data for Boston. I'll call the get_weather tool."}}

data: {"type":"step.stop","index":0,"status":"done"}

data: {"type":"step.start","index":1,"step":{"type":"function_call","id":"fc_1","name":"get_weather"}}

data: {"type":"step.delta","index":1,"delta":{"type":"arguments","partial_arguments":"{\\"location\\": \\"Boston, MA\\"}"}}

data: {"type":"step.stop","index":1,"status":"waiting"}

data: {"type":"interaction.status_update","status":"requires_action"}

data: {"type":"interaction.status_update","status":"in_progress"}

data: {"type":"step.start","index":2,"step":{"type":"function_result","call_id":"fc_1","name":"get_weather","result":[{"type":"text","text":"52°F, rain"}]}}

data: {"type":"step.stop","index":2,"status":"done"}

data: {"type":"step.start","index":3,"step":{"type":"thought"}}

data: {"type":"step.delta","index":3,"delta":{"type":"thought","text":"Got weather data. Composing the final response."}}

data: {"type":"step.stop","index":3,"status":"done"}

data: {"type":"step.start","index":4,"step":{"type":"model_output"}}

data: {"type":"step.delta","index":4,"delta":{"type":"text","text":"It's currently 52°F and rainy in Boston."}}

data: {"type":"step.stop","index":4,"status":"done"}

data: {"type":"interaction.complete","interaction":{"id":"int_xyz","status":"completed","usage":{"prompt_tokens":256,"completion_tokens":128,"total_tokens":384}}}

`;

run(() => fromWire(WIRE).pipe(tellInteraction(), tap(console.log)));
