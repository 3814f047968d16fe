import type { Field, Json, Type } from '@mizan/core';

/** What the bare type of a target does not say about a value, in one line for readers; empty if nothing. */
export function describeField(field: Field): string {
  if (field.default === undefined && saysAll(field.type)) return '';
  const notes = describeType(field.type);
  // Most integers are numbers of things, and saying so beside each would be noise.
  if (notes.length === 1 && notes[0] === 'integer') notes.pop();
  if (field.default !== undefined) notes.push(`default ${showDefault(field.default)}`);
  const text = notes.join(', ');
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Types of which there is nothing to add; most fields have one. */
function saysAll(type: Type): boolean {
  switch (type.kind) {
    case 'string':
      return type.minLength === undefined && type.maxLength === undefined && type.pattern === undefined;
    case 'int':
      return type.min === undefined && type.max === undefined && type.multipleOf === undefined;
    case 'nullable':
      return saysAll(type.of);
    case 'list':
      return (
        type.minItems === undefined &&
        type.maxItems === undefined &&
        type.items.kind !== 'int' &&
        saysAll(type.items)
      );
    default:
      return (
        type.kind === 'ref' ||
        type.kind === 'bool' ||
        type.kind === 'null' ||
        type.kind === 'json' ||
        type.kind === 'enum'
      );
  }
}

function describeType(type: Type): string[] {
  switch (type.kind) {
    case 'string': {
      const notes = range(type.minLength, type.maxLength, 'character');
      if (type.pattern !== undefined) notes.push(`matches ${type.pattern}`);
      return notes;
    }
    case 'int':
      return ['integer', ...limits(type.min, type.max, type.multipleOf)];
    case 'float':
      return limits(type.min, type.max);
    case 'bigint':
      return ['integer as text', ...limits(type.min, type.max)];
    case 'decimal':
      return ['decimal number as text', ...limits(type.min, type.max, type.multipleOf)];
    case 'datetime':
      return ['date and time with offset, ISO 8601'];
    case 'date':
      return ['date, ISO 8601'];
    case 'time':
      return ['time of day, ISO 8601'];
    case 'duration':
      return ['duration, ISO 8601'];
    case 'uuid':
      return ['UUID'];
    case 'bytes':
      return ['bytes in Base64'];
    case 'upload': {
      const notes = type.maxSize === undefined ? [] : [`at most ${type.maxSize} bytes`];
      if (type.accept && type.accept.length > 0) notes.push(`accepts ${type.accept.join(', ')}`);
      return notes;
    }
    case 'list':
    case 'map': {
      const inner = describeType(type.kind === 'list' ? type.items : type.values);
      const each = inner.length === 0 ? [] : [`each: ${inner.join(', ')}`];
      return [...range(type.minItems, type.maxItems, 'item'), ...each];
    }
    case 'nullable':
      return describeType(type.of);
    case 'bool':
    case 'null':
    case 'json':
    case 'enum':
    case 'union':
    case 'ref':
      return [];
  }
}

function range(min: number | undefined, max: number | undefined, unit: string): string[] {
  const count = (n: number) => `${n} ${unit}${n === 1 ? '' : 's'}`;
  if (min !== undefined && max !== undefined) {
    return [min === max ? count(min) : `${min} to ${count(max)}`];
  }
  if (max !== undefined) return [`at most ${count(max)}`];
  return min === undefined ? [] : [`at least ${count(min)}`];
}

function limits(
  min: number | string | undefined,
  max: number | string | undefined,
  step?: number | string,
): string[] {
  const notes: string[] = [];
  if (min !== undefined && max !== undefined) notes.push(`${min} to ${max}`);
  else if (max !== undefined) notes.push(`at most ${max}`);
  else if (min !== undefined) notes.push(`at least ${min}`);
  if (step !== undefined) notes.push(`a multiple of ${step}`);
  return notes;
}

function showDefault(value: Json): string {
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
