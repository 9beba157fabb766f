/** Event types: one line for each kind of event, from the events that the section prints. */
import type { Delta, InteractionEvent } from 'rx-interactions';
import { fromWire } from 'rx-interactions/testing';
import { map, tap } from 'rxjs';

import { run } from '../../support/run.js';

const WIRE = `
data: {"interaction":{"id":"...","model":"gemini-3-flash-preview","status":"in_progress","object":"interaction"},"event_type":"interaction.created"}

data: {"interaction_id":"...","status":"in_progress","event_type":"interaction.status_update"}

data: {"index":0,"step":{"type":"model_output"},"event_type":"step.start"}

data: {"index":0,"step":{"type":"function_call","id":"un6k8t18","name":"get_weather","arguments":{}},"event_type":"step.start"}

data: {"index":0,"delta":{"type":"text","text":"Hello, my name is Phil"},"event_type":"step.delta"}

data: {"index":0,"delta":{"type":"image","mime_type":"image/jpeg","data":"/9j/4AAQSkZJRgABAQAAAQABAAD/"},"event_type":"step.delta"}

data: {"index":0,"delta":{"type":"thought_summary","content":{"type":"text","text":"I need to find the GCD..."}},"event_type":"step.delta"}

data: {"index":0,"delta":{"type":"arguments_delta","arguments":"{\\"location\\": \\"San Francisco, CA\\"}"},"event_type":"step.delta"}

data: {"index":0,"event_type":"step.stop"}

data: {"interaction":{"id":"v1_abc123","status":"completed","usage":{"total_input_tokens":7,"total_output_tokens":12,"total_tokens":19}},"event_type":"interaction.completed"}

data: {"error":{"message":"Deadline expired before operation could complete.","code":"gateway_timeout"},"event_type":"error"}

`;

const tellDelta = (delta: Delta): string => {
  switch (delta.type) {
    case 'text':
      return delta.text;
    case 'image':
      return delta.mime_type ?? '';
    case 'thought_summary':
      return delta.content?.type === 'text' ? delta.content.text : '';
    case 'arguments_delta':
      return delta.arguments ?? '';
    default:
      return '';
  }
};

const tell = (event: InteractionEvent): string => {
  switch (event.event_type) {
    case 'interaction.created':
    case 'interaction.completed':
      return `${event.event_type}: ${event.interaction.status ?? ''}`;
    case 'interaction.status_update':
      return `${event.event_type}: ${event.status}`;
    case 'step.start':
      return `${event.event_type}: ${event.step.type}`;
    case 'step.delta':
      return `${event.event_type}: ${event.delta.type}: ${tellDelta(event.delta)}`;
    case 'step.stop':
      return `${event.event_type}: ${event.index}`;
    case 'error':
      return `${event.event_type}: ${String(event.error?.code)}`;
    case 'unknown':
      return event.event_type;
  }
};

run(() => fromWire(WIRE).pipe(map(tell), tap(console.log)));
