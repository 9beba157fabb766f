// events, written short
export {
  argumentsDelta,
  completed,
  created,
  errorEvent,
  statusUpdate,
  stepDelta,
  stepStart,
  stepStop,
  textDelta,
  thoughtSignature,
  thoughtSummary,
} from './events.js';
// virtual time
export { type Alphabet, alphabet } from './alphabet.js';
export { type MarbleHelpers, marbles } from './marbles.js';
// events, as they are on the wire
export { fromWire } from './from-wire.js';
