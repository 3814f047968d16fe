// @vitest-environment jsdom
import { createClient } from '@mizan/client';
import { act, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeEach, expect, it } from 'vitest';
import { FakeTransport } from '../../client/testing/fake-transport.ts';
import { VirtualClock } from '../../client/testing/virtual-clock.ts';
import { context, hook, MizanProvider, member } from './index.ts';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
const UserContext = context('user', 'a', { required: true, defaults: { page: 1 } });
const useUserProfile = hook(UserContext, 'userProfile');
it('works', async () => {
  const line = new FakeTransport();
  const client = createClient({ transport: line, clock: new VirtualClock() });
  const el = document.createElement('div');
  const root = createRoot(el);
  function Name() {
    return <b>{useUserProfile().name}</b>;
  }
  await act(async () => {
    root.render(
      <StrictMode>
        <MizanProvider client={client}>
          <Suspense fallback="wait">
            <UserContext userId={5}>
              <Name />
              <Name />
            </UserContext>
          </Suspense>
        </MizanProvider>
      </StrictMode>,
    );
  });
  expect(el.textContent).toBe('wait');
  await act(async () => {
    await line.last('user?page=1&userId=5').data({ userProfile: { name: 'Ada' } }, 'e.1');
  });
  expect(el.innerHTML).toBe('<b>Ada</b><b>Ada</b>');
  expect(line.requests.length).toBe(1);
});
