import { type Node, refuse } from './check-walk.ts';
import type { Type } from './contract.ts';

/** Whole numbers within 2^53-1; the text `1.0` is one, since every reader of JSON makes it 1. */
export function intNode(type: Extract<Type, { kind: 'int' }>): Node {
  const { min, max, multipleOf } = type;
  const bounded = min !== undefined || max !== undefined || multipleOf !== undefined;
  return (value, walk) => {
    if (typeof value !== 'number') return refuse(walk, 'type', 'must be a whole number');
    if (!Number.isSafeInteger(value)) {
      const message = Number.isInteger(value) ? 'must lie within 2^53-1' : 'must be a whole number';
      return refuse(walk, 'type', message);
    }
    // Adding zero turns -0 into 0.
    if (!bounded) return value + 0;
    let result: unknown = value + 0;
    if (min !== undefined && value < min) result = refuse(walk, 'min', `must be at least ${min}`);
    if (max !== undefined && value > max) result = refuse(walk, 'max', `must be at most ${max}`);
    if (multipleOf !== undefined && value % multipleOf !== 0) {
      result = refuse(walk, 'multipleOf', `must be a multiple of ${multipleOf}`);
    }
    return result;
  };
}

/** Finite doubles. */
export function floatNode(type: Extract<Type, { kind: 'float' }>): Node {
  const { min, max } = type;
  return (value, walk) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      return refuse(walk, 'type', 'must be a finite number');
    }
    let result: unknown = value + 0;
    if (min !== undefined && value < min) result = refuse(walk, 'min', `must be at least ${min}`);
    if (max !== undefined && value > max) result = refuse(walk, 'max', `must be at most ${max}`);
    return result;
  };
}

/** True or false. */
export const boolNode: Node = (value, walk) =>
  typeof value === 'boolean' ? value : refuse(walk, 'type', 'must be true or false');

/** Null and nothing else. */
export const nullNode: Node = (value, walk) => (value === null ? null : refuse(walk, 'type', 'must be null'));
