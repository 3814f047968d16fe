/**
 * The longest that any single exchange with a testee may take, in milliseconds. Behind a mutant it is shorter:
 * there a case that waits for what never comes is as red as any other.
 */
export const exchange = { limit: 10_000 };

/** A testee that did not answer in time. */
export class Hung extends Error {
  constructor(what: string, limit: number) {
    super(`${what} did not end within ${limit} ms`);
    this.name = 'Hung';
  }
}

/** Waits for work, but no longer than the limit; `onLate` stops what is still going on. */
export async function within<T>(
  what: string,
  work: Promise<T>,
  limit: number = exchange.limit,
  onLate: () => void = () => {},
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      onLate();
      reject(new Hung(what, limit));
    }, limit);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
