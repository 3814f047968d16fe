import { mergeConfig } from 'vite';
import { mizan } from 'vite-plugin-mizan';
import config from './vite.config.ts';

// For `npm run dev`: the client follows the server while you type. In a project of your own, `mizan()` simply
// stands in vite.config.ts; here the plugin is TypeScript that a plain `vite build` could not import.
export default mergeConfig(config, { plugins: [mizan()] });
