// @vitest-environment jsdom
import { describe, it } from 'vitest';
import { bindingScenarios } from '../../client/testing/binding-scenarios.ts';
import { reactHarness } from '../testing/harness.ts';

describe('React, in Strict Mode', () => {
  for (const { name, run } of bindingScenarios) it(name, () => run(reactHarness));
});
