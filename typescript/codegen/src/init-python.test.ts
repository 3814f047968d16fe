import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from './testing/check-generated.ts';
import { buildCli, type CliUnderTest } from './testing/cli-under-test.ts';
import {
  django,
  fastapi,
  mizanForDjango,
  writeDjangoProject,
  writeEnvironment,
  writeFile,
} from './testing/python-project.ts';

// Other programs start here, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let cli: CliUnderTest;
let folder: string;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());
beforeEach(() => {
  folder = temporaryFolder();
  rmSync(join(folder, 'package.json'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const clean = { VIRTUAL_ENV: undefined, MIZAN_PYTHON: undefined, DJANGO_SETTINGS_MODULE: undefined };
const write = (path: string, text: string) => writeFile(folder, path, text);
const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const init = (...args: string[]) => cli.run(['init', ...args], folder, clean);
const writeFrontend = () => {
  write(
    'web/package.json',
    '{\n  "name": "web",\n  "dependencies": {\n    "react": "^19.2.0"\n  },\n  "devDependencies": {\n    "vite": "^8.0.0"\n  }\n}\n',
  );
  write(
    'web/vite.config.ts',
    "import react from '@vitejs/plugin-react';\nimport { defineConfig } from 'vite';\n\nexport default defineConfig({\n  plugins: [react()],\n});\n",
  );
  write('web/src/main.tsx', 'export {};\n');
};
/** Version numbers as an installed distribution has them. */
const distribution = (name: string, version: string) => ({
  [`${name}-${version}.dist-info/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
});
const compiles = (path: string) => {
  execFileSync('python3', ['-c', 'import ast, sys; ast.parse(open(sys.argv[1]).read())', join(folder, path)]);
};

describe('mizan init in a Django project', () => {
  it('adds the few lines that it needs, and can be run twice', async () => {
    writeEnvironment(folder, { ...django, ...distribution('django', '5.2.8') });
    writeDjangoProject(folder, ['users', 'shop']);
    writeFrontend();
    const shown = `Found Django 5.2 (manage.py), React 19 with Vite (web/)
  + config/settings.py  "mizan.django" in INSTALLED_APPS
  + config/urls.py      path("api/mizan/", include(…))
  + users/clients.py    one example query and mutation
  + web/vite.config.ts  mizan() in plugins
  + web/package.json    @mizan/react, mizan, vite-plugin-mizan
`;
    expect(await init()).toEqual({
      code: 2,
      stdout: '',
      stderr: `${shown}Write these 5 changes and mizan.config.ts? Say so with: npx mizan init --yes\n`,
    });
    expect(existsSync(join(folder, 'users/clients.py'))).toBe(false);
    expect(await init('--yes')).toEqual({
      code: 0,
      stdout: '',
      stderr: `${shown}Written: 6 files.
Next: npm install in web/, then .venv/bin/python -m pip install "mizan[django]", then npx mizan generate
`,
    });
    expect(read('config/settings.py')).toContain(
      "    'django.contrib.staticfiles',\n    'users',\n    'shop',\n    'mizan.django',\n]\n\nMIDDLEWARE",
    );
    expect(read('config/urls.py')).toContain(`"""
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path('api/mizan/', include('mizan.django.urls')),
    path('admin/', admin.site.urls),
]
`);
    for (const path of ['config/settings.py', 'config/urls.py', 'users/clients.py']) compiles(path);
    expect(read('users/clients.py')).toContain('@client(affects=GreetingContext)\ndef change_greeting(');
    expect(read('mizan.config.ts')).toBe(`import { defineConfig } from 'mizan';

export default defineConfig({
  backend: { django: 'manage.py' },
  generate: { react: 'web/src/mizan' },
  server: 'http://127.0.0.1:8000',
});
`);
    writeEnvironment(folder, mizanForDjango);
    expect(await init('--yes')).toEqual({
      code: 0,
      stdout: '',
      stderr:
        'Found Django 5.2 (manage.py), React 19 with Vite (web/)\nEverything that Mizan needs is there already.\n',
    });
  });

  it('makes an application where there is none, in a folder below', async () => {
    writeDjangoProject(join(folder, 'backend'));
    const { code, stderr } = await init('--yes');
    expect(code).toBe(0);
    expect(stderr).toContain(`
  + backend/config/settings.py     "mizan.django" and "greetings" in INSTALLED_APPS
  + backend/config/urls.py         path("api/mizan/", include(…))
  + backend/greetings/__init__.py  an application for the example
  + backend/greetings/clients.py   one example query and mutation
`);
    expect(read('backend/config/settings.py')).toContain(
      "    'django.contrib.staticfiles',\n    'mizan.django',\n    'greetings',\n]\n",
    );
    expect(read('mizan.config.ts')).toContain("backend: { django: 'backend/manage.py' },\n");
    expect(read('mizan.config.ts')).toContain("generate: { typescript: 'client/mizan' },\n");
    expect((await init('--yes')).stderr).toMatch(/\nEverything that Mizan needs is there already\.\n$/);
  });

  it('finds settings in several modules, and keeps their line ends', async () => {
    writeDjangoProject(folder);
    rmSync(join(folder, 'config/settings.py'));
    write('config/settings/__init__.py', 'from .local import *\n');
    write('config/settings/local.py', 'from .base import *\n\nINSTALLED_APPS += ["debug_toolbar"]\n');
    write(
      'config/settings/base.py',
      [
        'ROOT_URLCONF = "config.urls"',
        'DJANGO_APPS = ["django.contrib.auth"]',
        'THIRD_PARTY_APPS = [',
        '    "corsheaders",  # headers',
        ']',
        'LOCAL_APPS = ["apps.users.apps.UsersConfig"]',
        'INSTALLED_APPS = DJANGO_APPS + THIRD_PARTY_APPS + LOCAL_APPS',
        '',
      ].join('\r\n'),
    );
    write('apps/users/apps.py', '');
    await init('--yes');
    expect(read('config/settings/base.py')).toContain(
      '    "corsheaders",  # headers\r\n    "mizan.django",\r\n]\r\n',
    );
    expect(read('config/settings/base.py')).not.toMatch(/[^\r]\n/);
    expect(existsSync(join(folder, 'apps/users/clients.py'))).toBe(true);
    expect((await init('--yes')).stderr).toContain('Everything that Mizan needs is there already.\n');
  });

  it('says by hand what it does not recognise', async () => {
    writeDjangoProject(folder, ['users']);
    const settings = read('config/settings.py').replace(
      /INSTALLED_APPS = \[[\s\S]*?\]\n/,
      'INSTALLED_APPS = find_apps()\n',
    );
    const urls = 'urlpatterns = i18n_patterns()\n';
    write('config/settings.py', settings);
    write('config/urls.py', urls);
    const { code, stderr } = await init('--yes');
    expect(code).toBe(0);
    expect(stderr).toContain(
      'By hand: config/settings.py: "mizan.django" in INSTALLED_APPS\n' +
        'By hand: config/urls.py: from django.urls import include, path, and path("api/mizan/", include("mizan.django.urls")) in urlpatterns\n',
    );
    expect(stderr).toContain('By hand: clients.py in one of your applications: functions with @client\n');
    expect(read('config/settings.py')).toBe(settings);
    expect(read('config/urls.py')).toBe(urls);
  });

  it('leaves a clients.py alone that is about something else', async () => {
    writeDjangoProject(folder, ['users', 'shop']);
    write('users/clients.py', 'import http.client\n');
    await init('--yes');
    expect(read('users/clients.py')).toBe('import http.client\n');
    expect(read('shop/clients.py')).toContain('from mizan import');
  });
});

describe('mizan init in a FastAPI project', () => {
  const main = `"""The shop."""
from fastapi import FastAPI

app = FastAPI(
    title="Shop (small)",
)


@app.get("/")
def index():
    return {}
`;

  it('mounts the functions, and can be run twice', async () => {
    writeEnvironment(folder, { ...fastapi, ...distribution('fastapi', '0.142.1') });
    write('app/__init__.py', '');
    write('app/main.py', main);
    write('other/app.py', 'from fastapi import FastAPI\n\nother = FastAPI()\n');
    writeFrontend();
    const { code, stderr } = await init('--yes');
    expect(code).toBe(0);
    expect(stderr).toBe(`Found FastAPI 0.142 (app/main.py), React 19 with Vite (web/)
  + app/clients.py      one example query and mutation
  + app/main.py         app.include_router(router(clients), prefix="/api/mizan")
  + web/vite.config.ts  mizan() in plugins
  + web/package.json    @mizan/react, mizan, vite-plugin-mizan
Written: 5 files.
Next: npm install in web/, then npx mizan generate
`);
    expect(read('app/main.py')).toBe(`"""The shop."""
from fastapi import FastAPI
from mizan.fastapi import router
from app import clients

app = FastAPI(
    title="Shop (small)",
)
app.include_router(router(clients), prefix="/api/mizan")


@app.get("/")
def index():
    return {}
`);
    compiles('app/clients.py');
    expect(read('mizan.config.ts')).toContain(
      "backend: { fastapi: 'app.main:app' },\n  generate: { react: 'web/src/mizan' },\n  server: 'http://127.0.0.1:8000',\n",
    );
    expect((await init('--yes')).stderr).toBe(
      'Found FastAPI 0.142 (app/main.py), React 19 with Vite (web/)\nEverything that Mizan needs is there already.\n',
    );
  });

  it.each([
    ['main.py', "fastapi: 'main:app' }", 'import clients\n'],
    ['src/shop/main.py', "fastapi: 'shop.main:app', cwd: 'src' }", 'from shop import clients\n'],
    ['backend/app/main.py', "fastapi: 'app.main:app', cwd: 'backend' }", 'from app import clients\n'],
  ])('names the application in %s', async (path, backend, line) => {
    write('backend/requirements.txt', 'fastapi\n');
    write(path, main);
    await init('--yes');
    expect(read('mizan.config.ts')).toContain(`  backend: { ${backend},\n`);
    expect(read(path)).toContain(`from mizan.fastapi import router\n${line}`);
    expect((await init('--yes')).stderr).toContain('Everything that Mizan needs is there already.\n');
  });

  it('gives way to names that are taken', async () => {
    write('app/clients.py', 'import http.client\n');
    write(
      'app/main.py',
      'from fastapi import FastAPI\nfrom . import clients\nfrom .users import router\n\napi = FastAPI()\napi.include_router(router)\n',
    );
    await init('--yes');
    expect(read('app/main.py')).toBe(
      'from fastapi import FastAPI\nfrom . import clients, mizan_clients\nfrom .users import router\nfrom mizan.fastapi import router as mizan_router\n\napi = FastAPI()\napi.include_router(mizan_router(mizan_clients), prefix="/api/mizan")\napi.include_router(router)\n',
    );
    expect(existsSync(join(folder, 'app/mizan_clients.py'))).toBe(true);
    expect(read('mizan.config.ts')).toContain("fastapi: 'app.main:api'");
  });

  it('says by hand what it does not recognise', async () => {
    const made =
      'from fastapi import FastAPI\n\ndef create():\n    app = FastAPI()\n    return app\n\nserved = create()\n';
    write('main.py', made);
    const { code, stderr } = await init('--yes');
    expect(code).toBe(0);
    expect(stderr).toContain(
      'By hand: main.py: from mizan.fastapi import router, and app.include_router(router(clients), prefix="/api/mizan") with your modules of functions\n',
    );
    expect(read('main.py')).toBe(made);
    expect(existsSync(join(folder, 'clients.py'))).toBe(false);
    expect(read('mizan.config.ts')).toContain("{ fastapi: 'main:served' }");
    rmSync(join(folder, 'mizan.config.ts'));
    write('main.py', made.replace('served = create()', ''));
    await init('--yes');
    expect(read('mizan.config.ts')).toContain("{ fastapi: 'main:create()' }");
  });

  it('leaves a project alone that has another backend', async () => {
    write('tools/main.py', main);
    write('package.json', '{ "name": "shop", "dependencies": { "express": "^5.0.0" } }\n');
    write('mizan.config.ts', "export default { backend: { typescript: 'server/mizan.ts' } };\n");
    expect((await init()).stderr).toMatch(/^Found Express 5/);
  });
});
