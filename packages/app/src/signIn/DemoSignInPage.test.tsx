import { renderInTestApp } from '@backstage/frontend-test-utils';
import { IdentityApi } from '@backstage/core-plugin-api';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { chosenPerson } from './chosenPerson';
import { DemoSignInPage } from './DemoSignInPage';

const config = {
  app: { title: 'Day 2', baseUrl: 'http://localhost:3000' },
  backend: { baseUrl: 'http://localhost:7007' },
  auth: {
    providers: {
      demo: {
        users: [
          {
            entityRef: 'user:default/mara.lindqvist',
            name: 'Mara Lindqvist',
            team: 'Platform team',
            sees: 'Sees everything',
          },
          { entityRef: 'user:default/jonas.weber', name: 'Jonas Weber' },
        ],
      },
    },
  },
};

const session = {
  providerInfo: {},
  profile: { displayName: 'Jonas Weber' },
  backstageIdentity: {
    token: `x.${window.btoa(JSON.stringify({ exp: 4_000_000_000 }))}.x`,
    identity: {
      type: 'user',
      userEntityRef: 'user:default/jonas.weber',
      ownershipEntityRefs: [],
    },
  },
};

function answer(status: number, body: object) {
  return {
    ok: status === 200,
    status,
    statusText: 'as tested',
    headers: new Map([['content-type', 'application/json']]),
    json: async () => body,
    text: async () => JSON.stringify(body),
  };
}

// The first render compiles the whole test app.
jest.setTimeout(60_000);

describe('DemoSignInPage', () => {
  const fetched = jest.fn();
  const before = global.fetch;
  beforeEach(() => {
    chosenPerson.forget();
    fetched.mockReset();
    global.fetch = fetched;
  });
  afterAll(() => {
    global.fetch = before;
  });

  it('signs in who is picked, remembers it, and forgets it on signing out', async () => {
    fetched.mockResolvedValue(answer(200, session));
    const onSignInSuccess = jest.fn();
    await renderInTestApp(
      <DemoSignInPage onSignInSuccess={onSignInSuccess} />,
      { config },
    );
    expect(await screen.findByText('Platform team')).toBeInTheDocument();
    expect(screen.getByText('Sees everything')).toBeInTheDocument();

    fireEvent.click(
      await screen.findByRole('button', { name: 'Enter as Jonas Weber' }),
    );
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    const [url, { headers }] = fetched.mock.calls[0];
    expect(url).toMatch(/\/api\/auth\/demo\/refresh$/);
    expect(new Headers(headers).get('x-day2-demo-user')).toBe(
      'user:default/jonas.weber',
    );
    expect(chosenPerson.read()).toBe('user:default/jonas.weber');

    const identity: IdentityApi = onSignInSuccess.mock.calls[0][0];
    expect(await identity.getProfileInfo()).toEqual(session.profile);
    await identity.signOut();
    expect(chosenPerson.read()).toBeUndefined();
  });

  it('says why it could not, and lets one choose again', async () => {
    fetched.mockResolvedValue(
      answer(404, {
        error: { name: 'NotFoundError', message: 'no such user' },
      }),
    );
    await renderInTestApp(<DemoSignInPage onSignInSuccess={jest.fn()} />, {
      config,
    });
    fireEvent.click(
      await screen.findByRole('button', { name: 'Enter as Mara Lindqvist' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent('404');
    fireEvent.click(screen.getByRole('button', { name: 'Choose again' }));
    expect(
      await screen.findByRole('heading', { name: 'Mara Lindqvist' }),
    ).toBeInTheDocument();
  });
});
