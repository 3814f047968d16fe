import { createTestee } from './create.ts';

const mizan = createTestee({
  transport: 'http',
  secret: 'conformance-secret-of-32-bytes-or-more',
  transaction: 'atomic',
  development: true,
  contracts: null,
  epoch: null,
  limits: {},
});
process.stdout.write(mizan.export().contract);
