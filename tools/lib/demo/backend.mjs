/**
 * What `npm run demo` and the browser tests know of a backend: `examples/helpdesk-NAME/demo.mjs` exports one as
 * `backend`. Its server reads the environment below, creates and fills the database when there is none, serves
 * the API under /api/mizan and the built page for everything else, prints `listening URL` when it does, and ends
 * cleanly on SIGINT and SIGTERM. When the port is taken it prints EADDRINUSE to stderr and ends with 1.
 *
 * @typedef {object} DemoBackend
 * @property {string} title for messages, such as "TypeScript (Drizzle, SQLite)"
 * @property {string} folder absolute; the default database file stands in its `data` folder
 * @property {(say: (line: string) => void) => Promise<void>} [install] installs what npm does not, such as Python packages
 * @property {() => { program: string, args: string[], cwd: string, env?: Record<string, string> }} command starts the server
 *
 * @typedef {object} ServerEnvironment
 * @property {string} HELPDESK_DATABASE the database file
 * @property {string} HELPDESK_SEED a JSON file with the tickets to begin with
 * @property {string} HELPDESK_WEB the folder of the built page
 * @property {string} HOST
 * @property {string} PORT 0 takes a free one
 */

export {};
