import type { CodeExecutionTool, GoogleMapsTool, GoogleSearchTool, UrlContextTool } from '../protocol/index.js';

/** Google Search, run by the server. */
export const googleSearch = (options: Omit<GoogleSearchTool, 'type'> = {}): GoogleSearchTool => ({
  type: 'google_search',
  ...options,
});

/** Google Maps, run by the server. */
export const googleMaps = (options: Omit<GoogleMapsTool, 'type'> = {}): GoogleMapsTool => ({
  type: 'google_maps',
  ...options,
});

/** Lets the server read the pages that the prompt names. */
export const urlContext = (): UrlContextTool => ({ type: 'url_context' });

/** Lets the model write code and the server run it. */
export const codeExecution = (): CodeExecutionTool => ({ type: 'code_execution' });
