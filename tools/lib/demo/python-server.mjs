import { delimiter, join } from 'node:path';
import { repositoryRoot, SetupError } from '../install.mjs';
import { ensurePythonEnvironment } from '../python-environment.mjs';

/**
 * How a demo backend in Python is installed and started: `serve.py` of its folder, in the environment that the tests
 * have too.
 *
 * @param {string} folder
 * @returns {Pick<import('./backend.mjs').DemoBackend, 'install' | 'command'>}
 */
export function pythonServer(folder) {
  let program = '';
  // Mizan's sources, and what the Python backends of the Helpdesk share.
  const pythonPath = [join(repositoryRoot, 'python', 'src'), join(folder, '..', 'helpdesk-python')].join(
    delimiter,
  );
  return {
    async install(say) {
      const requirements = join(repositoryRoot, 'python', 'requirements-dev.txt');
      const { programs } = await ensurePythonEnvironment({ requirements, say });
      program = join(programs, 'python');
    },
    command() {
      if (program === '') throw new SetupError('The Python environment is not installed yet');
      return {
        program,
        args: [join(folder, 'serve.py')],
        cwd: folder,
        env: { PYTHONPATH: pythonPath, PYTHONDONTWRITEBYTECODE: '1' },
      };
    },
  };
}
