import { X509Certificate } from 'node:crypto';
import { createCertificates, createToken } from './certificates';

describe('createCertificates', () => {
  it('makes a server certificate that its CA vouches for', () => {
    const now = Date.parse('2026-11-21T08:00:00Z');
    const { caPem, certPem, keyPem } = createCertificates({ now });
    const ca = new X509Certificate(caPem);
    const certificate = new X509Certificate(certPem);

    expect(ca.ca).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(certificate.checkIssued(ca)).toBe(true);
    expect(certificate.verify(ca.publicKey)).toBe(true);
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.checkIP('::1')).toBe('::1');
    expect(new Date(certificate.validTo).getUTCFullYear()).toBe(2036);
    expect(keyPem).toContain('PRIVATE KEY');
  });
});

describe('createToken', () => {
  it('never repeats itself', () => {
    expect(createToken()).toMatch(/^[-\w]{43}$/);
    expect(createToken()).not.toBe(createToken());
  });
});
