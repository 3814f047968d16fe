/** Names that no top-level declaration of a generated module may have. */
export const reservedNames: readonly string[] = [
  // Words of the language, strict mode and modules included.
  ...words(`arguments as async await break case catch class const continue debugger default delete do else enum
    eval export extends false finally for from function get if implements import in instanceof interface let new
    null of package private protected public return set static super switch this throw true try type typeof
    undefined var void while with yield`),
  // Types that are words.
  ...words('any bigint boolean never number object string symbol unknown'),
  // Globals of the language: shadowing them misleads readers, and formatters complain.
  ...words(`AggregateError Array ArrayBuffer AsyncFunction Atomics BigInt BigInt64Array BigUint64Array Boolean
    DataView Date Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function Infinity
    Int16Array Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object Promise Proxy RangeError
    ReferenceError Reflect RegExp Set SharedArrayBuffer String Symbol SyntaxError TypeError URIError Uint16Array
    Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet constructor decodeURI decodeURIComponent
    encodeURI encodeURIComponent escape globalThis hasOwnProperty isFinite isNaN isPrototypeOf parseFloat parseInt
    propertyIsEnumerable toLocaleString toString unescape valueOf`),
  // A type that generated code names, and the name that makes a module look like a promise.
  ...words('Blob then'),
];

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
