import { mizan } from './plugin.ts';

export { type MizanPluginOptions, mizan } from './plugin.ts';
export default mizan;
