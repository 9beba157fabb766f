const WEATHER = /weather|temperature|forecast|climate/i;
const PLACE = /city|cities|location|place|town|where|region|country|destination|origin|address/i;

/** Whether a prompt, or a function, is about the weather: there are several words for it. */
export const isAboutWeather = (text: string): boolean => WEATHER.test(text);

/** Whether a member of this name holds a place. */
export const isPlaceName = (name: string): boolean => PLACE.test(name);
