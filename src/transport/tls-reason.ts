/** What OpenSSL's and Node's codes mean, for people. */
const reasons: Readonly<Record<string, string>> = {
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an authority that is not trusted',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate is signed by an authority that is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its certificate is signed by an authority that is not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority that is not trusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself, and not trusted',
  CERT_SIGNATURE_FAILURE: 'its certificate is signed by an authority that is not trusted',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE: 'it showed no certificate',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'it wants a certificate of ours: none was shown',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'it does not trust the authority of our certificate',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: 'it finds our certificate expired',
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'it refuses our certificate',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: 'it refuses our certificate',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: 'it breaks off the handshake',
  'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE': 'it breaks off the handshake',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'it does not speak this version of TLS',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'it does not speak this version of TLS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS',
  ERR_SSL_HTTP_REQUEST: 'it speaks plain HTTP',
  ERR_SSL_KEY_VALUES_MISMATCH: 'the key does not belong to the certificate',
  ERR_OSSL_X509_KEY_VALUES_MISMATCH: 'the key does not belong to the certificate',
  ECONNRESET: 'it broke the connection off during the handshake',
};

/** Why a TLS connection failed, in one line. */
export function tlsReason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  if (code in reasons) return codeReason(code);
  const message = cause.message.replaceAll(/\s+/g, ' ').trim();
  /** OpenSSL says it between its functions and its files. */
  return /:error:[^:]*:[^:]*:[^:]*:([^:]+):/.exec(message)?.[1] ?? message;
}

/** What a code of OpenSSL or Node says, in one line. */
export function codeReason(code: string): string {
  const told = reasons[code];
  return told === undefined ? code : `${told} (${code})`;
}
