import { describe, expect, it } from 'vitest';
import { ownFrames, parseTraceback } from './traceback.ts';

const chained = `2026-01-01 INFO starting
Traceback (most recent call last):
  File "/p/shop/clients.py", line 4, in <module>
    import stripe
ModuleNotFoundError: No module named 'stripe'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/p/manage.py", line 22, in <module>
    main()
    ~~~~^^
  File "/p/.venv/lib/python3.13/site-packages/django/core/management/__init__.py", line 442, in execute
    utility.execute()
  File "<frozen importlib._bootstrap>", line 1387, in _gcd_import
  File "/p/config/urls.py", line 9, in <module>
    path("shop/", include("shop.urls")),
                  ~~~~~~~^^^^^^^^^^^^^
django.core.exceptions.ImproperlyConfigured: the shop is closed
  because of stripe
`;

describe('parseTraceback', () => {
  it('reads the last error and the frames of those that it came from', () => {
    const traceback = parseTraceback(chained);
    expect(traceback).toMatchObject({
      name: 'django.core.exceptions.ImproperlyConfigured',
      message: 'the shop is closed\n  because of stripe',
    });
    expect(ownFrames(traceback as never, '/p', '/p')).toEqual([
      { file: 'config/urls.py', line: 9, code: 'path("shop/", include("shop.urls")),' },
      { file: 'shop/clients.py', line: 4, code: 'import stripe' },
    ]);
  });

  it('reads an error of syntax, which has no header', () => {
    const traceback = parseTraceback(
      '  File "/p/manage.py", line 3\n    def half(\n            ^\nSyntaxError: \'(\' was never closed\n',
    );
    expect(traceback).toMatchObject({ name: 'SyntaxError', message: "'(' was never closed" });
    expect(ownFrames(traceback as never, '/p', '/p')).toEqual([
      { file: 'manage.py', line: 3, code: 'def half(' },
    ]);
  });

  it('reads an error without a text', () => {
    expect(
      parseTraceback(
        'Traceback (most recent call last):\n  File "/p/a.py", line 1, in f\nKeyboardInterrupt\n',
      ),
    ).toEqual({ name: 'KeyboardInterrupt', message: '', frames: [{ file: '/p/a.py', line: 1, code: '' }] });
  });

  it.each(['', 'CommandError: nothing\n', 'Traceback (most recent call last):\n  File "/p/a.py", line 1\n'])(
    'finds none in %j',
    (text) => expect(parseTraceback(text)).toBeUndefined(),
  );
});
