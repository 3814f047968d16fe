/**
 * The canonical text of a datetime: UTC with `Z`, no trailing zeros in its fraction. What is not a datetime
 * comes back as it is, for the server to refuse.
 */
export function datetime(text: string): string {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{0,5}?[1-9])?0*)?(Z|[+-]\d\d:\d\d)$/.exec(text);
  const time = match && Date.parse((match[1] as string) + match[3]);
  if (!match || Number.isNaN(time)) return text;
  return `${new Date(time as number).toISOString().slice(0, 19)}${match[2] ? `.${match[2]}` : ''}Z`;
}

/** The canonical text of a UUID: lower case. */
export function uuid(text: string): string {
  return text.toLowerCase();
}
