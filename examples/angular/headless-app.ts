import '@angular/compiler'; // what the Angular CLI does at build time: Angular's own services come half compiled

import {
  createEnvironmentInjector,
  type EnvironmentInjector,
  type EnvironmentProviders,
  Injector,
  type Provider,
  provideZonelessChangeDetection,
  ɵINJECTOR_SCOPE,
} from '@angular/core';

/**
 * A root injector without a browser: what `bootstrapApplication(…, { providers })` makes, but for what renders. Effects
 * run in it, and `destroy()` ends what lives in it.
 */
export const createHeadlessApp = (providers: readonly (Provider | EnvironmentProviders)[]): EnvironmentInjector =>
  createEnvironmentInjector(
    // The scope makes it the root: `providedIn: 'root'` means this one. Only a platform sets it, so Angular has no public name for it.
    [provideZonelessChangeDetection(), { provide: ɵINJECTOR_SCOPE, useValue: 'root' }, ...providers],
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- it is asked for services only, and has none
    Injector.NULL as EnvironmentInjector,
  );
