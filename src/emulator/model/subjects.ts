import type { FunctionTool } from '../../protocol/index.js';

const WEATHER = /weather|temperature|forecast|climate/i;
const PLACE = /city|cities|location|place|town|where|region|country|destination|origin|address/i;

/** Whether a prompt, or a function, is about the weather: there are several words for it. */
export const isAboutWeather = (text: string): boolean => WEATHER.test(text);

/** Whether a member of this name holds a place. */
export const isPlaceName = (name: string): boolean => PLACE.test(name);

/** Whether a function tells the weather, by its name or its description. */
export const isAboutWeatherTool = ({ name, description = '' }: FunctionTool): boolean =>
  isAboutWeather(`${name} ${description}`);

/** What a prompt is about: behind "for" or "about", in quotes, or all of it. */
export const subjectOf = (prompt: string): string => {
  const found =
    /["“]([^"”]+)["”]/u.exec(prompt) ?? /\b(?:for|about|of|named|called)\s+(?:an?\s+|the\s+)?([^?.!]+)/iu.exec(prompt);
  return (found?.[1] ?? prompt).trim();
};
