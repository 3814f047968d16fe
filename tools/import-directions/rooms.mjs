/**
 * @typedef {object} Room
 * @property {string} name
 * @property {RegExp} path which files belong to it (the first room that matches has the file)
 * @property {readonly string[]} mayImport our packages and rooms that its files may import
 * @property {readonly string[]} [testsMayImport] what its tests may import besides
 * @property {string} why said to whoever breaks the rule
 */

/**
 * The table of CONTRIBUTING.md ("Rooms and directions") as data. Arrows point one way:
 * spec → core → {ir → codegen} | {client → bindings} | {server}; the referee stands outside.
 *
 * @type {readonly Room[]}
 */
export const rooms = [
  {
    name: 'spec',
    path: /^spec\//,
    mayImport: [],
    why: 'spec/ is the contract in words and data; it imports nothing',
  },
  {
    name: 'conformance',
    path: /^conformance\//,
    mayImport: [],
    why: 'the referee knows spec/ and the wire; a referee that imports an implementation judges it by itself',
  },
  {
    name: 'core',
    path: /^typescript\/core\//,
    mayImport: [],
    why: 'core is pure and stands below everything else',
  },
  {
    name: 'ir',
    path: /^typescript\/ir\//,
    mayImport: ['@mizan/core'],
    why: 'ir reads and compares contracts; it knows neither client nor server',
  },
  {
    name: 'codegen kernel',
    path: /^typescript\/codegen\/src\/kernel\//,
    mayImport: ['@mizan/core', '@mizan/ir'],
    why: 'the kernel prints what targets ask for; it knows no target and no runtime package',
  },
  {
    name: 'codegen react target',
    path: /^typescript\/codegen\/src\/targets\/react\//,
    mayImport: ['@mizan/core', '@mizan/ir', 'codegen kernel', 'codegen typescript target'],
    why: 'a target is only its differences: kernel and targets/typescript, no other target and no runtime package',
  },
  {
    name: 'codegen typescript target',
    path: /^typescript\/codegen\/src\/targets\/typescript\//,
    mayImport: ['@mizan/core', '@mizan/ir', 'codegen kernel'],
    why: 'a target uses the kernel, no other target and no runtime package',
  },
  {
    name: 'codegen',
    path: /^typescript\/codegen\//,
    mayImport: [
      '@mizan/core',
      '@mizan/ir',
      'codegen kernel',
      'codegen react target',
      'codegen typescript target',
    ],
    // Generated code is type-checked against the packages that it will use.
    testsMayImport: ['@mizan/server', '@mizan/client', '@mizan/react'],
    why: 'the command line reads contracts and prints code; it never loads a runtime package into its own process',
  },
  {
    name: 'client',
    path: /^typescript\/client\//,
    mayImport: ['@mizan/core'],
    why: 'the client kernel runs in every browser; server, ir and UI libraries stay out of it',
  },
  {
    name: 'react',
    path: /^typescript\/react\//,
    mayImport: ['@mizan/client', '@mizan/core'],
    why: 'a binding sits on the client kernel and its UI library, never beside another binding',
  },
  {
    name: 'server',
    path: /^typescript\/server\//,
    mayImport: ['@mizan/core'],
    why: 'the server uses the public names of core; ir and client are for the other side',
  },
  {
    name: 'vite',
    path: /^typescript\/vite\//,
    mayImport: ['mizan'],
    testsMayImport: ['@mizan/core', '@mizan/server', '@mizan/client', '@mizan/react'],
    why: 'the Vite plugin drives the command line package and nothing else',
  },
  {
    name: 'testee',
    path: /^typescript\/testee\//,
    mayImport: ['@mizan/server', '@mizan/core', '@mizan/client', '@mizan/conformance'],
    why: 'a testee uses published entry points only',
  },
  {
    name: 'browser tests',
    path: /^examples\/browser\//,
    mayImport: ['examples', 'tools', '@mizan/client'],
    why: 'the browser tests drive the examples from outside',
  },
  {
    name: 'backend tests',
    path: /^examples\/backends\//,
    mayImport: ['browser tests', 'examples', 'tools'],
    why: 'the backend tests drive the examples from outside',
  },
  {
    name: 'demo backends',
    path: /^examples\/helpdesk-\w+\/demo\.mjs$/,
    mayImport: ['tools'],
    why: 'a demo backend only says how it is started',
  },
  {
    name: 'examples',
    path: /^examples\//,
    mayImport: [
      '@mizan/server',
      '@mizan/client',
      '@mizan/react',
      '@mizan/core',
      'mizan',
      'vite-plugin-mizan',
      'examples',
    ],
    why: 'examples use published entry points, as a user would',
  },
  {
    name: 'bench',
    path: /^bench\//,
    mayImport: [
      '@mizan/server',
      '@mizan/client',
      '@mizan/react',
      '@mizan/core',
      '@mizan/ir',
      'mizan',
      'tools',
    ],
    why: 'the bench measures published entry points',
  },
  {
    name: 'tools',
    path: /^(tools\/|[\w.]+$)/,
    mayImport: ['@mizan/core', '@mizan/ir', 'mizan'],
    testsMayImport: ['@mizan/server'],
    why: 'tools check the rooms from outside',
  },
];

/** Entry points that must run in any browser: nothing they reach may be a module of Node's. */
export const browserEntries = [
  'typescript/core/src/index.ts',
  'typescript/client/src/index.ts',
  'typescript/react/src/index.ts',
  'typescript/react/src/index.tsx',
];
