import { createRateLimit } from './createRateLimit';

describe('createRateLimit', () => {
  it('counts per user over a sliding minute and says when to come back', () => {
    let now = 0;
    const limit = createRateLimit({ perMinute: 2, now: () => now });

    limit('user:default/ada');
    now = 20_000;
    limit('user:default/ada');
    expect(() => limit('user:default/ada')).toThrow(
      'You have loaded logs or events 2 times in a minute; try again in 40 s',
    );
    limit('user:default/bob');

    now = 60_001;
    limit('user:default/ada');
    expect(() => limit('user:default/ada')).toThrow('try again in 20 s');
  });
});
