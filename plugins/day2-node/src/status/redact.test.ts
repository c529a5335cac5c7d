import { closeSentence, redact, shorten } from './redact';

const SECRET = 'S3cr3tV4lue';

describe('redact', () => {
  it.each([
    `dial postgres://app:${SECRET}@db.shop.svc:5432/app failed`,
    `clone https://${SECRET}@git.example/shop.git: 403`,
    `redis://:${SECRET}@cache:6379`,
    `https://user:p@ss${SECRET}@host/path`,
    `Error: app:${SECRET}@tcp(db:3306)/shop: access denied`,
    `Authorization: Bearer ${SECRET}`,
    `got 401 for bearer ${SECRET}xyz`,
    `password=${SECRET}`,
    `"db_password": "${SECRET}"`,
    `{\\"api_key\\":\\"${SECRET}\\"}`,
    `--token ${SECRET} --verbose`,
    `--client-secret=${SECRET}`,
    `AccountKey=${SECRET};EndpointSuffix=core`,
    `https://store.example/b?X-Amz-Signature=${SECRET}&x=1`,
    `DATABASE_PASSWORD: '${SECRET}'`,
    `-----BEGIN RSA PRIVATE KEY-----\nMIIE${SECRET}\n-----END RSA PRIVATE KEY-----`,
    `-----BEGIN PRIVATE KEY----- MIIE${SECRET}`,
    `pass\u200Bword=${SECRET}`,
    `eyJhbGciOiJIUzI1NiJ9.eyJ${SECRET}.abc`,
    `ghp_${SECRET}0123456789`,
  ])('hides the secret of %j', message => {
    const safe = redact(message);
    expect(safe).not.toContain(SECRET);
    expect(safe).toContain('[hidden]');
  });

  it('hides access keys of AWS', () => {
    expect(redact('key AKIAIOSFODNN7EXAMPLE refused')).toBe(
      'key [hidden] refused',
    );
    expect(redact('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY is wrong')).toBe(
      '[hidden] is wrong',
    );
  });

  it.each([
    'secret "api-database" not found',
    'Back-off pulling image "registry.example/shop/api:1.5.0"',
    'image registry.example/shop/api:1@sha256:6b1f0c was pulled',
    '0/6 nodes are available: 6 Insufficient memory.',
    'commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b was deployed',
    'MountVolume.SetUp failed for volume "app-secret" : secret "x" not found',
    'the app-token was not accepted',
  ])('leaves %j alone', message => {
    expect(redact(message)).toBe(message);
  });

  it('drops control characters and what turns text around', () => {
    expect(redact('a\u0000b\n\tc \u202Eevil\u202C \u0007')).toBe('a b c evil');
  });

  it('keeps at most 1 KB, whole characters, and is quick on anything', () => {
    const started = performance.now();
    const long = redact('ä😀'.repeat(100_000));
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(1_024);
    expect(long).not.toContain('\uFFFD');
    for (const part of [
      'a:',
      '=',
      'token',
      '-----BEGIN A-----',
      '://@',
      '"\\"',
    ]) {
      redact(part.repeat(10_000));
    }
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('shorten', () => {
  it('cuts at a word, and closes a sentence once', () => {
    expect(shorten('one two three four', 14)).toBe('one two three…');
    expect(shorten('short', 14)).toBe('short');
    expect(closeSentence('It failed.', 40)).toBe('It failed.');
    expect(closeSentence('It failed: ', 40)).toBe('It failed.');
    expect(closeSentence('one two three four', 14)).toBe('one two three…');
  });
});
