/** Which part of a number has been read last: its sign, the zero it begins with, its integer digits, … */
export type NumberPhase =
  'start' | 'sign' | 'zero' | 'integer' | 'point' | 'fraction' | 'exponent' | 'exponent-sign' | 'exponent-digits';

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** The phase after one more character; `undefined` where the character is no part of the number. */
export const nextPhase = (phase: NumberPhase, code: number): NumberPhase | undefined => {
  switch (phase) {
    case 'start':
      return code === 0x2d ? 'sign' : nextPhase('sign', code);
    case 'sign':
      return code === 0x30 ? 'zero' : isDigit(code) ? 'integer' : undefined;
    case 'zero':
      return afterInteger(code);
    case 'integer':
      return isDigit(code) ? 'integer' : afterInteger(code);
    case 'point':
      return isDigit(code) ? 'fraction' : undefined;
    case 'fraction':
      return isDigit(code) ? 'fraction' : isExponent(code) ? 'exponent' : undefined;
    case 'exponent':
      return code === 0x2b || code === 0x2d ? 'exponent-sign' : isDigit(code) ? 'exponent-digits' : undefined;
    case 'exponent-sign':
    case 'exponent-digits':
      return isDigit(code) ? 'exponent-digits' : undefined;
  }
};

const isExponent = (code: number): boolean => code === 0x65 || code === 0x45;

const afterInteger = (code: number): NumberPhase | undefined =>
  code === 0x2e ? 'point' : isExponent(code) ? 'exponent' : undefined;

/** Whether a number may end here. */
export const mayEnd = (phase: NumberPhase): boolean =>
  phase === 'zero' || phase === 'integer' || phase === 'fraction' || phase === 'exponent-digits';
