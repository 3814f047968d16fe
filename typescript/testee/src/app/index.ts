/** The fixture's modules, in the order in which every testee registers them. */
export * as accounts from './accounts.ts';
export * as boards from './boards.ts';
export * as echo from './echo.ts';
export * as guards from './guards.ts';
export * as types from './types.ts';
export * as witness from './witness.ts';
