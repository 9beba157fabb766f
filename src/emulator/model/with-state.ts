/** Cities that are told with their state, as Americans tell them. */
const STATES: ReadonlyMap<string, string> = new Map([
  ['Austin', 'TX'],
  ['Boston', 'MA'],
  ['Chicago', 'IL'],
  ['Denver', 'CO'],
  ['Los Angeles', 'CA'],
  ['Miami', 'FL'],
  ['New York', 'NY'],
  ['San Francisco', 'CA'],
  ['Seattle', 'WA'],
]);

const JUST_A_CITY = /\b(?:cit(?:y|ies)|towns?)\b/i;
const STATE = /\bstate\b/i;

/** "Boston, MA" for "Boston"; the name alone where the member that it is for, or its description, asks for a city. */
export const withState = (place: string, member: string, description = ''): string => {
  const asked = `${member} ${description}`;
  const state = STATES.get(place);
  return state === undefined || (JUST_A_CITY.test(asked) && !STATE.test(asked)) ? place : `${place}, ${state}`;
};
