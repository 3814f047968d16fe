export {
  type BackendConfig,
  type Config,
  defineConfig,
  type TargetConfig,
} from './config/config.ts';
