import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { md, pki } from 'node-forge';

/** PEM texts: a CA of its own, and a server certificate that it has signed. */
export interface Certificates {
  caPem: string;
  keyPem: string;
  certPem: string;
}

const YEARS = 10;
const DAY_MS = 24 * 60 * 60_000;

function newKey(): { private: pki.rsa.PrivateKey; public: pki.rsa.PublicKey } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return {
    private: pki.privateKeyFromPem(privateKey),
    public: pki.publicKeyFromPem(publicKey),
  };
}

function newCertificate(options: {
  publicKey: pki.rsa.PublicKey;
  name: string;
  issuer: string;
  now: number;
}): pki.Certificate {
  const { publicKey, name, issuer, now } = options;
  const certificate = pki.createCertificate();
  certificate.publicKey = publicKey;
  // A leading 0 keeps the number positive.
  // Leads with 01: a serial is positive and has no needless zeros.
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
  certificate.validity.notBefore = new Date(now - DAY_MS);
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + YEARS);
  certificate.validity.notAfter = notAfter;
  certificate.setSubject([{ name: 'commonName', value: name }]);
  certificate.setIssuer([{ name: 'commonName', value: issuer }]);
  return certificate;
}

/**
 * Makes a CA and a server certificate, valid for ten years. `hosts` are names and addresses; `localhost`, `127.0.0.1` and
 * `::1` by default.
 */
export function createCertificates(
  options: { hosts?: readonly string[]; now?: number } = {},
): Certificates {
  const { hosts = ['localhost', '127.0.0.1', '::1'], now = Date.now() } =
    options;
  const caName = 'day2-sandbox-ca';
  const caKey = newKey();
  const ca = newCertificate({
    publicKey: caKey.public,
    name: caName,
    issuer: caName,
    now,
  });
  ca.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  ca.sign(caKey.private, md.sha256.create());

  const key = newKey();
  const certificate = newCertificate({
    publicKey: key.public,
    name: hosts[0],
    issuer: caName,
    now,
  });
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    {
      name: 'keyUsage',
      digitalSignature: true,
      keyEncipherment: true,
      critical: true,
    },
    { name: 'extKeyUsage', serverAuth: true },
    {
      name: 'subjectAltName',
      altNames: hosts.map(host =>
        isIP(host) ? { type: 7, ip: host } : { type: 2, value: host },
      ),
    },
    {
      name: 'authorityKeyIdentifier',
      keyIdentifier: ca.generateSubjectKeyIdentifier().getBytes(),
    },
  ]);
  certificate.sign(caKey.private, md.sha256.create());
  return {
    caPem: pki.certificateToPem(ca),
    keyPem: pki.privateKeyToPem(key.private),
    certPem: pki.certificateToPem(certificate),
  };
}

/** A bearer token nobody can guess. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}
