/** The line that starts a testee (conformance/app/README.md). */
export interface Settings {
  transport: 'http' | 'ipc';
  secret: string;
  transaction: 'atomic' | 'none';
  development: boolean;
  contracts: Record<string, { changed: string[] }> | null;
  epoch: string | null;
  limits: Record<string, number>;
  mistakes?: string[];
}
