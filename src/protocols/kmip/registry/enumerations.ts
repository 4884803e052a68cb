import { profileNames } from './profile-names.ts';
import { pkcs11Functions, pkcs11ReturnCodes } from './pkcs-11.ts';

/**
 * KMIP's enumerations by their names (the tag's, where it has one of its own), all versions
 * together: no name has two values in one enumeration. Of the two that tables of one version and
 * of another print for one value, both are here; `versions.ts` says which is whose. Mask Generator
 * and Split Key Method are spelt as the OASIS test cases do (the tables of 2.x misprint MFG1; the
 * exponents of GF (2^8) are lost where they are printed above the line).
 *
 * Derived from the tables of the OASIS Key Management Interoperability Protocol Specification,
 * versions 1.4, 2.0 and 2.1. Copyright (c) OASIS Open. All Rights Reserved.
 * TC IPR Statement: https://www.oasis-open.org/committees/kmip/ipr.php
 */
// prettier-ignore
export const enumerations = {
  AdjustmentType: {
    Increment: 0x01, Decrement: 0x02, Negate: 0x03,
  },
  AlternativeNameType: {
    UninterpretedTextString: 0x01, URI: 0x02, ObjectSerialNumber: 0x03, EmailAddress: 0x04,
    DNSName: 0x05, X_500DistinguishedName: 0x06, IPAddress: 0x07,
  },
  AsynchronousIndicator: {
    Mandatory: 0x01, Optional: 0x02, Prohibited: 0x03,
  },
  AttestationType: {
    TPMQuote: 0x01, TCGIntegrityReport: 0x02, SAMLAssertion: 0x03,
  },
  BatchErrorContinuationOption: {
    Continue: 0x01, Stop: 0x02, Undo: 0x03,
  },
  BlockCipherMode: {
    CBC: 0x01, ECB: 0x02, PCBC: 0x03, CFB: 0x04, OFB: 0x05, CTR: 0x06, CMAC: 0x07, CCM: 0x08,
    GCM: 0x09, CBC_MAC: 0x0a, XTS: 0x0b, AESKeyWrapPadding: 0x0c, NISTKeyWrap: 0x0d,
    X9_102AESKW: 0x0e, X9_102TDKW: 0x0f, X9_102AKW1: 0x10, X9_102AKW2: 0x11, AEAD: 0x12,
  },
  CancellationResult: {
    Canceled: 0x01, UnableToCancel: 0x02, Completed: 0x03, Failed: 0x04, Unavailable: 0x05,
  },
  CertificateRequestType: {
    CRMF: 0x01, PKCS_10: 0x02, PEM: 0x03, PGP: 0x04,
  },
  CertificateType: {
    X_509: 0x01, PGP: 0x02,
  },
  ClientRegistrationMethod: {
    Unspecified: 0x01, ServerPreGenerated: 0x02, ServerOnDemand: 0x03, ClientGenerated: 0x04,
    ClientRegistered: 0x05,
  },
  CredentialType: {
    UsernameAndPassword: 0x01, Device: 0x02, Attestation: 0x03, OneTimePassword: 0x04,
    HashedPassword: 0x05, Ticket: 0x06,
  },
  CryptographicAlgorithm: {
    DES: 0x01, DES3: 0x02, AES: 0x03, RSA: 0x04, DSA: 0x05, ECDSA: 0x06, HMAC_SHA1: 0x07,
    HMAC_SHA224: 0x08, HMAC_SHA256: 0x09, HMAC_SHA384: 0x0a, HMAC_SHA512: 0x0b, HMAC_MD5: 0x0c,
    DH: 0x0d, ECDH: 0x0e, ECMQV: 0x0f, Blowfish: 0x10, Camellia: 0x11, CAST5: 0x12, IDEA: 0x13,
    MARS: 0x14, RC2: 0x15, RC4: 0x16, RC5: 0x17, SKIPJACK: 0x18, Twofish: 0x19, EC: 0x1a,
    OneTimePad: 0x1b, ChaCha20: 0x1c, Poly1305: 0x1d, ChaCha20Poly1305: 0x1e, SHA3_224: 0x1f,
    SHA3_256: 0x20, SHA3_384: 0x21, SHA3_512: 0x22, HMAC_SHA3_224: 0x23, HMAC_SHA3_256: 0x24,
    HMAC_SHA3_384: 0x25, HMAC_SHA3_512: 0x26, SHAKE_128: 0x27, SHAKE_256: 0x28, ARIA: 0x29,
    SEED: 0x2a, SM2: 0x2b, SM3: 0x2c, SM4: 0x2d, GOSTR34_10_2012: 0x2e, GOSTR34_11_2012: 0x2f,
    GOSTR34_13_2015: 0x30, GOST28147_89: 0x31, XMSS: 0x32, SPHINCS_256: 0x33, McEliece: 0x34,
    McEliece_6960119: 0x35, McEliece_8192128: 0x36, Ed25519: 0x37, Ed448: 0x38,
  },
  DRBGAlgorithm: {
    Unspecified: 0x01, Dual_EC: 0x02, Hash: 0x03, HMAC: 0x04, CTR: 0x05,
  },
  Data: {
    Decrypt: 0x01, Encrypt: 0x02, Hash: 0x03, MACMACData: 0x04, RNGRetrieve: 0x05,
    SignSignatureData: 0x06, SignatureVerify: 0x07,
  },
  DerivationMethod: {
    PBKDF2: 0x01, HASH: 0x02, HMAC: 0x03, ENCRYPT: 0x04, NIST800_108_C: 0x05, NIST800_108_F: 0x06,
    NIST800_108_DPI: 0x07, AsymmetricKey: 0x08, AWSSignatureVersion4: 0x09, HKDF: 0x0a,
  },
  DestroyAction: {
    Unspecified: 0x01, KeyMaterialDeleted: 0x02, KeyMaterialShredded: 0x03, MetaDataDeleted: 0x04,
    MetaDataShredded: 0x05, Deleted: 0x06, Shredded: 0x07,
  },
  DigitalSignatureAlgorithm: {
    MD2WithRSAEncryptionPKCS_1V1_5: 0x01, MD2WithRSAEncryption: 0x01,
    MD5WithRSAEncryptionPKCS_1V1_5: 0x02, MD5WithRSAEncryption: 0x02,
    SHA_1WithRSAEncryptionPKCS_1V1_5: 0x03, SHA_1WithRSAEncryption: 0x03,
    SHA_224WithRSAEncryptionPKCS_1V1_5: 0x04, SHA_224WithRSAEncryption: 0x04,
    SHA_256WithRSAEncryptionPKCS_1V1_5: 0x05, SHA_256WithRSAEncryption: 0x05,
    SHA_384WithRSAEncryptionPKCS_1V1_5: 0x06, SHA_384WithRSAEncryption: 0x06,
    SHA_512WithRSAEncryptionPKCS_1V1_5: 0x07, SHA_512WithRSAEncryption: 0x07,
    RSASSA_PSSPKCS_1V2_1: 0x08, RSASSA_PSS: 0x08, DSAWithSHA_1: 0x09, DSAWithSHA224: 0x0a,
    DSAWithSHA256: 0x0b, ECDSAWithSHA_1: 0x0c, ECDSAWithSHA224: 0x0d, ECDSAWithSHA256: 0x0e,
    ECDSAWithSHA384: 0x0f, ECDSAWithSHA512: 0x10, SHA3_256WithRSAEncryption: 0x11,
    SHA3_384WithRSAEncryption: 0x12, SHA3_512WithRSAEncryption: 0x13,
  },
  EncodingOption: {
    NoEncoding: 0x01, TTLVEncoding: 0x02,
  },
  EndpointRole: {
    Client: 0x01, Server: 0x02,
  },
  FIPS186Variation: {
    Unspecified: 0x01, GPXOriginal: 0x02, GPXChangeNotice: 0x03, XOriginal: 0x04,
    XChangeNotice: 0x05, KOriginal: 0x06, KChangeNotice: 0x07,
  },
  HashingAlgorithm: {
    MD2: 0x01, MD4: 0x02, MD5: 0x03, SHA_1: 0x04, SHA_224: 0x05, SHA_256: 0x06, SHA_384: 0x07,
    SHA_512: 0x08, RIPEMD_160: 0x09, Tiger: 0x0a, Whirlpool: 0x0b, SHA_512_224: 0x0c,
    SHA_512_256: 0x0d, SHA_3_224: 0x0e, SHA3_224: 0x0e, SHA_3_256: 0x0f, SHA3_256: 0x0f,
    SHA_3_384: 0x10, SHA3_384: 0x10, SHA_3_512: 0x11, SHA3_512: 0x11,
  },
  InteropFunction: {
    Begin: 0x01, End: 0x02, Reset: 0x03,
  },
  ItemType: {
    Structure: 0x01, Integer: 0x02, LongInteger: 0x03, BigInteger: 0x04, Enumeration: 0x05,
    Boolean: 0x06, TextString: 0x07, ByteString: 0x08, DateTime: 0x09, Interval: 0x0a,
    DateTimeExtended: 0x0b,
  },
  KeyCompressionType: {
    ECPublicKeyTypeUncompressed: 0x01, ECPublicKeyTypeX9_62CompressedPrime: 0x02,
    ECPublicKeyTypeX9_62CompressedChar2: 0x03, ECPublicKeyTypeX9_62Hybrid: 0x04,
  },
  KeyFormatType: {
    Raw: 0x01, Opaque: 0x02, PKCS_1: 0x03, PKCS_8: 0x04, X_509: 0x05, ECPrivateKey: 0x06,
    TransparentSymmetricKey: 0x07, TransparentDSAPrivateKey: 0x08, TransparentDSAPublicKey: 0x09,
    TransparentRSAPrivateKey: 0x0a, TransparentRSAPublicKey: 0x0b, TransparentDHPrivateKey: 0x0c,
    TransparentDHPublicKey: 0x0d, TransparentECDSAPrivateKey: 0x0e, TransparentECDSAPublicKey: 0x0f,
    TransparentECDHPrivateKey: 0x10, TransparentECDHPublicKey: 0x11,
    TransparentECMQVPrivateKey: 0x12, TransparentECMQVPublicKey: 0x13,
    TransparentECPrivateKey: 0x14, TransparentECPublicKey: 0x15, PKCS_12: 0x16, PKCS_10: 0x17,
  },
  KeyRoleType: {
    BDK: 0x01, CVK: 0x02, DEK: 0x03, MKAC: 0x04, MKSMC: 0x05, MKSMI: 0x06, MKDAC: 0x07, MKDN: 0x08,
    MKCP: 0x09, MKOTH: 0x0a, KEK: 0x0b, MAC16609: 0x0c, MAC97971: 0x0d, MAC97972: 0x0e,
    MAC97973: 0x0f, MAC97974: 0x10, MAC97975: 0x11, ZPK: 0x12, PVKIBM: 0x13, PVKPVV: 0x14,
    PVKOTH: 0x15, DUKPT: 0x16, IV: 0x17, TRKBK: 0x18,
  },
  KeyValueLocationType: {
    UninterpretedTextString: 0x01, URI: 0x02,
  },
  KeyWrapType: {
    NotWrapped: 0x01, AsRegistered: 0x02,
  },
  LinkType: {
    CertificateLink: 0x0101, PublicKeyLink: 0x0102, PrivateKeyLink: 0x0103,
    DerivationBaseObjectLink: 0x0104, DerivedKeyLink: 0x0105, ReplacementObjectLink: 0x0106,
    ReplacedObjectLink: 0x0107, ParentLink: 0x0108, ChildLink: 0x0109, PreviousLink: 0x010a,
    NextLink: 0x010b, PKCS_12CertificateLink: 0x010c, PKCS_12PasswordLink: 0x010d,
    WrappingKeyLink: 0x010e,
  },
  MaskGenerator: {
    MGF1: 0x01,
  },
  NISTKeyType: {
    PrivateSignatureKey: 0x01, PublicSignatureVerificationKey: 0x02,
    SymmetricAuthenticationKey: 0x03, PrivateAuthenticationKey: 0x04, PublicAuthenticationKey: 0x05,
    SymmetricDataEncryptionKey: 0x06, SymmetricKeyWrappingKey: 0x07,
    SymmetricRandomNumberGenerationKey: 0x08, SymmetricMasterKey: 0x09,
    PrivateKeyTransportKey: 0x0a, PublicKeyTransportKey: 0x0b, SymmetricKeyAgreementKey: 0x0c,
    PrivateStaticKeyAgreementKey: 0x0d, PublicStaticKeyAgreementKey: 0x0e,
    PrivateEphemeralKeyAgreementKey: 0x0f, PublicEphemeralKeyAgreementKey: 0x10,
    SymmetricAuthorizationKey: 0x11, PrivateAuthorizationKey: 0x12, PublicAuthorizationKey: 0x13,
  },
  NameType: {
    UninterpretedTextString: 0x01, URI: 0x02,
  },
  ObjectGroupMember: {
    GroupMemberFresh: 0x01, GroupMemberDefault: 0x02,
  },
  ObjectType: {
    Certificate: 0x01, SymmetricKey: 0x02, PublicKey: 0x03, PrivateKey: 0x04, SplitKey: 0x05,
    Template: 0x06, SecretData: 0x07, OpaqueObject: 0x08, PGPKey: 0x09, CertificateRequest: 0x0a,
  },
  Operation: {
    Create: 0x01, CreateKeyPair: 0x02, Register: 0x03, ReKey: 0x04, DeriveKey: 0x05, Certify: 0x06,
    ReCertify: 0x07, Locate: 0x08, Check: 0x09, Get: 0x0a, GetAttributes: 0x0b,
    GetAttributeList: 0x0c, AddAttribute: 0x0d, ModifyAttribute: 0x0e, DeleteAttribute: 0x0f,
    ObtainLease: 0x10, GetUsageAllocation: 0x11, Activate: 0x12, Revoke: 0x13, Destroy: 0x14,
    Archive: 0x15, Recover: 0x16, Validate: 0x17, Query: 0x18, Cancel: 0x19, Poll: 0x1a,
    Notify: 0x1b, Put: 0x1c, ReKeyKeyPair: 0x1d, DiscoverVersions: 0x1e, Encrypt: 0x1f,
    Decrypt: 0x20, Sign: 0x21, SignatureVerify: 0x22, MAC: 0x23, MACVerify: 0x24, RNGRetrieve: 0x25,
    RNGSeed: 0x26, Hash: 0x27, CreateSplitKey: 0x28, JoinSplitKey: 0x29, Import: 0x2a, Export: 0x2b,
    Log: 0x2c, Login: 0x2d, Logout: 0x2e, DelegatedLogin: 0x2f, AdjustAttribute: 0x30,
    SetAttribute: 0x31, SetEndpointRole: 0x32, PKCS_11: 0x33, Interop: 0x34, ReProvision: 0x35,
    SetDefaults: 0x36, SetConstraints: 0x37, GetConstraints: 0x38, QueryAsynchronousRequests: 0x39,
    Process: 0x3a, Ping: 0x3b,
  },
  PaddingMethod: {
    None: 0x01, OAEP: 0x02, PKCS5: 0x03, SSL3: 0x04, Zeros: 0x05, ANSIX9_23: 0x06, ISO10126: 0x07,
    PKCS1V1_5: 0x08, X9_31: 0x09, PSS: 0x0a,
  },
  ProcessingStage: {
    Submitted: 0x01, InProcess: 0x02, Completed: 0x03,
  },
  ProtectionLevel: {
    High: 0x01, Low: 0x02,
  },
  PutFunction: {
    New: 0x01, Replace: 0x02,
  },
  QueryFunction: {
    QueryOperations: 0x01, QueryObjects: 0x02, QueryServerInformation: 0x03,
    QueryApplicationNamespaces: 0x04, QueryExtensionList: 0x05, QueryExtensionMap: 0x06,
    QueryAttestationTypes: 0x07, QueryRNGs: 0x08, QueryValidations: 0x09, QueryProfiles: 0x0a,
    QueryCapabilities: 0x0b, QueryClientRegistrationMethods: 0x0c, QueryDefaultsInformation: 0x0d,
    QueryStorageProtectionMasks: 0x0e,
  },
  RNGAlgorithm: {
    Unspecified: 0x01, FIPS186_2: 0x02, DRBG: 0x03, NRBG: 0x04, ANSIX9_31: 0x05, ANSIX9_62: 0x06,
  },
  RNGMode: {
    Unspecified: 0x01, SharedInstantiation: 0x02, NonSharedInstantiation: 0x03,
  },
  RecommendedCurve: {
    P_192: 0x01, K_163: 0x02, B_163: 0x03, P_224: 0x04, K_233: 0x05, B_233: 0x06, P_256: 0x07,
    K_283: 0x08, B_283: 0x09, P_384: 0x0a, K_409: 0x0b, B_409: 0x0c, P_521: 0x0d, K_571: 0x0e,
    B_571: 0x0f, SECP112R1: 0x10, SECP112R2: 0x11, SECP128R1: 0x12, SECP128R2: 0x13,
    SECP160K1: 0x14, SECP160R1: 0x15, SECP160R2: 0x16, SECP192K1: 0x17, SECP224K1: 0x18,
    SECP256K1: 0x19, SECT113R1: 0x1a, SECT113R2: 0x1b, SECT131R1: 0x1c, SECT131R2: 0x1d,
    SECT163R1: 0x1e, SECT193R1: 0x1f, SECT193R2: 0x20, SECT239K1: 0x21, ANSIX9P192V2: 0x22,
    ANSIX9P192V3: 0x23, ANSIX9P239V1: 0x24, ANSIX9P239V2: 0x25, ANSIX9P239V3: 0x26,
    ANSIX9C2PNB163V1: 0x27, ANSIX9C2PNB163V2: 0x28, ANSIX9C2PNB163V3: 0x29, ANSIX9C2PNB176V1: 0x2a,
    ANSIX9C2TNB191V1: 0x2b, ANSIX9C2TNB191V2: 0x2c, ANSIX9C2TNB191V3: 0x2d, ANSIX9C2PNB208W1: 0x2e,
    ANSIX9C2TNB239V1: 0x2f, ANSIX9C2TNB239V2: 0x30, ANSIX9C2TNB239V3: 0x31, ANSIX9C2PNB272W1: 0x32,
    ANSIX9C2PNB304W1: 0x33, ANSIX9C2TNB359V1: 0x34, ANSIX9C2PNB368W1: 0x35, ANSIX9C2TNB431R1: 0x36,
    BRAINPOOLP160R1: 0x37, BRAINPOOLP160T1: 0x38, BRAINPOOLP192R1: 0x39, BRAINPOOLP192T1: 0x3a,
    BRAINPOOLP224R1: 0x3b, BRAINPOOLP224T1: 0x3c, BRAINPOOLP256R1: 0x3d, BRAINPOOLP256T1: 0x3e,
    BRAINPOOLP320R1: 0x3f, BRAINPOOLP320T1: 0x40, BRAINPOOLP384R1: 0x41, BRAINPOOLP384T1: 0x42,
    BRAINPOOLP512R1: 0x43, BRAINPOOLP512T1: 0x44, CURVE25519: 0x45, CURVE448: 0x46,
  },
  ResultReason: {
    ItemNotFound: 0x0001, ResponseTooLarge: 0x0002, AuthenticationNotSuccessful: 0x0003,
    InvalidMessage: 0x0004, OperationNotSupported: 0x0005, MissingData: 0x0006,
    InvalidField: 0x0007, FeatureNotSupported: 0x0008, OperationCanceledByRequester: 0x0009,
    CryptographicFailure: 0x000a, IllegalOperation: 0x000b, PermissionDenied: 0x000c,
    ObjectArchived: 0x000d, IndexOutOfBounds: 0x000e, ApplicationNamespaceNotSupported: 0x000f,
    KeyFormatTypeNotSupported: 0x0010, KeyCompressionTypeNotSupported: 0x0011,
    EncodingOptionError: 0x0012, KeyValueNotPresent: 0x0013, AttestationRequired: 0x0014,
    AttestationFailed: 0x0015, Sensitive: 0x0016, NotExtractable: 0x0017,
    ObjectAlreadyExists: 0x0018, InvalidTicket: 0x0019, UsageLimitExceeded: 0x001a,
    NumericRange: 0x001b, InvalidDataType: 0x001c, ReadOnlyAttribute: 0x001d,
    MultiValuedAttribute: 0x001e, UnsupportedAttribute: 0x001f, AttributeInstanceNotFound: 0x0020,
    AttributeNotFound: 0x0021, AttributeReadOnly: 0x0022, AttributeSingleValued: 0x0023,
    BadCryptographicParameters: 0x0024, BadPassword: 0x0025, CodecError: 0x0026,
    IllegalObjectType: 0x0028, IncompatibleCryptographicUsageMask: 0x0029,
    InternalServerError: 0x002a, InvalidAsynchronousCorrelationValue: 0x002b,
    InvalidAttribute: 0x002c, InvalidAttributeValue: 0x002d, InvalidCorrelationValue: 0x002e,
    InvalidCSR: 0x002f, InvalidObjectType: 0x0030, KeyWrapTypeNotSupported: 0x0032,
    MissingInitializationVector: 0x0034, NonUniqueNameAttribute: 0x0035, ObjectDestroyed: 0x0036,
    ObjectNotFound: 0x0037, NotAuthorised: 0x0039, ServerLimitExceeded: 0x003a,
    UnknownEnumeration: 0x003b, UnknownMessageExtension: 0x003c, UnknownTag: 0x003d,
    UnsupportedCryptographicParameters: 0x003e, UnsupportedProtocolVersion: 0x003f,
    WrappingObjectArchived: 0x0040, WrappingObjectDestroyed: 0x0041, WrappingObjectNotFound: 0x0042,
    WrongKeyLifecycleState: 0x0043, ProtectionStorageUnavailable: 0x0044, PKCS_11CodecError: 0x0045,
    PKCS_11InvalidFunction: 0x0046, PKCS_11InvalidInterface: 0x0047,
    PrivateProtectionStorageUnavailable: 0x0048, PublicProtectionStorageUnavailable: 0x0049,
    UnknownObjectGroup: 0x004a, ConstraintViolation: 0x004b, DuplicateProcessRequest: 0x004c,
    GeneralFailure: 0x0100,
  },
  ResultStatus: {
    Success: 0x00, OperationFailed: 0x01, OperationPending: 0x02, OperationUndone: 0x03,
  },
  RevocationReasonCode: {
    Unspecified: 0x01, KeyCompromise: 0x02, CACompromise: 0x03, AffiliationChanged: 0x04,
    Superseded: 0x05, CessationOfOperation: 0x06, PrivilegeWithdrawn: 0x07,
  },
  RotateNameType: {
    UninterpretedTextString: 0x01, URI: 0x02,
  },
  SecretDataType: {
    Password: 0x01, Seed: 0x02,
  },
  ShreddingAlgorithm: {
    Unspecified: 0x01, Cryptographic: 0x02, Unsupported: 0x03,
  },
  SplitKeyMethod: {
    XOR: 0x01, PolynomialSharingGF2_16: 0x02, PolynomialSharingPrimeField: 0x03,
    PolynomialSharingGF2_8: 0x04,
  },
  State: {
    PreActive: 0x01, Active: 0x02, Deactivated: 0x03, Compromised: 0x04, Destroyed: 0x05,
    DestroyedCompromised: 0x06,
  },
  TicketType: {
    Login: 0x01,
  },
  UniqueIdentifier: {
    IDPlaceholder: 0x01, Certify: 0x02, Create: 0x03, CreateKeyPair: 0x04,
    CreateKeyPairPrivateKey: 0x05, CreateKeyPairPublicKey: 0x06, CreateSplitKey: 0x07,
    DeriveKey: 0x08, Import: 0x09, JoinSplitKey: 0x0a, Locate: 0x0b, Register: 0x0c, ReKey: 0x0d,
    ReCertify: 0x0e, ReKeyKeyPair: 0x0f, ReKeyKeyPairPrivateKey: 0x10, ReKeyKeyPairPublicKey: 0x11,
  },
  UnwrapMode: {
    Unspecified: 0x01, Processed: 0x02, NotProcessed: 0x03,
  },
  UsageLimitsUnit: {
    Byte: 0x01, Object: 0x02,
  },
  ValidationAuthorityType: {
    Unspecified: 0x01, NISTCMVP: 0x02, CommonCriteria: 0x03,
  },
  ValidationType: {
    Unspecified: 0x01, Hardware: 0x02, Software: 0x03, Firmware: 0x04, Hybrid: 0x05,
  },
  ValidityIndicator: {
    Valid: 0x01, Invalid: 0x02, Unknown: 0x03,
  },
  WrappingMethod: {
    Encrypt: 0x01, MACSign: 0x02, EncryptThenMACSign: 0x03, MACSignThenEncrypt: 0x04, TR_31: 0x05,
  },
  ProfileName: profileNames,
  PKCS_11Function: pkcs11Functions,
  PKCS_11ReturnCode: pkcs11ReturnCodes,
} as const;

/** The name of an enumeration. */
export type EnumerationName = keyof typeof enumerations;
